// What Discord offers while an option is typed, by the kind of its argument. At most 25 offers of 100 characters, within three seconds,
// and as far as that goes: whoever types something else sends it all the same.
// https://docs.discord.com/developers/interactions/application-commands#autocomplete (checked 2026-11-22)
import { type AutocompleteInteraction, InteractionResponseType, Routes } from 'discord.js';
import { postName } from '../../core/post.ts';
import { nameAccount } from '../../core/targets.ts';
import { describeWhen } from '../../core/time/format.ts';
import { type Actor, zoneOf } from '../../core/workspace.ts';
import type { Argument, ArgumentKind, Command } from '../command.ts';
import { isBest } from '../commands/best-time.ts';
import { foresee } from '../foresee.ts';
import { cutText } from '../shown-text.ts';
import { type Offer, offerTimes } from './complete-when.ts';
import { entranceOf } from './entrance.ts';
import type { Front } from './front.ts';
import { knownHome } from './home.ts';
import { COMMAND_CHOICES, OPTION_TEXT, OPTION_VALUE } from './limits.ts';
import { commandName } from './option-names.ts';
import { argumentOf, readOptions } from './options-read.ts';
import { isTooLate } from './refusals.ts';

interface Typing {
  front: Front;
  actor: Actor;
  command: Command;
  argument: Argument;
  /** What stands in the option so far. */
  typed: string;
  /** The networks, where they were typed before it. */
  targets: string;
}

type Offers = (typing: Typing) => Offer[] | Promise<Offer[]>;

const same = (value: string): Offer => ({ name: value, value });

const accountOffers = async ({ front, actor }: Typing): Promise<Offer[]> => {
  const { store, platforms } = front.deps;
  const accounts = await store.accounts.list(actor.workspace.id);
  return accounts.map((account) => ({ name: nameAccount(account, platforms), value: `${account.platform}/${account.handle}` }));
};

const platformOffers: Offers = ({ front }) => front.deps.platforms.all().map(({ id, name }) => ({ name, value: id }));

/** As many as are read; the newest are what people mean. */
const RECENT_POSTS = 100;

const OFFERS: Record<ArgumentKind, Offers> = {
  when: timeOffers,
  targets: targetOffers,
  platform: platformOffers,
  account: async (typing) => matching(await accountOffers(typing), typing.typed),
  post: async (typing) => matching(await postOffers(typing), typing.typed),
  choice: ({ argument, typed }) => matching((argument.choices ?? []).map(same), typed),
  command: ({ front, typed }) =>
    matching(
      front.commands.all.map(({ name }) => same(name)),
      typed,
    ),
  campaign: async ({ front, actor, typed }) =>
    matching((await front.deps.store.posts.campaigns(actor.workspace.id)).map(same), typed),
  timezone: ({ front, typed }) => zoneOffers(typed, front.deps.clock.now()),
  text: () => [],
  media: () => [],
  page: () => [],
};

/** Begins to answer what is being typed. What goes wrong is logged, and nothing is offered. */
export function onTyping(front: Front, interaction: AutocompleteInteraction): void {
  front.background.run('autocomplete', async () => {
    const choices = await withinPatience(front.patienceMs, offersFor(front, interaction)).catch((error: unknown) => {
      front.deps.log.warn({ err: error, command: interaction.commandName }, 'nothing could be offered for what is typed');
      return [];
    });
    await respond(front, interaction, choices);
  });
}

async function offersFor(front: Front, interaction: AutocompleteInteraction): Promise<Offer[]> {
  const focused = interaction.options.getFocused(true);
  const command = front.commands.all.find((each) => commandName(each) === interaction.commandName);
  const argument = command && argumentOf(command, focused.name);
  const entrance = entranceOf(interaction, front.timeZone) ?? (await knownHome(front, interaction.user.id));
  if (!command || !argument || !entrance) return [];
  const { targets = '' } = readOptions(command, interaction.options.data).args;
  const typing = { front, actor: await front.enter(entrance), command, argument, typed: focused.value, targets };
  return lawful(await OFFERS[argument.kind](typing));
}

