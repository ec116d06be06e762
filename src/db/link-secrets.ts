// What proves that somebody was given a link or a choice: made here, and kept as a hash only.
import { createHash, randomBytes } from 'node:crypto';

/** 43 characters that nobody guesses: also what PKCE asks of a verifier, RFC 7636 section 4.1. */
export const secret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
