// How likely chance alone is to make one group of figures that much higher than another: Welch's test, and what looking many times does
// to it. Pure arithmetic; what is compared is not known here.

/** What counts as more than chance: it would be as high by chance in one of twenty looks, all that is looked at taken together. */
const LEVEL = 0.05;

/**
 * Of two groups of two or more, the second the larger: how likely the first's mean is to be this much above the second's where neither is,
 * and 1 where it is not above. By Welch's t with the degrees of freedom of Welch and Satterthwaite: B. L. Welch, "The generalization of
 * Student's problem when several different population variances are involved", Biometrika 34 (1947) (unverified). One thing is added: a
 * few that got the same by chance would seem never to vary, so the first is taken to vary as the second does where it seems to vary less.
 */
export function chanceOfMore(one: readonly number[], other: readonly number[]): number {
  const [above, below] = [spreadOf(one), spreadOf(other)];
  const errorAbove = Math.max(above.variance, below.variance) / one.length;
  const errorBelow = below.variance / other.length;
  const error = errorAbove + errorBelow;
  const difference = above.mean - below.mean;
  if (difference <= 0) return 1;
  if (error === 0) return 0;
  if (above.variance < below.variance) return tail(difference / Math.sqrt(error), other.length - 1);
  const freedom = error ** 2 / (errorAbove ** 2 / (one.length - 1) + errorBelow ** 2 / (other.length - 1));
  return tail(difference / Math.sqrt(error), freedom);
}

function spreadOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, variance: squares / (values.length - 1) };
}

const STEPS = 100;

/**
 * How much of Student's distribution lies above `t`. With t = √freedom · tan(angle) its density becomes cos(angle) to the power of
 * freedom − 1, which is integrated by Simpson's rule from that angle to a right one.
 */
export function tail(t: number, freedom: number): number {
  if (t < 0) return 1 - tail(-t, freedom);
  const all = area(0, freedom);
  return (0.5 * area(Math.atan(t / Math.sqrt(freedom)), freedom)) / all;
}

function area(from: number, freedom: number): number {
  // beyond 40 there is nothing that counts, and steps stay fine where the curve is narrow
  const width = Math.min(Math.PI / 2 - from, 40 / Math.sqrt(freedom));
  const step = width / STEPS;
  const heightAt = (index: number): number => Math.max(0, Math.cos(from + index * step)) ** (freedom - 1);
  let sum = heightAt(0) + heightAt(STEPS);
  for (let index = 1; index < STEPS; index++) sum += heightAt(index) * (index % 2 === 1 ? 4 : 2);
  return (sum * step) / 3;
}

/**
 * Which of several chances are small enough, where each was one look at the same: the smallest has to be so for all of them, the next
 * for all but one, until one is not. From S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6 (1979) (unverified).
 */
export function sureAmong<Key>(chances: ReadonlyMap<Key, number>): ReadonlySet<Key> {
  const smallestFirst = [...chances].sort(([, one], [, other]) => one - other);
  const end = smallestFirst.findIndex(([, chance], index) => chance * (smallestFirst.length - index) > LEVEL);
  return new Set(smallestFirst.slice(0, end === -1 ? undefined : end).map(([key]) => key));
}
