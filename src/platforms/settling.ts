// How long networks that do not merge repeats are given until "not there" counts as proof.

/**
 * Milliseconds after a request that got no answer, by Crier's own caution: no network says for how long one may still be under way behind
 * its front, or how late its lists are (unverified). A post in doubt waits for the next try anyway, and that is no sooner.
 */
export const SETTLES_WITHIN_MS = 60_000;
