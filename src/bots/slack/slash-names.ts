// What Crier's commands are called in Slack, which keeps some names for itself.
import type { Command } from '../command.ts';

/** Takes every command, `/crier help`, and plain words. */
export const CRIER_COMMAND = '/crier';

/**
 * Slack's own commands, of now and of earlier. An app cannot declare one: the whole manifest is refused ("the slash command has an
 * invalid name", https://github.com/NousResearch/hermes-agent/issues/17054). One too many here costs a longer name.
 */
const BUILT_IN = new Set(
  (
    'active apps archive away call close collapse dm dnd expand feed feedback huddle invite join kick leave me msg mute open part ' +
    'prefs pro remind remove rename search shortcuts shrug star status topic who'
  ).split(' '),
);

/**
 * The slash command of one of ours: `/schedule`, and `/crier-status` where Slack has that name itself. Names are not the app's own in
 * Slack: where two apps have the same, the one installed last gets it, and `/crier` is the way that is left.
 */
export const slashName = ({ name }: Pick<Command, 'name'>): string =>
  BUILT_IN.has(name) ? `${CRIER_COMMAND}-${name}` : `/${name}`;

/** Slack's own command, and the one that is meant. */
const INVITES_CRIER = /^\/invite @Crier$/;

/** A line that a person is told to type, as they have to type it here: `/status` would set their own status in Slack. */
export const typedInSlack = (line: string): string =>
  INVITES_CRIER.test(line) ? line : line.replace(/^\/([a-z-]+)(?=\s|$)/, (_, name: string) => slashName({ name }));
