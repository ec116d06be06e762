// What waits for a person's next step and cannot travel with it, since Discord gives ids a hundred characters and modals nothing else:
// forms that are open, and what is done once a question is answered. Kept in memory, for a while and not without end.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';

export interface Kept<T> {
  keep: (thing: T) => string;
  /** Undefined where it is kept no more. It may be asked for again. */
  find: (id: string) => T | undefined;
}

/** Somebody who writes a long text takes their time. */
const KEPT_FOR = { hours: 1 };
const KEPT_AT_MOST = 2_000;

export function openKept<T>(clock: Clock): Kept<T> {
  const kept = new Map<string, { thing: T; until: Temporal.Instant }>();
  return {
    keep(thing) {
      const id = randomUUID().replaceAll('-', '').slice(0, 16);
      kept.set(id, { thing, until: clock.now().add(KEPT_FOR) });
      const oldest = kept.keys().next();
      if (kept.size > KEPT_AT_MOST && !oldest.done) kept.delete(oldest.value);
      return id;
    },
    find(id) {
      const found = kept.get(id);
      return found && Temporal.Instant.compare(found.until, clock.now()) > 0 ? found.thing : undefined;
    },
  };
}
