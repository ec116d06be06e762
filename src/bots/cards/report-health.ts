// How the accounts of a report are: connection, login, caps, what failed and why, and how old their figures are.
import type { Platforms } from '../../core/ports.ts';
import type { AccountHealth, Failure } from '../../core/report.ts';
import { nameAccount } from '../../core/targets.ts';
import type { Line, Section, Span } from '../reply.ts';
import { moment } from './delivery-lines.ts';
import { reconnectButton } from './post-buttons.ts';

type Named = Pick<Platforms, 'get'>;

/** Causes of an account's failures that are said; the others are counted. */
const CAUSES = 2;

interface Reader {
  now: Temporal.Instant;
  timeZone: string;
}

/** Figures of accounts are read hourly where nobody has said otherwise; from then on they are called old. */
const OLD_HOURS = 3;

/** A line for each account, and one for each thing that is wrong with it. */
export function healthSection(health: readonly AccountHealth[], platforms: Named, reader: Reader): Section[] {
  if (health.length === 0) return [];
  const lost = health.filter(({ account }) => account.state === 'disconnected').map(({ account }) => account.platform);
  const buttons = [...new Set(lost)].map((platform) => reconnectButton(platform, platforms.get(platform).name));
  const lines = health.flatMap((each) => accountLines(each, platforms, reader));
  return [{ heading: 'Accounts and networks', lines, ...(buttons.length > 0 ? { buttons } : {}) }];
}

function accountLines(each: AccountHealth, platforms: Named, reader: Reader): Line[] {
  const { account, cap, failures } = each;
  const name = nameAccount(account, platforms);
  const isConnected = account.state === 'connected';
  const reason = account.stateReason === null ? '' : ` (${account.stateReason.replace(/\.$/, '')})`;
  const ends: Span[] =
    isConnected && account.expiresAt !== null ? [', login runs out ', minute(account.expiresAt, reader.timeZone)] : [];
  const used = cap === null ? '' : `, ${cap.used} of ${cap.perDay} posts today`;
  return [
    [`${name}: ${isConnected ? 'connected' : `disconnected${reason}`}${used}`, ...ends, ...ageOf(each, reader)],
    ...failureLines(name, failures),
    ...oldFiguresLines([each], platforms, reader.timeZone),
  ];
}

/** Where figures are as new as they should be, that is said once for the whole report. */
function ageOf({ account, tellsFigures, figuresAt, figuresFailure }: AccountHealth, { now, timeZone }: Reader): Span[] {
  if (!tellsFigures) return [', tells no figures'];
  if (figuresFailure !== null || account.state !== 'connected') return [];
  if (figuresAt === null) return [', no figures were read yet'];
  return now.since(figuresAt).total('hours') < OLD_HOURS ? [] : [', figures of ', minute(figuresAt, timeZone)];
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
