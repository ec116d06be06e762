// The conversation in Slack: slash commands, a mention where a picture is shared, presses and modals, through the real Bolt app.
import { commands } from '../../../src/bots/commands/index.ts';
import { openCommands, splitLine } from '../../../src/bots/run.ts';
import { slashName } from '../../../src/bots/slack/slash-names.ts';
import { PUBLISHED } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import type { Delivered } from '../../support/slack/delivery.ts';
import type { ShownView, SlackMessage, Whisper } from '../../support/slack/records.ts';
import { elementsOf, type Typed } from '../../support/slack/view-state.ts';
import { isObject, type Json, text } from '../../support/slack/wire.ts';
import { readText } from '../slack/read-blocks.ts';
import { openSlackDesk, type SlackDesk } from '../slack/slack-desk.ts';
import { type Front, inOneRow } from './front.ts';

const { social } = TEAM_A.channels;
const { ann } = TEAM_A.people;

export async function openSlackFront(): Promise<Front> {
  const desk = await openSlackDesk();
  const { slack, a } = desk;
  const known = openCommands(commands);
  let heard: string[] = [];

  /** Does something, and keeps all that Crier said to it: calls, answers to response URLs, and the answer to the request itself. */
  async function hear(deed: () => Promise<Delivered | null>): Promise<void> {
    const [calls, responses] = [slack.calls().length, slack.responses().length];
    const delivered = await deed();
    await desk.idle();
    const said = [...slack.calls().slice(calls), ...slack.responses().slice(responses)].map(({ args }) => args);
    heard = [...said, ...(delivered?.body ? [delivered.body] : [])].map(wordsOf);
  }

  async function sayWithFile(line: string, file: Json): Promise<Delivered> {
    const words = line.replace(/^\//, '');
    return a.mention({ text: `@Crier ${words}`, channel: social, files: [file] });
  }

  async function saySlash(line: string): Promise<Delivered> {
    const { name, text: words } = splitLine(line) ?? { name: '', text: '' };
    const command = known.find(name);
    if (!command) throw new Error(`there is no command /${name}`);
    return a.command({ command: slashName(command), text: escaped(words) });
  }

  return {
    say: (line, picture) => hear(() => (picture ? sayWithFile(line, slack.shareFile(picture)) : saySlash(line))),
    press: async (label) => {
      const on = await newestWith(desk, label);
      const { actionId, value } = pressOf(on, label) ?? { actionId: '' };
      await hear(() => a.press(on, actionId, value === undefined ? {} : { value }));
    },
    fill: async (values) => {
      const unsaid: Record<string, Typed> = {};
      for (const [label, value] of Object.entries(values)) {
        const { blockId, typed, isLive } = fieldOf(topmost(desk), label, value);
        if (isLive) await a.change(topmost(desk), blockId, typed);
        else unsaid[blockId] = typed;
        await desk.idle();
      }
      await hear(() => a.submit(topmost(desk), unsaid));
    },
    publishDue: () => hear(() => desk.settle(PUBLISHED).then(() => null)),
    lastReplyText: () => inOneRow(heard.join('\n')),
    everythingShown: () => JSON.stringify([slack.calls(), slack.responses()]),
    newsroom: desk.newsroom,
    log: desk.log,
    workspaceId: (await desk.enter(TEAM_A)).workspace.id,
    ownWords: { [`@${TEAM_A.domain}`]: '@team', [TEAM_A.id]: 'team', [ann.id]: 'ann', [`by ${ann.name}`]: 'by Ann' },
    problems: () => desk.problems,
    close: desk.close,
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping (checked 2026-11-22) */
const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const blocksIn = (said: Json): unknown[] => [said.blocks, isObject(said.view) ? said.view.blocks : undefined];
const errorsIn = ({ errors }: Json): string[] => (isObject(errors) ? Object.values(errors).map(text) : []);
const wordsOf = (said: Json): string => [...blocksIn(said).map(readText), ...errorsIn(said)].join('\n');

function topmost({ slack }: SlackDesk): ShownView {
  const view = slack.views(ann.id).at(-1);
  if (!view) throw new Error('no modal is open');
  return view;
}

const isLabelled = (one: Json, label: string): boolean => isObject(one.text) && one.text.text === label;

/** The button with this label, or what is chosen from a menu by it. */
function pressOf({ blocks }: { blocks: readonly unknown[] }, label: string): { actionId: string; value?: string } | undefined {
  for (const { element, actionId } of elementsOf(blocks)) {
    if (isLabelled(element, label)) return { actionId };
    const options = Array.isArray(element.options) ? element.options.filter(isObject) : [];
    const option = options.find((each) => isLabelled(each, label));
    if (option) return { actionId, value: text(option.value) };
  }
  return undefined;
}

async function newestWith({ slack }: SlackDesk, label: string): Promise<SlackMessage | Whisper> {
  const shown = [...(await slack.messages(social)), ...slack.whispers(ann.id)];
  const found = shown.sort((one, other) => (one.ts < other.ts ? 1 : -1)).find((each) => pressOf(each, label) !== undefined);
  if (!found) throw new Error(`nothing that is shown has a button "${label}"`);
  return found;
}

/** The input with this label (of a time that in words), and what it is given: of choices the one that begins so. */
function fieldOf(view: ShownView, label: string, value: string): { blockId: string; typed: Typed; isLive: boolean } {
  const labelled = view.blocks.flatMap((block) => (block.type === 'input' ? [block] : []));
  const found = labelled.findLast((block) => [label, `${label}, in words`].includes(block.label.text));
  const { blockId, element, isTold } = elementsOf(found ? [found] : [])[0] ?? {};
  if (blockId === undefined || !element)
    throw new Error(`no field "${label}" among ${labelled.map((block) => block.label.text).join(', ')}`);
  const options = Array.isArray(element.options) ? element.options.filter(isObject) : null;
  if (!options) return { blockId, typed: value, isLive: isTold === true };
  const option = options.find((each) => isObject(each.text) && text(each.text.text).startsWith(value));
  if (!option) throw new Error(`"${label}" does not offer "${value}"`);
  const chosen = text(option.value);
  const isSeveral = /^(?:multi_|checkboxes)/.test(text(element.type));
  return { blockId, typed: isSeveral ? [chosen] : chosen, isLive: isTold === true };
}
