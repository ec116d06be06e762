// A clock that stands still until a test moves it.
import type { Clock } from '../../src/core/clock.ts';

export interface TestClock extends Clock {
  forward: (duration: Temporal.DurationLike) => void;
}

export function clockAt(instant: string): TestClock {
  let now = Temporal.Instant.from(instant);
  return {
    now: () => now,
    forward: (duration) => {
      now = now.add(duration);
    },
  };
}
