// Lengths of time from now: "in an hour and a half", "2 days from now", "in 1h30". How long they are is length.ts'.
import { LENGTH, lengthOf } from '../length.ts';
import { broken, definePiece, type Groups, type Piece } from '../piece.ts';

const FEW = /\bfew\b/i;

function piece({ length = '', hm, exact }: Groups, isBack = false): Piece {
  const duration = lengthOf(length, hm);
  if (typeof duration === 'string') return broken(duration);
  return {
    kind: 'duration',
    duration: isBack ? duration.negated() : duration,
    isExact: exact !== undefined || /^exactly/i.test(length),
    ...(FEW.test(length) && { note: 'A few is taken as three.' }),
  };
}

export const inDuration = definePiece(`(?:with)?in\\s+(?:the\\s+next\\s+)?${LENGTH}(?:['’]?s?\\s+time)?`, (groups) =>
  piece(groups),
);

export const durationFromNow = definePiece(
  `${LENGTH}\\s+(?:from\\s+(?:(?<exact>right|exactly)\\s+)?now|later|hence|(?<ago>ago))`,
  (groups) => piece(groups, groups.ago !== undefined),
);

/** "in 15", "in 15'", 'in 30"': minutes, unless a double prime says seconds. */
export const inMinutes = definePiece(`in\\s+(?<count>\\d{1,3})(?:\\s?(?<prime>['’′"”″]))?`, ({ count = '', prime }) => {
  const isSeconds = prime !== undefined && /["”″]/.test(prime);
  return {
    kind: 'duration',
    duration: Temporal.Duration.from({ seconds: Number(count) * (isSeconds ? 1 : 60) }),
    ...(prime === undefined && { note: `${count} is taken as minutes.` }),
  };
});

/** "the upcoming two days", "2 upcoming weeks": so many from today on, as a day. */
export const upcoming = definePiece(
  `(?:the\\s+)?(?:(?:upcoming|coming)\\s+(?<count>\\w+)|(?<other>\\w+)\\s+(?:upcoming|coming))\\s+(?<unit>day|week)s?`,
  ({ count, other, unit = '' }) => {
    const duration = lengthOf(`${count ?? other} ${unit}s`, undefined);
    if (typeof duration === 'string' || duration.blank) return null;
    return {
      kind: 'days',
      from: (today) => [
        { date: today.add(duration), label: 'that day', note: 'This is counted from today, to the last day of it.' },
      ],
    };
  },
);
