// What is sent to Discord, held against a file that was looked over by a person.
import { expect } from 'vitest';

/** As the formatter writes it: a list of numbers or words stands on one line. */
const written = (sent: unknown): string =>
  `${JSON.stringify(sent, null, 2)}\n`.replace(
    /\[\n\s+([^[\]{}]*?)\n\s+\]/g,
    (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`,
  );

export const expectGolden = (name: string, sent: unknown): Promise<void> =>
  expect(written(sent)).toMatchFileSnapshot(`golden/${name}.json`);
