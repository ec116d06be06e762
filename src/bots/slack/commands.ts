// Slash commands: each of Crier's under its own name, and /crier, which takes any of them and plain words.
import { plainWordsHelp, readPlainWords } from '../plain-words.ts';
import { type Outcome, refuse } from '../run.ts';
import { refuseSecret } from '../secrets.ts';
import { answer } from './answer.ts';
import { callOf, type Front, type Meeting, meetOnce, take } from './front.ts';
import type { SlashCommand } from './payloads.ts';
import { looksAtPost, type Place } from './place.ts';
import { sayPrivately } from './privately.ts';
import { withProgress } from './progress.ts';
import { CRIER_COMMAND, slashName } from './slash-names.ts';
import { readSpoken } from './spoken.ts';

const ALONE = '/help';

/** Begins what a slash command asks for. A secret in it is refused here, before the line reaches the database or a log. */
export function onSlashCommand(front: Front, teamId: string, typed: SlashCommand): void {
  const userId = typed.user_id;
  const place: Place = { channel: typed.channel_id, responseUrl: typed.response_url };
  const name = typed.command.replace(/^\//, '');
  const listener = { teamId, userId };

  const secret = refuseSecret(lineOf(front, typed) ?? typed.text, front.deps.platforms);
  const work = secret ? () => sayPrivately(front, listener, place, secret) : () => runSlashCommand(front, teamId, typed, place);
  take(front, name, listener, place, work);
}

async function runSlashCommand(front: Front, teamId: string, typed: SlashCommand, place: Place): Promise<void> {
  const meeting = await meetOnce(front, { teamId, userId: typed.user_id, key: `command/${typed.trigger_id}` });
  if (!meeting) return;
  const ask = { ...meeting, way: 'command' as const, place, triggerId: typed.trigger_id };
  const line = await readLine(front, meeting, typed);
  if (typeof line !== 'string') return answer(front, ask, line);
  const long = withProgress(front, { ...ask, looksOnly: looksAtPost(line) }, callOf(front, meeting, place));
  const outcome = await front.commands.runLine(line, long.call);
  await answer(front, long.ask, withTyped(outcome, line));
}

/** A line this long is not typed twice gladly. */
const WORTH_REPEATING = 40;

/** Slack clears what was typed once it is acknowledged: a refusal brings it back, to be copied and put right. */
function withTyped(outcome: Outcome, line: string): Outcome {
  const { reply, refused, bug } = outcome;
  if ((!refused && !bug) || line.length < WORTH_REPEATING || isAboutLogin(line)) return outcome;
  return { ...outcome, reply: { ...reply, sections: [...(reply.sections ?? []), { heading: 'You typed', quote: line }] } };
}

/** May hold a secret that nobody recognized. */
const isAboutLogin = (line: string): boolean => /^\s*\/connect\b/i.test(line);

/** `/schedule tomorrow ...` as Crier calls it, whatever Slack does; null for /crier, which is read first. */
function lineOf(front: Front, { command, text }: SlashCommand): string | null {
  if (command === CRIER_COMMAND) return null;
  const known = front.commands.all.find((each) => slashName(each) === command);
  return `${known ? `/${known.name}` : command} ${text}`;
}

async function readLine(front: Front, { access }: Meeting, typed: SlashCommand): Promise<string | Outcome> {
  const line = lineOf(front, typed);
  if (line !== null) return readSpoken(front, access, line);
  const text = await readSpoken(front, access, typed.text);
  if (text.trim() === '') return ALONE;
  const words = readPlainWords(text, { platforms: front.deps.platforms, commands: front.commands.all });
  if (!words) return { reply: plainWordsHelp(), refused: true, bug: false };
  if (words.aboutMessage) return NO_MESSAGE;
  return words.line;
}

const NO_MESSAGE = refuse(
  'A command cannot see which message you mean. Open the menu of that message and choose "Schedule this message", or mention @Crier in its thread.',
);
