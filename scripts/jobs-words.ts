// What `npm run jobs` says, as text.
import { partName, troubleLine } from '../src/bots/cards/trouble-lines.ts';
import { sayPlainly } from '../src/bots/reply.ts';
import type { JobRun } from '../src/core/operations.ts';
import { formatMoment, formatRelative } from '../src/core/time/format.ts';
import { isGone, type QueueLine, type Status, type StatusProcess } from '../src/core/usecases/read-status.ts';
import { RECURRING_JOBS } from '../src/jobs/recurring/index.ts';
import { textTable } from './text-table.ts';

interface Where {
  /** Which store Agenda uses. */
  backend: 'MongoDB' | 'PostgreSQL';
  timeZone: string;
}

export function sayStatus({ now, processes, troubles, queue, jobs }: Status, { backend, timeZone }: Where): string {
  const parts = [
    `${formatMoment(now.round('second').toZonedDateTimeISO(timeZone))}. Agenda keeps its wake-ups in ${backend}.`,
    ...troubles.map((trouble) => sayPlainly(troubleLine(trouble, timeZone))),
    titled('Jobs', JOB_HEAD, jobRows(jobs, now), ''),
    titled(
      'Processes',
      PROCESS_HEAD,
      processes.map((process) => processRow(process, now)),
      'None is running.',
    ),
    titled('Queue', QUEUE_HEAD, queue.map(queueRow), 'Nothing waits.'),
  ];
  return parts.join('\n\n');
}

const titled = (title: string, head: readonly string[], rows: readonly (readonly string[])[], none: string): string =>
  `${title}\n${rows.length > 0 ? textTable(head, rows) : none}`;

const JOB_HEAD = ['name', 'every', 'last run', 'took', 'runs', 'failed', 'next', 'result'];

/** Those there are, whether they have run or not, and then those that an earlier version had. */
function jobRows(jobs: readonly JobRun[], now: Temporal.Instant): string[][] {
  const known = RECURRING_JOBS.map(({ name, everyMs }) => ({ name, every: sayInterval(everyMs) }));
  const old = jobs.filter(({ name }) => !known.some((each) => each.name === name));
  return [...known, ...old.map(({ name }) => ({ name, every: 'no longer' }))].map(({ name, every }) => {
    const job = jobs.find((each) => each.name === name);
    return job ? [name, every, ...runCells(job, now)] : [name, every, 'not yet', '', '0', '0', 'at once', ''];
  });
}

function runCells(job: JobRun, now: Temporal.Instant): string[] {
  const { startedAt, finishedAt, dueAt, runs, failures } = job;
  const took = startedAt && finishedAt ? `${(finishedAt.epochMilliseconds - startedAt.epochMilliseconds) / 1000} s` : '';
  const last = startedAt ? formatRelative(startedAt, now) : 'not yet';
  return [last, took, String(runs), String(failures), formatRelative(dueAt, now), resultOf(job)];
}

function resultOf({ startedAt, finishedAt, ok, result, isRunning }: JobRun): string {
  if (isRunning) return 'runs right now';
  if (startedAt && !finishedAt) return 'the process that ran it stopped in the middle of it';
  return ok === false ? `failed: ${result ?? ''}` : (result ?? '');
}

const MINUTE_MS = 60_000;

function sayInterval(ms: number): string {
  const minutes = ms / MINUTE_MS;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

const PROCESS_HEAD = ['role', 'host', 'process', 'version', 'started', 'last seen', 'fails, since'];

function processRow(process: StatusProcess, now: Temporal.Instant): string[] {
  const { role, host, pid, version, startedAt, seenAt, failingSince } = process;
  const failing = Object.entries(failingSince).map(([part, since]) => `${partName(part)}, ${formatRelative(since, now)}`);
  const seen = `${formatRelative(seenAt, now)}${isGone(process, now) ? ', gone' : ''}`;
  return [role, host ?? '', String(pid ?? ''), version, formatRelative(startedAt, now), seen, failing.join('; ')];
}

const QUEUE_HEAD = ['network', 'due now', 'going out', 'scheduled', 'tried again later', 'held', 'unconfirmed'];

const queueRow = ({ platform, due, publishing, scheduled, retrying, held, unconfirmed }: QueueLine): string[] => [
  platform,
  ...[due, publishing, scheduled, retrying, held, unconfirmed].map(String),
];
