// Pausing a series, resuming it, skipping its next occurrence, and ending it.
import { assertMove, type DeliveryState } from '../delivery.ts';
import { invalidInput } from '../errors.ts';
import { type DeliveryDetails, postName } from '../post.ts';
import { formatMoment } from '../time/format.ts';
import type { Actor } from '../workspace.ts';
import { cancelOpen } from './cancel-post.ts';
import { type ChangeDeps, type Changed, makeDue, whatStays } from './change-post.ts';
import { changeSeries } from './change-series.ts';

/** What Crier would still send by itself. */
const PENDING: readonly DeliveryState[] = ['scheduled', 'retrying'];

/** The newest occurrence is held, and none is made, until it is resumed. @throws as `changeSeries`, and where it is paused already. */
export async function pauseSeries(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changeSeries(deps, actor, number, 'series paused', (series, newest) => {
    if (series.state === 'paused') throw invalidInput(`It is paused already. Go on with /post ${postName({ number })} resume.`);
    series.state = 'paused';
    for (const delivery of newest.deliveries.filter(({ state }) => PENDING.includes(state))) {
      assertMove(delivery.state, 'held');
      delivery.state = 'held';
      delivery.holdReason = 'paused';
    }
    return whatStays(deps, newest);
  });
}

/** What went by in the meantime is left out. @throws as `changeSeries`, and where it is not paused. */
export async function resumeSeries(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changeSeries(deps, actor, number, 'series resumed', (series, newest) => {
    if (series.state !== 'paused') throw invalidInput(`The series of ${postName({ number })} is not paused.`);
    const now = deps.clock.now();
    series.state = 'active';
    series.activeSince = now;
    const held = newest.deliveries.filter(({ holdReason }) => holdReason === 'paused');
    const at = newest.post.slot?.at;
    if (at !== undefined && Temporal.Instant.compare(at, now) >= 0) makeDue(held, at);
    else cancel(held, 'Its time went by while it was paused.');
    return [];
  });
}

/** Cancels the occurrence that would go out next; the series goes on behind it. @throws as `changeSeries` and `cancelPost`. */
export async function skipOccurrence(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changeSeries(deps, actor, number, 'occurrence skipped', (_series, newest) => {
    const { post } = newest;
    const planned = post.slot === null ? '' : ` (${formatMoment(post.slot.at.toZonedDateTimeISO(post.slot.timeZone))})`;
    return [`${postName(post)}${planned} is skipped.`, ...cancelOpen(deps, newest)];
  });
}

/** For good. What has failed, or may be out, stays for a person to look at. @throws as `changeSeries`. */
export async function endSeries(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changeSeries(deps, actor, number, 'series ended', (series, newest) => {
    series.state = 'ended';
    cancel(
      newest.deliveries.filter(({ state }) => state === 'held' || PENDING.includes(state)),
      null,
    );
    return whatStays(deps, newest);
  });
}

function cancel(deliveries: readonly DeliveryDetails[], reason: string | null): void {
  for (const delivery of deliveries) {
    assertMove(delivery.state, 'canceled');
    delivery.state = 'canceled';
    delivery.holdReason = null;
    delivery.dueAt = null;
    delivery.errorKind = null;
    delivery.errorMessage = reason;
  }
}
