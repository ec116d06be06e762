// /digest: reports that come into a channel by themselves: asking for one, looking at it now, pausing, resuming and stopping it.
import { readCadence } from '../../core/cadence-words.ts';
import { type Cadence, type Digest, type DigestContent, type DigestPeriod, digestName } from '../../core/digest.ts';
import { readReportPeriod } from '../../core/report-period.ts';
import { addDigest, findDigest, listDigests, pauseDigest, resumeDigest, stopDigest } from '../../core/usecases/manage-digests.ts';
import { readDigest } from '../../core/usecases/read-digest.ts';
import { firstDayOfWeek } from '../../core/week-start.ts';
import { digestAdded, digestChanged, digestList, digestStopped } from '../cards/digest-list.ts';
import { within } from '../cards/report-words.ts';
import { type Call, defineCommand } from '../command.ts';
import { renderDigest } from '../digests.ts';
import type { Line, Reply } from '../reply.ts';
import { DIGEST_ARGUMENTS, readDigestRequest, readDigestWords } from './digest-words.ts';
import { retryPress } from './post-buttons.ts';
import { showPage } from './posts.ts';

export const digest = defineCommand({
  name: 'digest',
  summary: 'Get a report into this channel every day, week or month',
  permission: 'view',
  public: true,
  arguments: DIGEST_ARGUMENTS,
  examples: [
    '/digest daily 9am here',
    '/digest weekly monday 9am',
    '/digest monthly 1st 9am',
    '/digest list',
    '/digest preview',
    '/digest pause D2',
  ],
  fromText: readDigestWords,
  run: async (call) => {
    const request = readDigestRequest(call.args);
    switch (request.deed) {
      case 'add':
        return add(call, request.cadence);
      case 'list':
        return list(call);
      case 'preview':
        return preview(call, request.which);
      case 'pause':
        return pause(call, await meantHere(call, request.which));
      case 'resume':
        return resume(call, await meantHere(call, request.which));
      case 'stop':
        return stop(call, await meantHere(call, request.which));
    }
  },
  buttons: {
    preview: (call) => preview(call, call.subject),
    pause: async (call) => forOne(await pause(call, call.subject)),
    resume: async (call) => forOne(await resume(call, call.subject)),
    stop: async (call) => forOne(await stop(call, call.subject)),
    retry: async (call) => forOne(await retryPress(call)),
    waiting: async (call) => forOne(await showPage(call)),
  },
});

/** A press stands under a digest, which is to stay as it is. */
const forOne = (reply: Reply): Reply => ({ ...reply, public: false, private: true });

async function add({ deps, actor, origin }: Call, words: string): Promise<Reply> {
  const cadence = readCadence(words, actor.workspace);
  return digestAdded(await addDigest(deps, actor, { channel: origin.channel, cadence }), actor.workspace);
}

const list = async ({ deps, actor, origin }: Call): Promise<Reply> =>
  digestList(await listDigests(deps, actor), origin.channel, actor.workspace);

const pause = async ({ deps, actor }: Call, name: string): Promise<Reply> =>
  digestChanged(await pauseDigest(deps, actor, name), actor.workspace);

const resume = async ({ deps, actor }: Call, name: string): Promise<Reply> =>
  digestChanged(await resumeDigest(deps, actor, name), actor.workspace);

const stop = async ({ deps, actor }: Call, name: string): Promise<Reply> => digestStopped(await stopDigest(deps, actor, name));

/** Where nothing is said, the only one of this channel. */
async function meantHere({ deps, actor, origin }: Call, which: string): Promise<string> {
  if (which.trim() !== '') return which;
  const [only, other] = (await listDigests(deps, actor)).filter(({ channel }) => channel === origin.channel);
  return only && !other ? digestName(only) : '';
}

/** What a preview is of where nothing went out in the days before. */
const SO_FAR: Record<DigestPeriod, string> = { daily: 'today', weekly: 'last 7 days', monthly: 'last 30 days' };

/** As it would come now, for whoever asks alone; nothing of it counts as told. */
async function preview(call: Call, words: string): Promise<Reply> {
  const { deps, actor } = call;
  const { digest: meant, cadence } = await findPreview(call, words.trim());
  const content = await readPreview(call, cadence);
  const soFar = content.report.totals.posts > 0 ? null : await readPreview(call, cadence, SO_FAR[cadence.period]);
  const isSoFar = soFar !== null && soFar.report.totals.posts > 0;
  const shown = isSoFar ? soFar : content;
  const reply = await renderDigest(deps, actor.workspace, shown, meant);
  const why = isSoFar ? `, of the days so far, since nothing went out ${within(content.report.period)}` : '';
  const notes = [...(reply.notes ?? []), ...unknownNote(shown), `A preview for you alone${why}: nothing was posted.`];
  return forOne({ ...reply, notes });
}

/** Figures are read some time after a post went out: whoever cannot wait for that reads how. */
const unknownNote = ({ report: { totals, unread } }: DigestContent): Line[] =>
  totals.engagement === null && unread > 0 ? [['Read the figures now: ', { code: '/analytics refresh' }]] : [];

async function readPreview({ deps, actor }: Call, cadence: Cadence, words?: string): Promise<DigestContent> {
  const now = deps.clock.now().toZonedDateTimeISO(actor.workspace.timeZone);
  const period = words === undefined ? {} : { period: readReportPeriod(words, now, firstDayOfWeek(actor)) };
  return readDigest(deps, actor.workspace, cadence, { dueAt: null, missed: 0, ...period });
}

/** One there is, by name; how often it would come; or, where nothing is said, this channel's first, and else a daily one. */
async function findPreview(call: Call, words: string): Promise<{ digest: Digest | null; cadence: Cadence }> {
  const { deps, actor, origin } = call;
  if (/^[d#]?\d+$/i.test(words)) {
    const found = await findDigest(deps, actor, words);
    return { digest: found, cadence: found.cadence };
  }
  const own = words === '' ? (await listDigests(deps, actor)).find(({ channel }) => channel === origin.channel) : undefined;
  if (own) return { digest: own, cadence: own.cadence };
  return { digest: null, cadence: readCadence(words === '' ? 'daily' : words, actor.workspace) };
}
