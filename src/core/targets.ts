// Which connected accounts the words of a person mean: "x, linkedin", "everywhere", "@team", "bluesky/@team", "linkedin/Crier Demo".
// Only reading; whether a post may go there is said by preview.ts and decided by the use cases.
import type { Account } from './account.ts';
import { type CrierError, invalidArgument } from './errors.ts';
import { nearest } from './near-miss.ts';
import type { Platform } from './platform.ts';
import type { Platforms } from './ports.ts';

type Registry = Pick<Platforms, 'all' | 'find' | 'get'>;

/** The argument a sentence is about: of a post, or of a command on one account. */
type Field = 'targets' | 'account';

const EVERYWHERE = new Set(['all', 'everywhere', 'everything', 'every network', 'all networks', 'all accounts']);
const SEPARATOR = /\s*[,;+&]\s*(?:and\s+)?|\s+and\s+/i;

/** As a sentence names it: `Bluesky (@team.bsky.social)`. */
export const nameAccount = (account: Account, platforms: Pick<Platforms, 'get'>): string =>
  `${platforms.get(account.platform).name} (${account.handle})`;

const bare = (handle: string): string => handle.trim().replace(/^@/, '').replace(/\s+/g, ' ').toLowerCase();

/** `team` of `@team.bsky.social` and of `@team@mastodon.social`. */
const shortName = (handle: string): string => bare(handle).split(/[.@]/)[0] ?? '';

function withHandle(text: string, accounts: readonly Account[]): Account[] {
  const wanted = bare(text);
  if (wanted === '') return [];
  const exact = accounts.filter((account) => bare(account.handle) === wanted);
  return exact.length > 0 ? exact : accounts.filter((account) => shortName(account.handle) === wanted);
}

/** The accounts, connected or not, that one name means: a network, a handle, or both (`bluesky/@team`). Null: no such name. */
export function accountsNamed(text: string, accounts: readonly Account[], platforms: Registry): Account[] | null {
  const platform = platforms.find(text);
  if (platform) return ofPlatform(platform, accounts);
  const split = /^([^\s/:@]+)\s*(?:[/:]|\s)\s*(@?\S.*)$/.exec(text);
  const prefix = split ? platforms.find(split[1] ?? '') : undefined;
  if (split && prefix) {
    const found = withHandle(split[2] ?? '', ofPlatform(prefix, accounts));
    return found.length > 0 ? found : null;
  }
  const found = withHandle(text, accounts);
  return found.length > 0 ? found : null;
}

const ofPlatform = (platform: Platform, accounts: readonly Account[]): Account[] =>
  accounts.filter((account) => account.platform === platform.id);

/** What may have been meant, as it is typed; null where nothing is like it. */
function nearName(text: string, accounts: readonly Account[], platforms: Registry): string | null {
  const names = platforms.all().flatMap((platform) => [platform.id, platform.name.toLowerCase(), ...platform.aliases]);
  const handles = accounts.flatMap(({ platform, handle }) =>
    handle.includes(' ') ? [`${platform}/${handle}`, handle] : [handle, `@${shortName(handle)}`],
  );
  return nearest(text, [...new Set([...names, ...handles, 'everywhere'])]) ?? null;
}

function unknownTarget(text: string, accounts: readonly Account[], platforms: Registry, field: Field): CrierError {
  const near = nearName(text, accounts, platforms);
  const known = platforms
    .all()
    .map((platform) => platform.id)
    .join(', ');
  return invalidArgument(
    field,
    `There is no network or account called "${text}".${near ? ` Did you mean ${near}?` : ` Networks: ${known}. /accounts lists what is connected.`}`,
  );
}

function severalMeant(text: string, found: readonly Account[], field: Field): CrierError {
  const names = found.map((account) => `${account.platform}/${account.handle}`);
  return invalidArgument(field, `"${text}" is the name of ${found.length} accounts here: say ${names.join(' or ')}.`);
}

function notConnected(account: Account, platforms: Registry): CrierError {
  const reason = account.stateReason ? ` (${account.stateReason.replace(/\.$/, '')})` : '';
  return invalidArgument(
    'targets',
    `${nameAccount(account, platforms)} is disconnected${reason}. Connect it again with /connect ${account.platform}.`,
  );
}

/** What one name means for posting: connected accounts only. */
function targetsNamed(text: string, accounts: readonly Account[], platforms: Registry): Account[] | null {
  const found = accountsNamed(text, accounts, platforms);
  if (found === null) return null;
  const platform = platforms.find(text);
  const connected = found.filter((account) => account.state === 'connected');
  const first = found[0];
  if (connected.length === 0 && first) throw notConnected(first, platforms);
  if (connected.length === 0) {
    const name = platform?.name ?? text;
    throw invalidArgument('targets', `No ${name} account is connected yet. Connect one with /connect ${platform?.id ?? text}.`);
  }
  if (!platform && connected.length > 1) throw severalMeant(text, connected, 'targets');
  return connected;
}

