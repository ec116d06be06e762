// Joins typed or piped lines into commands: which are comments, and where a command goes on in the next line.
import { hasOpenQuote } from '../arguments.ts';

export interface LineJoiner {
  /**
   * Takes a line and gives the commands it finishes: usually one; none where more is to come; two where it is a command of its
   * own and so shows that the one before it had ended.
   */
  push: (line: string) => string[];
  /** What is left at the end of input, and forgets it. */
  rest: () => string[];
  isOpen: () => boolean;
}

/** Whether a line ends in a backslash that nothing escapes. */
export const goesOn = (line: string): boolean => (/\\+$/.exec(line)?.[0].length ?? 0) % 2 === 1;

/**
 * A line that ends in a backslash, or in which a double quote of a command stays open, goes on with the next one, newline kept.
 * A stray quote cannot swallow a script: a line that `isCommand` ends the open quote before it. Blank lines and lines that begin
 * with `#` are skipped, unless they are part of a command.
 */
export function openLineJoiner(isCommand: (line: string) => boolean): LineJoiner {
  let pending: string | null = null;
  let byBackslash = false;

  const rest = (): string[] => {
    const left = pending;
    pending = null;
    return left === null ? [] : [left];
  };

  const take = (line: string): string[] => {
    const before = pending === null ? '' : `${pending}\n`;
    byBackslash = goesOn(line);
    const whole = before + (byBackslash ? line.slice(0, -1) : line);
    const isMore = byBackslash || (whole.trimStart().startsWith('/') && hasOpenQuote(whole));
    pending = isMore ? whole : null;
    return isMore ? [] : [whole];
  };

  return {
    rest,
    isOpen: () => pending !== null,
    push(line) {
      if (pending === null) return line.trim() === '' || line.trimStart().startsWith('#') ? [] : take(line);
      return !byBackslash && isCommand(line) ? [...rest(), ...take(line)] : take(line);
    },
  };
}
