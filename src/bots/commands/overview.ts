// /overview: what goes out next, drafts, what waits for the member, and how the accounts are, with buttons for all of it.
import type { DeliveryState } from '../../core/delivery.ts';
import type { Platforms } from '../../core/ports.ts';
import { type PostDetails, postName } from '../../core/post.ts';
import { type Overview, readOverview } from '../../core/usecases/overview.ts';
import { readTroubles } from '../../core/usecases/read-status.ts';
import { type Actor, mayDo, type Permission, zoneOf } from '../../core/workspace.ts';
import { accountHeading, deliveryLines, wordsFor } from '../cards/delivery-lines.ts';
import {
  connectButton,
  editButton,
  listButton,
  newPostButton,
  postButtons,
  reconnectButton,
  showButton,
  timeButton,
} from '../cards/post-buttons.ts';
import { postSection } from '../cards/post-list.ts';
import { troubleSummary } from '../cards/trouble-lines.ts';
import { defineCommand } from '../command.ts';
import type { Button, Line, Reply, Section } from '../reply.ts';
import { accountSection } from './accounts.ts';

export const overview = defineCommand({
  name: 'overview',
  summary: 'Show what is next, and what waits for you',
  permission: 'view',
  arguments: [],
  examples: ['/overview'],
  run: async ({ deps, actor }) => {
    const seen = await readOverview(deps, actor);
    const reader = { platforms: deps.platforms, timeZone: zoneOf(actor) };
    const trouble = mayDo(actor, 'administer') ? troubleSummary(await readTroubles(deps), reader.timeZone) : null;
    return forMember(actor, {
      tone: trouble !== null || seen.waiting.total > 0 || seen.ailing.length > 0 ? 'warning' : 'plain',
      title: 'Overview',
      ...(trouble === null ? {} : { lines: [trouble] }),
      private: true,
      sections: [
        ...waitingSections(seen, reader),
        ...nextSections(seen, reader),
        ...draftSections(seen, reader),
        ...accountSections(seen, reader),
      ],
      buttons: [newPostButton, listButton('All posts', 'recent')],
    });
  },
});

/** Only this member sees it, so it offers nothing that would be refused them. */
function forMember(actor: Actor, reply: Reply): Reply {
  const offered = (buttons: readonly Button[] = []): Button[] => buttons.filter((button) => mayDo(actor, needed(button)));
  return {
    ...reply,
    sections: (reply.sections ?? []).map((section) => ({ ...section, buttons: offered(section.buttons) })),
    buttons: offered(reply.buttons),
  };
}

function needed({ command, name }: Button): Permission {
  if (command === 'connect') return 'administer';
  return command === 'schedule' || (command === 'post' && name !== 'show') ? 'write' : 'view';
}

interface Reader {
  platforms: Platforms;
  timeZone: string;
}

/** In the form of a list of /posts, with buttons of its own. */
function sectionOf(
  details: PostDetails,
  { platforms, timeZone }: Reader,
  more: readonly Button[],
  lines: readonly Line[] = [],
): Section {
  const section = postSection(details, { timeZone, nameOf: (platform) => platforms.get(platform).name });
  return { ...section, lines: [...(section.lines ?? []), ...lines], buttons: [showButton(postName(details.post)), ...more] };
}

/** The heading of a part, with the way to the rest of it where there is more than is shown. */
const heading = (words: string, { shown, total, all }: { shown: number; total: number; all: Button }): Section => ({
  heading: words,
  ...(total > shown ? { lines: [`${shown} of ${total}`], buttons: [all] } : {}),
});

function nextSections({ upcoming, accounts }: Overview, reader: Reader): Section[] {
  if (upcoming.length > 0)
    return [
      { heading: 'Next', buttons: [listButton('All that is planned', 'upcoming'), listButton('Only mine', 'mine')] },
      ...upcoming.map((details) => sectionOf(details, reader, [editButton(postName(details.post)), timeButton(details.post)])),
    ];
  const cure: Line =
    accounts.length === 0
      ? 'Nothing is planned. Connect an account first, then plan a post.'
      : ['Nothing is planned. Plan a post: ', { code: '/schedule tomorrow 9am to all: Hello' }];
  return [{ heading: 'Next', lines: [cure] }];
}

function draftSections({ drafts }: Overview, reader: Reader): Section[] {
  const { items, total } = drafts;
  if (total === 0) return [];
  return [
    heading('Drafts', { shown: items.length, total, all: listButton('All drafts', 'drafts') }),
    ...items.map((details) => sectionOf(details, reader, [editButton(postName(details.post)), timeButton(details.post)])),
  ];
}

const WAITS: readonly DeliveryState[] = ['failed', 'unconfirmed', 'held'];

/** Each with what went wrong, and with every way on. */
function waitingSections({ waiting }: Overview, reader: Reader): Section[] {
  const { items, total } = waiting;
  if (total === 0) return [];
  const nameOf = (platform: string): string => reader.platforms.get(platform).name;
  return [
    heading('Waiting for you', { shown: items.length, total, all: listButton('All that failed', 'failed') }),
    ...items.map((details) => {
      const lines = details.deliveries
        .filter(({ state }) => WAITS.includes(state))
        .flatMap((delivery) => {
          const name = nameOf(delivery.platform);
          const said = deliveryLines(delivery, wordsFor(details.post, name, reader.timeZone));
          return said.map((line): Line => [`${accountHeading(name, delivery)}: `, ...(typeof line === 'string' ? [line] : line)]);
        });
      const buttons = postButtons(details, (delivery) => accountHeading(nameOf(delivery.platform), delivery));
      return sectionOf(details, reader, buttons, lines);
    }),
  ];
}

function accountSections({ accounts, ailing }: Overview, { platforms, timeZone }: Reader): Section[] {
  if (accounts.length === 0) {
    return [{ heading: 'Accounts', lines: ['No account is connected yet.'], buttons: [connectButton] }];
  }
  if (ailing.length === 0) {
    const count = accounts.length === 1 ? 'The account is' : `All ${accounts.length} accounts are`;
    return [{ heading: 'Accounts', lines: [`${count} connected.`], buttons: [connectButton] }];
  }
  return [
    { heading: 'Accounts that need you' },
    ...ailing.map((account) => ({
      ...accountSection(account, platforms, timeZone),
      buttons: [reconnectButton(account.platform, platforms.get(account.platform).name)],
    })),
  ];
}
