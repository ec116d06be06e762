// What a report is asked for: in words in any order, as arguments, or by the subject of a button. Reading it is the use cases' matter.
import { invalidArgument } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import { parsePostName, postName } from '../../core/post.ts';
import type { ReportPeriod, ReportScope } from '../../core/report.ts';
import { looksLikeReportPeriod, readReportPeriod } from '../../core/report-period.ts';
import { findReportScope } from '../../core/usecases/find-report-scope.ts';
import { findCampaign } from '../../core/usecases/list-posts.ts';
import { firstDayOfWeek } from '../../core/week-start.ts';
import type { Workspace } from '../../core/workspace.ts';
import { FOR_ONE } from '../cards/report-buttons.ts';
import type { Argument, Call, RawArgs } from '../command.ts';
import { meantInstead } from './analytics-slips.ts';

export const DEEDS = ['report', 'refresh', 'export'] as const;
export type Deed = (typeof DEEDS)[number];

export const ANALYTICS_ARGUMENTS = [
  { name: 'period', kind: 'text', summary: 'Which days: week, last 30 days, 2026-11-01..2026-11-30' },
  { name: 'network', kind: 'platform', summary: 'Only this network' },
  { name: 'account', kind: 'account', summary: 'Only this account' },
  { name: 'campaign', kind: 'campaign', summary: 'Only posts of this campaign' },
  { name: 'what', kind: 'choice', summary: 'Show it, read the figures anew first, or get them as a file', choices: DEEDS },
] as const satisfies readonly Argument[];

export interface ReportRequest {
  period: ReportPeriod;
  scope: ReportScope;
}

/** One value: bare, or in quotes, also behind its network; with the name it is for before it where that was said. */
const VALUE =
  /(?:--(?<flag>period|network|account|campaign|what)(?:=|\s+)|(?<name>period|network|account|campaign|what):(?=\S))?(?:"(?<quoted>[^"]*)"|“(?<curly>[^”]*)”|(?<word>[^\s"“]+(?:"[^"]*")?|\S+))/giu;
/** `last 30 days`, `2026-11-01 .. 2026-11-30`: a period is no longer than this. */
const PERIOD_WORDS = 4;

/** `last 30 days bluesky`, `refresh`, `export month campaign:launch`. Nothing is dropped: what is too much is refused where it goes. */
export function readAnalyticsWords(text: string): RawArgs {
  const args: Record<string, string> = {};
  const add = (name: string, value: string): void => {
    args[name] = args[name] === undefined ? value : `${args[name]} ${value}`;
  };
  const open: string[] = [];
  for (const { groups = {} } of text.matchAll(VALUE)) {
    const value = groups.quoted ?? groups.curly ?? groups.word ?? '';
    const name = (groups.flag ?? groups.name)?.toLowerCase();
    if (name !== undefined) add(name, value);
    else if (DEEDS.some((deed) => deed === value.toLowerCase())) add('what', value);
    else open.push(value);
  }
  for (let at = 0; at < open.length; ) {
    const length = periodAt(open, at);
    add(length > 0 ? 'period' : 'network', open.slice(at, at + Math.max(1, length)).join(' '));
    at += Math.max(1, length);
  }
  return args;
}

/** How many words from there on are a period, the most that can be; 0 where none is. */
function periodAt(words: readonly string[], at: number): number {
  for (let length = Math.min(PERIOD_WORDS, words.length - at); length > 0; length--) {
    if (looksLikeReportPeriod(words.slice(at, at + length).join(' '))) return length;
  }
  return 0;
}

export function readDeed(word = 'report'): Deed {
  const wanted = word.trim().toLowerCase();
  const found = DEEDS.find((deed) => deed === wanted);
  if (found) return found;
  throw invalidArgument('what', `"${word.trim()}" is nothing to do here: say ${nearest(wanted, DEEDS) ?? DEEDS.join(', ')}.`);
}

