// Prints the app manifest to paste at https://api.slack.com/apps: for Socket Mode; with Crier's public address, for HTTP; with the address and
// --socket, for Socket Mode with installing by OAuth. A test says how the committed slack-manifest.json is made anew.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { commands } from '../src/bots/commands/index.ts';
import { slackManifest } from '../src/bots/slack/manifest.ts';
import { CrierError, invalidInput } from '../src/core/errors.ts';

/** @param publicUrl null for Socket Mode alone. @throws CrierError `invalid-input` for what is no https address */
export function manifestText(publicUrl: string | null, socketMode = publicUrl === null): string {
  const url = publicUrl === null ? null : readAddress(publicUrl);
  const options =
    socketMode || url === null ? ({ socketMode: true, publicUrl: url } as const) : ({ socketMode, publicUrl: url } as const);
  return `${JSON.stringify(slackManifest(commands, options), null, 2)}\n`;
}

function readAddress(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol !== 'https:')
    throw invalidInput(`Slack calls https addresses, like https://crier.example.com, and "${given}" is none.`);
  return url.href.replace(/\/+$/, '');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ options: { socket: { type: 'boolean' } }, allowPositionals: true });
  try {
    process.stdout.write(manifestText(positionals[0] ?? null, values.socket));
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    process.stderr.write(`${error.userMessage}\n`);
    process.exitCode = 1;
  }
}
