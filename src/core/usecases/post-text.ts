// What any text of a post must be, whatever the networks take.
import { invalidInput } from '../errors.ts';

/** @throws CrierError `invalid-input` for a text with nothing in it, or with a character no database keeps. */
export function requireText(text: string): void {
  if (text.trim() === '') throw invalidInput('There is no text to post: write it after a colon, "to bluesky: Hello".');
  refuseUnstorable(text);
}

/** @throws CrierError `invalid-input` for U+0000, which PostgreSQL cannot store. */
export function refuseUnstorable(text: string): void {
  if (text.includes('\u0000')) throw invalidInput('The text holds an invisible zero character that no network takes: remove it.');
}
