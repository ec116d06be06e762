// How each account of a report stands with its network: connected or not, how much of its cap is used, what failed, and whether its figures
// are told. Pure.
import type { Account } from './account.ts';
import { capOf } from './caps.ts';
import type { AccountFigures, PostFigures } from './figures.ts';
import type { AccountLook } from './figures-store.ts';
import type { Platform } from './platform.ts';
import type { Platforms } from './ports.ts';
import type { AccountHealth, AccountResult, Failure, PostResult } from './report.ts';
import type { Workspace } from './workspace.ts';

export interface HealthParts {
  workspace: Pick<Workspace, 'dailyCaps'>;
  platforms: Pick<Platforms, 'get'>;
  results: readonly PostResult[];
  accountResults: readonly AccountResult[];
  failures: readonly Failure[];
  looks: readonly AccountLook[];
  /** By account id: posts out today, and when the newest went out. */
  today: ReadonlyMap<string, number>;
  lastOut: ReadonlyMap<string, Temporal.Instant>;
  now: Temporal.Instant;
}

/** A disconnected account that nothing went out to for longer than this is nobody's concern any more. */
const FORGOTTEN_AFTER_DAYS = 30;

/** Of those that are connected, or are not and were used lately or in the period. */
export function healthOf(accounts: readonly Account[], parts: HealthParts): AccountHealth[] {
  const told = toldBy(parts);
  return accounts.filter((account) => isOfConcern(account, parts)).map((account) => healthOfOne(account, parts, told));
}

function healthOfOne(account: Account, parts: HealthParts, told: ReadonlyMap<string, boolean>): AccountHealth {
  const platform = parts.platforms.get(account.platform);
  const perDay = capOf(parts.workspace, platform);
  const look = parts.looks.find(({ accountId }) => accountId === account.id);
  return {
    account,
    cap: perDay === null ? null : { used: parts.today.get(account.id) ?? 0, perDay },
    failures: parts.failures.filter(({ accountId }) => accountId === account.id),
    figuresAt: look?.lookedAt ?? null,
    figuresFailure: look?.failure ?? null,
    tellsFigures: canTell(platform) && (told.get(account.id) ?? !wasAskedInVain(platform, look)),
    lastOutAt: parts.lastOut.get(account.id) ?? null,
  };
}

const canTell = ({ figures, accountFigures }: Platform): boolean => figures !== null || accountFigures !== null;

/** Nothing is kept of an account itself where its network answered and told nothing. */
const wasAskedInVain = ({ accountFigures }: Platform, look: AccountLook | undefined): boolean =>
  accountFigures !== null && (look?.lookedAt ?? null) !== null;

function isOfConcern({ id, state }: Account, { results, failures, lastOut, now }: HealthParts): boolean {
  if (state === 'connected') return true;
  const newest = lastOut.get(id);
  const since = now.subtract({ hours: 24 * FORGOTTEN_AFTER_DAYS });
  if (newest && Temporal.Instant.compare(newest, since) >= 0) return true;
  return [...results, ...failures].some(({ accountId }) => accountId === id);
}

/** Of the accounts of which anything was kept: whether any figure at all is in it. */
function toldBy({ results, accountResults }: HealthParts): Map<string, boolean> {
  const told = new Map<string, boolean>();
  const add = (accountId: string, figures: PostFigures | AccountFigures): void => {
    const isTold = Object.values(figures).some((figure) => figure !== null);
    told.set(accountId, isTold || told.get(accountId) === true);
  };
  for (const { accountId, figures, seenAt } of results) if (seenAt !== null) add(accountId, figures);
  for (const { account, now } of accountResults) if (now) add(account.id, now.figures);
  return told;
}
