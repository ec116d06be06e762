// What `npm run doctor` finds: one setting or one thing, how it stands, and what to do. How it is printed is words.ts' matter.
import { CrierError } from '../../src/core/errors.ts';

/** `note`: neither good nor bad, such as a network that is not set up. `warning`: works now, and not for ever or not wholly. */
export type Grade = 'ok' | 'note' | 'warning' | 'wrong';

export interface Finding {
  grade: Grade;
  /** The name of the setting, or of the thing where there is none: `clock`. */
  about: string;
  /** What was found, as a sentence. */
  found: string;
  /** What to do, as a sentence; null where nothing is to be done, or where `found` says it. */
  cure: string | null;
  /** Lines that go with it: a redirect URI, scopes. */
  details: readonly string[];
}

const finding =
  (grade: Grade) =>
  (about: string, found: string, cure: string | null = null, details: readonly string[] = []): Finding => ({
    grade,
    about,
    found,
    cure,
    details,
  });

export const ok = finding('ok');
export const note = finding('note');
export const warning = finding('warning');
export const wrong = finding('wrong');

/** A check that fails says so in its place, and keeps no other from its own. */
export async function looking(about: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CrierError) return [wrong(about, error.userMessage)];
    return [
      wrong(
        about,
        `It could not be looked at: ${wordsOf(error)}.`,
        'Run npm run doctor again; if it stays, report it with this line.',
      ),
    ];
  }
}

/** The innermost reason: fetch itself says no more than that it failed. */
export function wordsOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  const code = 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : '';
  return (innermost.message || code || innermost.name).replace(/\.$/, '');
}
