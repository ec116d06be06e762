// What one delivery publishes: a post of its own, or the parts of a thread, and how far it has come. Pure; it is published by
// usecases/publish-thread.ts.
import { z } from 'zod';
import type { Handles } from './delivery.ts';
import type { Limits, Platform } from './platform.ts';
import { sectionsOf, splitText } from './text-split.ts';

/** What goes out there, at least one part. The author's cuts mean nothing where there are no threads: the text is whole there. */
export function partsFor(
  { capabilities }: Pick<Platform, 'capabilities'>,
  { text: limits }: Limits,
  text: string,
  isThread: boolean,
): string[] {
  if (!isThread) return [text];
  return capabilities.threads ? splitText(text, limits) : [sectionsOf(text).join('\n\n')];
}

const PublishedPart = z.object({ remoteId: z.string(), url: z.string() });

const Progress = z.object({
  /** As they were when the first of them was sent: the text may be changed while that one is not out. */
  texts: z.array(z.string()),
  out: z.array(PublishedPart),
  /** The part that was about to be sent last, by its index, and since when; null before the first. */
  sending: z.object({ part: z.number(), since: z.string() }).nullable(),
  /** Written before the first comment leaves, so that no later try repeats it. */
  comment: z.enum(['sending']).nullable(),
});
/** Stored with the attempt, so that the next try goes on from there. */
export type Progress = z.infer<typeof Progress>;

const Stored = z.object({ progress: Progress, part: z.record(z.string(), z.unknown()).default({}) });

export interface Stage {
  progress: Progress;
  /** Whether an earlier try has stored it. */
  isStored: boolean;
  /** What the platform stored for the part that is next. */
  part: Handles;
}

const NOTHING_OUT: Omit<Progress, 'texts'> = { out: [], sending: null, comment: null };

/**
 * How far it has come. Of a post of its own without a comment nothing of this is stored: its handles are the platform's.
 * @param isInDoubt whether something may have been applied without an answer
 */
export function stageOf(handles: Handles, texts: string[], isInDoubt: boolean): Stage {
  const stored = Stored.safeParse(handles);
  if (!stored.success) return { progress: { ...NOTHING_OUT, texts }, isStored: false, part: handles };
  const { progress, part } = stored.data;
  const hasBegun = progress.out.length > 0 || isInDoubt;
  return { progress: hasBegun ? progress : { ...NOTHING_OUT, texts }, isStored: true, part };
}

export const handlesOf = ({ progress, part }: Pick<Stage, 'progress' | 'part'>): Handles => ({ progress, part });

export const isAllOut = ({ texts, out }: Progress): boolean => out.length >= texts.length;

/** Whether the part that is next was about to be sent by an earlier try. */
export const wasSending = ({ out, sending }: Progress): boolean => sending?.part === out.length;

/** The same for every try: of the first part that of the delivery. */
export const keyOf = (idempotencyKey: string, part: number): string =>
  part === 0 ? idempotencyKey : `${idempotencyKey}/${part + 1}`;

/** `2 of 5 parts are out, from https://... on.`; null where nothing is out yet. */
export function sayWhatIsOut({ texts, out }: Progress): string | null {
  const [first] = out;
  if (!first || texts.length === 1) return null;
  return `${out.length} of ${texts.length} parts ${out.length === 1 ? 'is' : 'are'} out, beginning with ${first.url}.`;
}
