// When a login is to be refreshed: ahead of its time, not all accounts at one moment, and later and later while it fails. Pure.

/** Of the time that is left, at most this share is given away. */
const JITTER = 0.1;

/** Minutes until the next try after the first failure, the second and so on; the last one stands for all that follow. */
const AGAIN_MINUTES = [1, 5, 15, 60] as const;

/**
 * Accounts that were connected together do not come due together: each is due earlier by a share of its own of the time that is left,
 * the same one each time.
 * @param refreshAt when the network's file wants it refreshed
 */
export function spreadOut(refreshAt: Temporal.Instant, now: Temporal.Instant, accountId: string): Temporal.Instant {
  const left = refreshAt.epochMilliseconds - now.epochMilliseconds;
  return left <= 0 ? refreshAt : refreshAt.subtract({ milliseconds: Math.floor(left * JITTER * shareOf(accountId)) });
}

/** @param failures since the last success, this one not counted. @param retryAfterMs what the network asked for */
export function refreshAgainAt(now: Temporal.Instant, failures: number, retryAfterMs = 0): Temporal.Instant {
  const minutes = AGAIN_MINUTES[Math.min(failures, AGAIN_MINUTES.length - 1)] ?? 60;
  return now.add({ milliseconds: Math.max(minutes * 60_000, Math.ceil(retryAfterMs)) });
}

/** 0 to 1, by FNV-1a over 32 bits. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash / 0x1_0000_0000;
}
