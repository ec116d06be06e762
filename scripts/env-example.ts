// Prints .env.example: every setting that src/config.ts has, with its description, commented out. `npm run env:example` writes
// the file anew.
import { pathToFileURL } from 'node:url';
import { settings } from '../src/config.ts';

const HEAD = `# Settings of Crier. None is needed to try it. They are environment variables, or lines of a file .env, which npm start reads.
# This file is made from src/config.ts by \`npm run env:example\`.
`;

const LINE_WIDTH = 110;

/** Words folded into comment lines. */
function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LINE_WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines.join('\n');
}

/** A key must be random, so no example of one is there to be copied. */
const exampleOf = (example: string): string => (/^[0-9a-f]{64}$/.test(example) ? '' : example);

/** The whole text of .env.example. @throws Error for a setting that does not say what it is. */
export function envExample(): string {
  const entries = Object.entries(settings).map(([name, schema]) => {
    const { description, example } = schema.meta() ?? {};
    if (typeof description !== 'string' || typeof example !== 'string') throw new Error(`${name} lacks description or example`);
    return `\n${comment(description)}\n# ${name}=${exampleOf(example)}\n`;
  });
  return HEAD + entries.join('');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(envExample());
