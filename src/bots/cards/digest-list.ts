// Digests as they stand, each with what can be done with it.
import { sayCadence } from '../../core/cadence-words.ts';
import { type Digest, digestName } from '../../core/digest.ts';
import type { Workspace } from '../../core/workspace.ts';
import type { Line, Reply, Section } from '../reply.ts';
import { moment } from './delivery-lines.ts';
import { digestButtons, previewButton } from './digest-buttons.ts';

const EXAMPLES: Line = [
  'Add one in this channel: ',
  ...[{ code: '/digest daily 9am' }, ', ', { code: '/digest weekly monday 9am' }, ' or ', { code: '/digest monthly 1st 9am' }],
];

/** @param channel the one it is asked in */
export function digestList(digests: readonly Digest[], channel: string, { timeZone }: Pick<Workspace, 'timeZone'>): Reply {
  if (digests.length === 0) {
    return {
      tone: 'plain',
      title: 'No digests yet',
      lines: ['A digest says every morning, week or month how posts did, and what to do next.', EXAMPLES],
      buttons: [previewButton('daily')],
      private: true,
    };
  }
  return {
    tone: 'plain',
    title: 'Digests',
    sections: digests.map((digest) => digestSection(digest, channel, timeZone)),
    notes: [EXAMPLES, `By the clock of ${timeZone}.`],
    private: true,
  };
}

const digestSection = (digest: Digest, channel: string, timeZone: string): Section => ({
  heading: `${digestName(digest)} · ${sayCadence(digest.cadence)} · ${digest.channel === channel ? 'here' : 'in another channel'}`,
  lines: standing(digest, timeZone),
  buttons: digestButtons(digest),
});

function standing({ dueAt, pausedBecause }: Digest, timeZone: string): Line[] {
  if (dueAt !== null) return [['Next: ', moment(dueAt, timeZone)]];
  return ['Paused.', ...(pausedBecause === null ? [] : [pausedBecause])];
}

/** For everybody in its channel: it is there now. */
export const digestAdded = (digest: Digest, { timeZone }: Pick<Workspace, 'timeZone'>): Reply => ({
  tone: 'good',
  title: `Digest ${digestName(digest)} comes here ${sayCadence(digest.cadence)}`,
  lines: [['The first one: ', ...(digest.dueAt === null ? ['never, since it is paused'] : [moment(digest.dueAt, timeZone)])]],
  notes: [`By the clock of ${timeZone}, through summer and winter time.`],
  buttons: digestButtons(digest),
  public: true,
});

/** What was done with it, and how it stands now. */
export const digestChanged = (digest: Digest, { timeZone }: Pick<Workspace, 'timeZone'>): Reply => ({
  tone: 'good',
  title: `${digestName(digest)}, ${sayCadence(digest.cadence)}: ${digest.state === 'paused' ? 'paused' : 'comes again'}`,
  lines:
    digest.dueAt === null
      ? [['Let it come again: ', { code: `/digest resume ${digestName(digest)}` }]]
      : standing(digest, timeZone),
  buttons: digestButtons(digest),
  public: true,
});

export const digestStopped = (digest: Digest): Reply => ({
  tone: 'good',
  title: `${digestName(digest)}, ${sayCadence(digest.cadence)}: stopped`,
  lines: ['It does not come any more.'],
  public: true,
});
