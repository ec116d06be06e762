// What Facebook's error codes mean to Crier: the Graph API's, and what is otherwise of a Page.
import { openGraphErrors } from '../graph-errors.ts';

/**
 * A Page's token has no end of its own, so that one that is refused takes the person: a password, a removed app, a checkpoint. So does a task at
 * the Page that was taken back (3): https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11-22). 506 (the same
 * post again), 368 (blocked) and 100 (unacceptable) are refusals like any other.
 */
const errors = openGraphErrors('Facebook', { codes: { 3: 'auth-revoked', 102: 'auth-revoked', 190: 'auth-revoked' } });

export const classifyFacebookError = errors.classify;