/** @throws CrierError `invalid-input` for what is no period and no network, account or campaign, with what to write instead. */
export async function readRequest(call: Call, args: RawArgs, usual: string): Promise<ReportRequest> {
  return { period: readPeriodFor(call, args.period ?? usual), scope: await readScope(call, args) };
}

/** Everybody reads along, so the days are those of the workspace. */
function readPeriodFor({ deps, actor }: Call, words: string): ReportPeriod {
  const now = deps.clock.now().toZonedDateTimeISO(actor.workspace.timeZone);
  return readReportPeriod(words, now, firstDayOfWeek(actor));
}

async function readScope(call: Call, { network, account, campaign, period }: RawArgs): Promise<ReportScope> {
  const { deps, actor } = call;
  const name = withoutJoints(network ?? '');
  // `campaign:Spring launch`: what follows is part of the name, unless it is a network
  const rest = campaign?.trim() && name !== '' && !deps.platforms.find(name) ? name : null;
  const said = [rest === null ? name : '', account, campaign].filter((word) => word?.trim());
  if (said.length > 1 || isSeveral(call, name))
    throw invalidArgument('network', 'One network, account or campaign at a time, like /analytics week bluesky.');
  if (campaign?.trim())
    return { kind: 'campaign', name: await findCampaign(deps, actor, rest === null ? campaign : `${campaign} ${rest}`) };
  const word = name || account?.trim();
  if (!word || /^(?:all|everything|everywhere)$/i.test(word)) return { kind: 'all' };
  return findReportScope(deps, actor.workspace, word, meantInstead(word, period, DEEDS));
}

/** `for bluesky`, and what is left of `bluesky for this week`. */
const withoutJoints = (words: string): string =>
  words
    .trim()
    .replace(/^(?:for|of|on)\s+(?=\S)/i, '')
    .replace(/(?<=\S)\s+(?:for|of|on|in)$/i, '');

function isSeveral({ deps }: Call, words: string): boolean {
  const names = words.split(/(?:\s*[,&+]\s*|\s+and\s+|\s+)/i).filter((name) => name !== '');
  return names.length > 1 && names.every((name) => deps.platforms.find(name));
}

const ALL = 'all';

/**
 * A scope as the subject of a button has it: `all`, `n:bluesky`, the id of an account, `c:P12`. A campaign is named by one of its posts,
 * since what people call it does not fit into a subject.
 */
export async function scopeWord(
  { store }: Pick<Call['deps'], 'store'>,
  workspace: Workspace,
  scope: ReportScope,
): Promise<string> {
  switch (scope.kind) {
    case 'all':
      return ALL;
    case 'network':
      return `n:${scope.platform}`;
    case 'account':
      return scope.account.id;
    case 'campaign': {
      const { items } = await store.posts.list(workspace.id, { kind: 'campaign', name: scope.name }, { offset: 0, limit: 1 });
      const first = items[0]?.post;
      return first ? `c:${postName(first)}` : ALL;
    }
  }
}

/** `last-30-days~all`, `week~n:bluesky~m`. What it cannot mean by now is as if it were not said. */
export async function readSubject(call: Call, subject: string): Promise<ReportRequest & { isForOne: boolean }> {
  const [period = '', word = ALL, whose] = subject.split('~');
  return {
    period: readPeriodFor(call, period === '' ? 'week' : period),
    scope: await scopeOf(call, word),
    isForOne: whose === FOR_ONE,
  };
}

async function scopeOf({ deps, actor }: Call, word: string): Promise<ReportScope> {
  const network = word.startsWith('n:') ? deps.platforms.find(word.slice(2)) : undefined;
  if (network) return { kind: 'network', platform: network.id };
  if (/^c:P\d{1,9}$/.test(word)) {
    const name = (await deps.store.posts.find(actor.workspace.id, parsePostName(word.slice(2))))?.post.campaign;
    return name ? { kind: 'campaign', name } : { kind: 'all' };
  }
  const accounts = word === ALL ? [] : await deps.store.accounts.list(actor.workspace.id);
  const account = accounts.find(({ id }) => id === word);
  return account ? { kind: 'account', account } : { kind: 'all' };
}
