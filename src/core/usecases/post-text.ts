// What any text of a post must be, whatever the networks take.
import { invalidArgument } from '../errors.ts';

/** @throws CrierError `invalid-input` for a text with nothing in it, or with a character no database keeps. */
export function requireText(text: string): void {
  if (text.trim() === '') {
    throw invalidArgument('text', 'There is no text to post: write it after a colon, "to bluesky: Hello".');
  }
  refuseUnstorable(text);
}

/** `field` is the argument it was given in. @throws CrierError `invalid-input` for U+0000, which PostgreSQL cannot store. */
export function refuseUnstorable(text: string, field = 'text'): void {
  if (!text.includes('\u0000')) return;
  throw invalidArgument(field, 'The text holds an invisible zero character that no network takes: remove it.');
}