function everyAccount(accounts: readonly Account[]): Account[] {
  const connected = accounts.filter((account) => account.state === 'connected');
  if (connected.length > 0) return connected;
  throw invalidArgument('targets', 'No account is connected yet. Connect one with /connect.');
}

export interface Targets {
  /** Connected ones, each once, in the order they were named. */
  accounts: Account[];
  /** Ids of those that nobody named: they are meant by `all` alone. */
  byAll: ReadonlySet<string>;
}

/**
 * As `resolveTargets`, with which of them were meant by name.
 * @throws as `resolveTargets`
 */
export function readTargets(text: string, accounts: readonly Account[], platforms: Registry): Targets {
  const named = namesIn(text, accounts).filter((part) => !EVERYWHERE.has(part.toLowerCase()));
  const byName = new Set(named.flatMap((part) => readPart(part, accounts, platforms)).map(({ id }) => id));
  const all = resolveTargets(text, accounts, platforms);
  return { accounts: all, byAll: new Set(all.map(({ id }) => id).filter((id) => !byName.has(id))) };
}

/**
 * The connected accounts that `text` names, each once, in the order they were named. A network's name means all of its
 * connected accounts; `all` and `everywhere` mean every connected account.
 * @throws CrierError `invalid-input` for a name that is unknown (with the nearest one), not unique, or not connected.
 */
export function resolveTargets(text: string, accounts: readonly Account[], platforms: Registry): Account[] {
  const named = namesIn(text, accounts);
  if (named.length === 0) throw invalidArgument('targets', 'Say which networks it is for: "to bluesky, mastodon", or "to all".');
  const found = named.flatMap((part) => readPart(part, accounts, platforms));
  return found.filter((account, index) => found.findIndex((other) => other.id === account.id) === index);
}

/** Names are parted by commas, `and` and the like, except within quotes and within a handle that has them itself, `Salt & Pepper`. */
function namesIn(text: string, accounts: readonly Account[]): string[] {
  const whole: string[] = [];
  const set = text.replace(wholeNames(accounts), (name) => `\0${whole.push(name.replace(/["“”„]/g, '')) - 1}\0`);
  return set
    .split(SEPARATOR)
    .map((part) => part.trim().replace(/^(?:and|to|on)\s+/i, ''))
    .map((part) => part.replace(/\0(\d+)\0/g, (_, index: string) => whole[Number(index)] ?? '').replace(/\s+/g, ' '))
    .filter((part) => part !== '');
}

/** Whatever stands in quotes, and the handles that are more than one word. */
function wholeNames(accounts: readonly Account[]): RegExp {
  const handles = accounts.map(({ handle }) => handle).filter((handle) => /[\s,;+&]/.test(handle));
  const longestFirst = handles.toSorted((one, other) => other.length - one.length).map((handle) => RegExp.escape(handle));
  return new RegExp(['"[^"]*"', '[“„][^”“]*[”“]', ...longestFirst.map((handle) => `(?<!\\w)${handle}(?!\\w)`)].join('|'), 'giu');
}

function readPart(part: string, accounts: readonly Account[], platforms: Registry): Account[] {
  if (EVERYWHERE.has(part.toLowerCase())) return everyAccount(accounts);
  const whole = targetsNamed(part, accounts, platforms);
  if (whole) return whole;
  const words = part.split(' ');
  const isOneName = words.length === 1 || nearName(part, accounts, platforms) !== null;
  if (isOneName) throw unknownTarget(part, accounts, platforms, 'targets');
  return words.flatMap((word) => readPart(word, accounts, platforms));
}

/**
 * The one account, connected or not, that `text` names.
 * @throws CrierError `invalid-input` where it names none (with the nearest) or several.
 */
export function resolveAccount(text: string, accounts: readonly Account[], platforms: Registry): Account {
  const name = text.trim().replace(/["“”„]/g, '');
  const found = accountsNamed(name, accounts, platforms);
  if (found === null) throw unknownTarget(name, accounts, platforms, 'account');
  const [first, ...others] = found;
  if (!first)
    throw invalidArgument(
      'account',
      `No ${platforms.find(name)?.name ?? name} account is connected here. /accounts lists what is.`,
    );
  if (others.length > 0) throw severalMeant(name, found, 'account');
  return first;
}
