// How colours differ for eyes that see all of them, and for those that see no red or no green.

const EYES = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  // no red, then no green: Machado, Oliveira and Fernandes 2009, severity 1 (unverified)
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
];

/** Distance in Oklab (https://bottosson.github.io/posts/oklab/, unverified) for the eyes that tell them apart least: 1 is black to white. */
export function leastDifference(one: string, other: string): number {
  const differences = EYES.map((eye) => {
    const [first, second] = [one, other].map((colour) =>
      oklab(times(eye, linear(colour)).map((part) => Math.min(1, Math.max(0, part)))),
    );
    return Math.hypot(...(first ?? []).map((part, index) => part - (second?.[index] ?? 0)));
  });
  return Math.min(...differences);
}

/** By WCAG 2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio (unverified). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const luminance = (colour: string): number => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0] ?? 0;

const linear = (colour: string): number[] =>
  [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));

const CONES = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const oklab = (light: readonly number[]): number[] => times(LAB, times(CONES, light).map(Math.cbrt));