/** `best` has to be asked for; it is offered from its first letter on. */
async function timeOffers({ front, actor, command, typed, targets }: Typing): Promise<Offer[]> {
  const words = typed.trim().toLowerCase();
  const others = offerTimes(typed, { actor, now: front.deps.clock.now(), takesRecurring: command.name === 'schedule' });
  if (!isBest(words) && !'best'.startsWith(words)) return others;
  const { lines } = await foresee({ deps: front.deps, actor }, 'best', { targets });
  const best = { name: `best: ${lines.join(' · ')}`, value: 'best' };
  return words === '' ? [...others, best] : [best];
}

/** A value that does not fit is left out: it can be typed, and then it is sent whole. */
function lawful(offers: readonly Offer[]): Offer[] {
  const fitting = offers.filter(({ name, value }) => name.trim() !== '' && value !== '' && value.length <= OPTION_VALUE);
  const unique = [...new Map(fitting.map((offer) => [offer.value, offer])).values()];
  return unique.slice(0, COMMAND_CHOICES).map(({ name, value }) => ({ name: cutText(name, OPTION_TEXT), value }));
}

/** Those that begin with what was typed first, then those that hold it. */
function matching(offers: readonly Offer[], typed: string): Offer[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ name, value }: Offer): number => {
    const said = [name.toLowerCase(), value.toLowerCase()];
    if (said.some((each) => each.startsWith(wanted))) return 0;
    return said.some((each) => each.includes(wanted)) ? 1 : 2;
  };
  return offers.filter((offer) => rank(offer) < 2).toSorted((one, other) => rank(one) - rank(other));
}

/** Behind the last comma goes on what is typed; what stands before stays. */
async function targetOffers(typing: Typing): Promise<Offer[]> {
  const [, before = '', last = ''] = /^([\s\S]*[,;]\s*)?([^,;]*)$/.exec(typing.typed) ?? [];
  const named = before.toLowerCase().split(/[\s,;]+/);
  const all: Offer = { name: 'all connected accounts', value: 'all' };
  const known = [...(before === '' ? [all] : []), ...(await platformOffers(typing)), ...(await accountOffers(typing))];
  const open = matching(known, last).filter(({ value }) => !named.includes(value.toLowerCase()));
  return open.map(({ name, value }) => ({ name: `${before}${name}`, value: `${before}${value}` }));
}

async function postOffers({ front, actor }: Typing): Promise<Offer[]> {
  const { store, clock } = front.deps;
  const page = { offset: 0, limit: RECENT_POSTS };
  const { items } = await store.posts.list(actor.workspace.id, { kind: 'recent' }, page);
  return items.map(({ post }) => {
    const at = post.slot?.at.toZonedDateTimeISO(zoneOf(actor));
    const parts = [postName(post), ...(at ? [describeWhen(at, clock.now())] : ['draft']), post.text.replace(/\s+/g, ' ')];
    return { name: parts.join(' · '), value: postName(post) };
  });
}

/** With what the clock shows there. `Europe/New_York` is found by "new york" too. */
function zoneOffers(typed: string, now: Temporal.Instant): Offer[] {
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ name: zone.replaceAll('_', ' '), value: zone }));
  return matching(zones, typed.replaceAll('_', ' '))
    .slice(0, COMMAND_CHOICES)
    .map(({ name, value }) => ({
      name: `${name} · ${now.toZonedDateTimeISO(value).toPlainTime().toString({ smallestUnit: 'minute' })}`,
      value,
    }));
}

async function withinPatience(patienceMs: number, offers: Promise<Offer[]>): Promise<Offer[]> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<Offer[]>((resolve) => {
    timer = setTimeout(() => resolve([]), patienceMs);
  });
  try {
    return await Promise.race([offers, tired]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is too late by now has been typed over. */
async function respond({ rest }: Front, { id, token }: AutocompleteInteraction, choices: readonly Offer[]): Promise<void> {
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  try {
    await rest.post(Routes.interactionCallback(id, token), { auth: false, body: { type, data: { choices } } });
  } catch (error) {
    if (!isTooLate(error)) throw error;
  }
}
