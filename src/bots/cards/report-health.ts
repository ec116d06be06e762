// How the accounts of a report are: connection, login, caps, what failed and why, and how old their figures are.
import type { Account } from '../../core/account.ts';
import type { Platforms } from '../../core/ports.ts';
import type { AccountHealth, Failure } from '../../core/report.ts';
import { nameAccount } from '../../core/targets.ts';
import type { Line, Section, Span } from '../reply.ts';
import { moment } from './delivery-lines.ts';
import { reconnectButton } from './post-buttons.ts';
import { listed } from './report-words.ts';

type Named = Pick<Platforms, 'get'>;

/** Causes of an account's failures that are said; the others are counted. */
const CAUSES = 2;

interface Reader {
  now: Temporal.Instant;
  timeZone: string;
}

/** Figures of accounts are read hourly where nobody has said otherwise; from then on they are called old. */
const OLD_HOURS = 3;

/** A login that runs out later is no news. */
const SOON_HOURS = 30 * 24;
/** More accounts than this are counted, but those that something is to be said of. */
const FEW = 3;

/** A line for each of few accounts, and one for each thing that is wrong with any. */
export function healthSection(health: readonly AccountHealth[], platforms: Named, reader: Reader): Section[] {
  if (health.length === 0) return [];
  const lost = health.filter(({ account }) => account.state === 'disconnected').map(({ account }) => account.platform);
  const buttons = [...new Set(lost)].map((platform) => reconnectButton(platform, platforms.get(platform).name));
  const isFew = health.length <= FEW;
  const lines = [
    ...health.flatMap((each) => [
      ...(isFew || isNews(each, reader) ? [standing(each, platforms, reader)] : []),
      ...failureLines(nameAccount(each.account, platforms), each.failures),
      ...oldFiguresLines([each], platforms, reader.timeZone),
    ]),
    ...(isFew ? [] : countedLines(health, platforms)),
  ];
  return [{ heading: 'Accounts and networks', lines, ...(buttons.length > 0 ? { buttons } : {}) }];
}

/** `Bluesky (@team): connected, 3 of 10 posts today`. */
function standing(each: AccountHealth, platforms: Named, reader: Reader): Line {
  const { account, cap } = each;
  const isConnected = account.state === 'connected';
  const reason = account.stateReason === null ? '' : ` (${account.stateReason.replace(/\.$/, '')})`;
  const used = cap === null ? '' : `, ${cap.used} of ${cap.perDay} posts today`;
  return [
    `${nameAccount(account, platforms)}: ${isConnected ? 'connected' : `disconnected${reason}`}${used}`,
    ...(endsSoon(account, reader) ? [', login runs out ', minute(account.expiresAt, reader.timeZone)] : []),
    ...ageOf(each, reader),
  ];
}

const endsSoon = (account: Account, { now }: Reader): account is Account & { expiresAt: Temporal.Instant } =>
  account.state === 'connected' && account.expiresAt !== null && account.expiresAt.since(now).total('hours') <= SOON_HOURS;

const isNews = (each: AccountHealth, reader: Reader): boolean =>
  each.account.state !== 'connected' || endsSoon(each.account, reader) || isOld(each, reader);

/** Of many accounts: that they are there, and what of their caps is used. */
function countedLines(health: readonly AccountHealth[], platforms: Named): Line[] {
  const connected = health.filter(({ account }) => account.state === 'connected').length;
  const name = ({ account }: AccountHealth): string => nameAccount(account, platforms);
  const used = health.flatMap((each) =>
    each.cap === null || each.cap.used === 0 ? [] : [`${name(each)} ${each.cap.used} of ${each.cap.perDay}`],
  );
  const mute = health.filter(({ tellsFigures }) => !tellsFigures).map(name);
  return [
    connected === health.length
      ? `All ${connected} accounts are connected.`
      : `${connected} of ${health.length} accounts are connected.`,
    ...(used.length > 0 ? [`Posts today: ${used.join(', ')}.`] : []),
    ...(mute.length > 0 ? [`${listed(mute)} ${mute.length === 1 ? 'tells' : 'tell'} no figures.`] : []),
  ];
}

const isOld = ({ figuresAt, figuresFailure, tellsFigures }: AccountHealth, { now }: Reader): boolean =>
  tellsFigures && figuresFailure === null && figuresAt !== null && now.since(figuresAt).total('hours') >= OLD_HOURS;

/** Where figures are as new as they should be, that is said once for the whole report. */
function ageOf(each: AccountHealth, reader: Reader): Span[] {
  const { account, tellsFigures, figuresAt, figuresFailure } = each;
  if (!tellsFigures) return [', tells no figures'];
  if (figuresFailure !== null || account.state !== 'connected') return [];
  if (figuresAt === null) return [', no figures were read yet'];
  return isOld(each, reader) ? [', figures of ', minute(figuresAt, reader.timeZone)] : [];
}

/** When the newest figures were read; null: none were. */
export const newestFigures = (health: readonly AccountHealth[]): Temporal.Instant | null =>
  health
    .flatMap(({ figuresAt }) => figuresAt ?? [])
    .sort(Temporal.Instant.compare)
    .at(-1) ?? null;

/** Nobody has to know the second. */
export const minute = (at: Temporal.Instant, timeZone: string): Span =>
  moment(at.round({ smallestUnit: 'minute', roundingMode: 'floor' }), timeZone);

/** `2 failed. The image is too large.`, the most frequent cause first. */
function failureLines(name: string, failures: readonly Failure[]): Line[] {
  const said = failures
    .slice(0, CAUSES)
    .map(({ count, sentence }): Line => `${name}: ${count} failed. ${sentence ?? 'The network gave no reason.'}`);
  const more = failures.slice(CAUSES).reduce((sum, { count }) => sum + count, 0);
  return more > 0 ? [...said, `${name}: ${more} failed for other reasons.`] : said;
}

/** `Figures of Mastodon (@team) could not be read since ...: The network is down.` for each account that is so. */
export const oldFiguresLines = (health: readonly AccountHealth[], platforms: Named, timeZone: string): Line[] =>
  health.flatMap(({ account, figuresFailure }) =>
    figuresFailure === null
      ? []
      : [
          [
            `Figures of ${nameAccount(account, platforms)} could not be read since `,
            minute(figuresFailure.since, timeZone),
            `: ${figuresFailure.sentence}`,
          ],
        ],
  );
