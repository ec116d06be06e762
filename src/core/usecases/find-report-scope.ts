// What a report is to be about, by the one name a person typed: a network, an account or a campaign.
import type { Account } from '../account.ts';
import { type CrierError, invalidArgument } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import type { Deps } from '../ports.ts';
import type { ReportScope } from '../report.ts';
import { accountsNamed, nameAccount } from '../targets.ts';
import type { Workspace } from '../workspace.ts';
import { findCampaign } from './list-posts.ts';

type Parts = Pick<Deps, 'store' | 'platforms'>;

const CAMPAIGN = /^campaign\s*[:/]\s*(.*)$/is;
const EVERYTHING = new Set(['', 'all', 'everything', 'everywhere', 'all networks']);

/**
 * `bluesky`, `@team`, `x:@team`, `launch`, `campaign:launch`; nothing, or `all`, for all of it. A network's name comes before a campaign's.
 * @throws CrierError `invalid-input` for a name that nothing has, with the nearest, or that several have, with what to type.
 * @param instead what else it may have been meant to be, for where no name is near
 */
export async function findReportScope(deps: Parts, workspace: Workspace, word: string, instead?: string): Promise<ReportScope> {
  const name = word.trim().replaceAll(/["“”„]/g, '');
  if (EVERYTHING.has(name.toLowerCase())) return { kind: 'all' };
  const [, campaign] = CAMPAIGN.exec(name) ?? [];
  if (campaign !== undefined) return { kind: 'campaign', name: await findCampaign(deps, { workspace }, campaign) };
  const platform = deps.platforms.find(name);
  if (platform) return { kind: 'network', platform: platform.id };
  const [accounts, campaigns] = await Promise.all([
    deps.store.accounts.list(workspace.id),
    deps.store.posts.campaigns(workspace.id),
  ]);
  return amongOwn(name, accounts, campaigns, { ...deps, instead });
}

/** As a title names it: `Bluesky`, `X (@team)`, `campaign "launch"`; null for all of it. */
export function scopeName(scope: ReportScope, platforms: Pick<Deps['platforms'], 'get'>): string | null {
  switch (scope.kind) {
    case 'all':
      return null;
    case 'network':
      return platforms.get(scope.platform).name;
    case 'account':
      return nameAccount(scope.account, platforms);
    case 'campaign':
      return `campaign "${scope.name}"`;
  }
}

function amongOwn(
  name: string,
  accounts: readonly Account[],
  campaigns: readonly string[],
  { platforms, instead }: Pick<Deps, 'platforms'> & { instead: string | undefined },
): ReportScope {
  const named = accountsNamed(name, accounts, platforms) ?? [];
  const connected = named.filter(({ state }) => state === 'connected');
  const [account, ...others] = connected.length > 0 ? connected : named;
  const campaign = campaigns.find((each) => each.toLowerCase() === name.toLowerCase());
  if (account && campaign !== undefined)
    throw severalMeant(name, [`${account.platform}:${account.handle}`, `campaign:${campaign}`]);
  if (campaign !== undefined) return { kind: 'campaign', name: campaign };
  if (!account) throw unknown(name, accounts, campaigns, platforms, instead);
  if (others.length > 0)
    throw severalMeant(
      name,
      [account, ...others].map((each) => `${each.platform}:${each.handle}`),
    );
  return { kind: 'account', account };
}

const severalMeant = (name: string, meant: readonly string[]): CrierError =>
  invalidArgument(
    'scope',
    `"${name}" can mean ${meant.length} things here: say ${[meant.slice(0, -1).join(', '), ...meant.slice(-1)].join(' or ')}.`,
  );

function unknown(
  name: string,
  accounts: readonly Account[],
  campaigns: readonly string[],
  platforms: Deps['platforms'],
  instead: string | undefined,
): CrierError {
  if (name.startsWith('#'))
    return invalidArgument('scope', 'Every report compares hashtags where there are several: /analytics last 30 days.');
  const networks = platforms.all();
  const nearName = nearest(name, [
    ...new Set([
      ...networks.flatMap(({ id, name: full, aliases }) => [id, full.toLowerCase(), ...aliases]),
      ...accounts.flatMap(({ handle }) => [handle, handle.replace(/^@/, '')]),
      ...campaigns,
    ]),
  ]);
  const near = nearName ?? instead;
  const ids = networks.map(({ id }) => id).join(', ');
  const others = `Networks: ${ids}. ${campaigns.length > 0 ? `Campaigns: ${listed(campaigns)}. ` : ''}/accounts lists accounts. ${DAYS}`;
  return invalidArgument(
    'scope',
    `There is no network, account or campaign called "${name}". ${near === undefined ? others : `Did you mean ${near}?`}`,
  );
}

const DAYS = 'Days are said like today, last week, 2026-11 or 2026-11-01..2026-11-30.';
const MOST_LISTED = 10;

const listed = (campaigns: readonly string[]): string => {
  const left = campaigns.length - MOST_LISTED;
  return `${campaigns.slice(0, MOST_LISTED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};
