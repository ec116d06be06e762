// /status: how Crier itself is, for admins: what does not work, its processes, its queue and its recurring jobs.
import type { JobRun } from '../../core/operations.ts';
import type { Platforms } from '../../core/ports.ts';
import { formatRelative } from '../../core/time/format.ts';
import { isGone, type QueueLine, readStatus, type Status, type StatusProcess } from '../../core/usecases/read-status.ts';
import { zoneOf } from '../../core/workspace.ts';
import { moment } from '../cards/delivery-lines.ts';
import { partName, troubleLine } from '../cards/trouble-lines.ts';
import { defineCommand } from '../command.ts';
import type { Line, Reply, Span } from '../reply.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Show how Crier is: processes, queue and jobs',
  permission: 'administer',
  arguments: [],
  examples: ['/status'],
  run: async ({ deps, actor }) => describeStatus(await readStatus(deps, actor), deps.platforms, zoneOf(actor)),
});

function describeStatus(seen: Status, platforms: Platforms, timeZone: string): Reply {
  const { now, processes, troubles, queue, jobs } = seen;
  const nameOf = (id: string): string => platforms.find(id)?.name ?? id;
  return {
    tone: troubles.length > 0 ? 'warning' : 'plain',
    title: 'Status',
    private: true,
    lines: troubles.map((trouble) => troubleLine(trouble, timeZone)),
    sections: [
      {
        heading: 'Processes',
        lines: orNone(
          processes.map((process) => processLine(process, now, timeZone)),
          'None has told that it is there yet.',
        ),
      },
      {
        heading: 'Queue',
        lines: orNone(
          queue.map((line) => queueLine(line, nameOf)),
          'Nothing waits.',
        ),
      },
      {
        heading: 'Jobs',
        lines: orNone(
          jobs.map((job) => jobLine(job, timeZone)),
          'None has run yet.',
        ),
      },
    ],
  };
}

const orNone = (lines: readonly Line[], none: Line): readonly Line[] => (lines.length > 0 ? lines : [none]);

function processLine(process: StatusProcess, now: Temporal.Instant, timeZone: string): Line {
  const { role, host, pid, version, startedAt, seenAt, failingSince } = process;
  const failing = Object.entries(failingSince).flatMap(([part, since]): Span[] => [
    ` ${partName(part)} has not answered since `,
    moment(since, timeZone),
    '.',
  ]);
  const seen = isGone(process, now) ? 'It has not been seen since' : 'Last seen';
  return [
    `${role}${host === null ? '' : ` on ${host}, process ${pid}`}, version ${version}, since `,
    moment(startedAt, timeZone),
    `. ${seen} `,
    moment(seenAt, timeZone),
    ` (${formatRelative(seenAt, now)}).`,
    ...failing,
  ];
}

/** What there is none of is left out. */
function queueLine({ platform, ...counts }: QueueLine, nameOf: (id: string) => string): Line {
  const { due, scheduled, publishing, retrying, held, unconfirmed } = counts;
  const said: [count: number, words: string][] = [
    [due, 'due now'],
    [publishing, 'going out'],
    [scheduled, 'scheduled'],
    [retrying, 'tried again later'],
    [held, 'held'],
    [unconfirmed, 'unconfirmed'],
  ];
  const parts = said.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${nameOf(platform)}: ${parts.join(', ')}`;
}

function jobLine(job: JobRun, timeZone: string): Line {
  return [`${job.name}: `, ...lastRun(job, timeZone), ' Next ', moment(job.dueAt, timeZone), '.'];
}

function lastRun({ startedAt, finishedAt, ok, result, isRunning }: JobRun, timeZone: string): Span[] {
  if (startedAt === null) return ['has not run yet.'];
  if (isRunning) return ['runs since ', moment(startedAt, timeZone), '.'];
  if (finishedAt === null) return ['the process that ran it stopped in the middle of it, and it is run again.'];
  const took = `${((finishedAt.epochMilliseconds - startedAt.epochMilliseconds) / 1000).toFixed(1)} s`;
  const failed = result === null ? 'failed' : `failed (${result})`;
  return [`${ok ? (result ?? 'ran') : failed}, `, moment(startedAt, timeZone), `, in ${took}.`];
}
