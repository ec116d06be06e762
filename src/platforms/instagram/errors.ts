// What Instagram's error codes mean to Crier: the Graph API's, and why a container came to nothing.
import type { CrierError } from '../../core/errors.ts';
import { openGraphErrors } from '../graph-errors.ts';

const errors = openGraphErrors('Instagram');

export const classifyInstagramError = errors.classify;

/**
 * The `status` of a container that failed holds an error subcode, alone or in a sentence
 * (https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container, checked 2026-11-22); what is in no
 * table may go better with a new container.
 */
export function containerFailure(status: string): CrierError {
  const [told] = /\b2207\d{3}\b/.exec(status) ?? [];
  const subcode = told === undefined ? undefined : Number(told);
  return errors.failure(subcode, IN_WORDS[subcode ?? 0] ?? status);
}

/** For a bare number. */
const IN_WORDS: Readonly<Record<number, string>> = {
  2207004: 'an image is too large.',
  2207005: 'an image is of a type that it does not take.',
  2207009: 'an image is too tall or too wide for it.',
  2207026: 'a video is of a type, a length or a size that it does not take.',
};
