// The one way the emulated networks write an instant: ISO 8601, UTC, milliseconds.
import type { Clock } from '../core/clock.ts';

export const timestamp = (clock: Clock): string => clock.now().toString({ fractionalSecondDigits: 3 });
