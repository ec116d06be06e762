// Where several parsers took the same characters, the one that took most of them read the most of what was said.
import type { ParsingResult, Refiner } from 'chrono-node/en';

const overlap = (one: ParsingResult, other: ParsingResult): boolean =>
  one.index < other.index + other.text.length && other.index < one.index + one.text.length;

export const keepLongest: Refiner = {
  refine: (_context, results) => {
    const kept: ParsingResult[] = [];
    // A stable sort: of equals, the parser that is listed first wins.
    for (const result of results.toSorted((one, other) => other.text.length - one.text.length)) {
      if (!kept.some((other) => overlap(result, other))) kept.push(result);
    }
    return kept.sort((one, other) => one.index - other.index);
  },
};
