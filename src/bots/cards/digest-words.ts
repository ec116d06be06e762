// What a digest says beside its report: what waits for somebody, what is planned, the one suggestion, and that it is late.
import type { Account } from '../../core/account.ts';
import type { DeliveryState } from '../../core/delivery.ts';
import type { Cadence, DigestContent, Suggestion } from '../../core/digest.ts';
import type { Platforms } from '../../core/ports.ts';
import { type PostDetails, postName } from '../../core/post.ts';
import { nameAccount } from '../../core/targets.ts';
import { shorten } from '../../core/text.ts';
import { formatMoment } from '../../core/time/format.ts';
import { counted } from '../../core/words.ts';
import type { Button, Line, Section } from '../reply.ts';
import { moment } from './delivery-lines.ts';
import { failedBesideButton, retryBesideButton } from './digest-buttons.ts';
import { showButton } from './post-buttons.ts';

type Named = Pick<Platforms, 'get'>;

/** Posts that wait: the others are counted. */
const WAITING = 5;
const PLANNED = 8;
const FIRST_WORDS = 50;
const WAITS: readonly DeliveryState[] = ['failed', 'unconfirmed', 'held'];
const OPEN: readonly DeliveryState[] = ['scheduled', 'retrying', 'publishing'];

/** With the ways on of each: look at it, or try it again. */
export function waitingSection({ posts, total }: DigestContent['waiting'], platforms: Named): Section[] {
  if (total === 0) return [];
  const shown = posts.slice(0, WAITING);
  const more = total > shown.length;
  return [
    {
      heading: total === 1 ? '1 post waits for somebody' : `${total} posts wait for somebody`,
      lines: [...shown.map((details) => waitingLine(details, platforms)), ...(more ? [`+${total - shown.length} more`] : [])],
      buttons: [...shown.flatMap(waitingButtons), ...(more ? [failedBesideButton] : [])],
    },
  ];
}

/** `P12 · The kite is back · failed on Bluesky: The image is too large.` */
function waitingLine({ post, deliveries }: PostDetails, platforms: Named): Line {
  const waiting = deliveries.filter(({ state }) => WAITS.includes(state));
  const said = waiting.map(({ platform, state, errorMessage }) => {
    const what = `${state} ${state === 'held' ? 'for' : 'on'} ${platforms.get(platform).name}`;
    return errorMessage === null ? what : `${what}: ${errorMessage}`;
  });
  return [postName(post), shorten(post.text, FIRST_WORDS), ...said].filter((part) => part !== '').join(' · ');
}

function waitingButtons({ post, deliveries }: PostDetails): Button[] {
  const name = postName(post);
  const show = { ...showButton(name), label: `Show ${name}` };
  const hasFailed = deliveries.some(({ state }) => state === 'failed');
  return hasFailed ? [show, retryBesideButton(name)] : [show];
}

/** What is still to go out on the day. @param timeZone the workspace's, whose clock is shown */
export function plannedSection({ posts, total }: DigestContent['planned'], platforms: Named, timeZone: string): Section {
  const lines = posts.slice(0, PLANNED).map((details) => plannedLine(details, platforms, timeZone));
  const more = total > lines.length ? [`+${total - lines.length} more`] : [];
  return { heading: 'Today', lines: lines.length > 0 ? [...lines, ...more] : ['Nothing is planned for today.'] };
}

/** `14:00 · P15 · Bluesky, Mastodon · The kite is back` */
function plannedLine({ post, deliveries }: PostDetails, platforms: Named, timeZone: string): Line {
  const open = deliveries.filter(({ state }) => OPEN.includes(state));
  const networks = [...new Set(open.map(({ platform }) => platforms.get(platform).name))].join(', ');
  const time = post.slot === null ? '' : clockTime(post.slot.at, timeZone);
  return [time, postName(post), networks, shorten(post.text, FIRST_WORDS)].filter((part) => part !== '').join(' · ');
}

const clockTime = (at: Temporal.Instant, timeZone: string): string =>
  at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

export function suggestionSection(suggestion: Suggestion | null, platforms: Named, now: Temporal.Instant): Section[] {
  return suggestion === null ? [] : [{ heading: 'What to do next', lines: suggestionLines(suggestion, platforms, now) }];
}

function suggestionLines(suggestion: Suggestion, platforms: Named, now: Temporal.Instant): Line[] {
  switch (suggestion.kind) {
    case 'unused': {
      const { account, lastOutAt } = suggestion;
      const name = nameAccount(account, platforms);
      const what =
        lastOutAt === null
          ? `Nothing went out to ${name} yet`
          : `Nothing went out to ${name} for ${counted(daysBetween(lastOutAt, now), 'day')}`;
      return [`${what}, and nothing is planned for it. Write something for its next good time:`, queueCommand(targetOf(account))];
    }
    case 'slot': {
      const { account, at, lift, posts, isSure } = suggestion;
      const own = posts === 1 ? 'its one post' : `its ${posts} posts`;
      const got = `${own} at that hour got ${lift.toFixed(1)} times its mean${isSure ? '' : ', a hint only'}`;
      return [
        [moment(at.toInstant(), at.timeZoneId), ` is free for ${nameAccount(account, platforms)}: ${got}.`],
        [{ code: `/schedule ${formatMoment(at)} to ${targetOf(account)}: Hello` }],
      ];
    }
    case 'nothing-planned':
      return [
        `Nothing is planned for the next ${counted(suggestion.days, 'day')}. Write something for the next good time:`,
        queueCommand('all'),
      ];
  }
}

const queueCommand = (target: string): Line => [{ code: `/queue to ${target}: Hello` }];

const daysBetween = (from: Temporal.Instant, until: Temporal.Instant): number =>
  Math.floor(until.since(from).total('hours') / 24);

/** As it is typed behind `to`. */
const targetOf = ({ platform, handle }: Account): string => `${platform}/${/\s/.test(handle) ? `"${handle}"` : handle}`;

/** That it comes late, and what was left out. */
export function lateLines({ lateSince, missed, cadence }: DigestContent, timeZone: string, now: Temporal.Instant): Line[] {
  if (lateSince === null) return [];
  const dayOf = (at: Temporal.Instant): string => at.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const when = dayOf(lateSince) === dayOf(now) ? `at ${clockTime(lateSince, timeZone)}` : moment(lateSince, timeZone);
  return [['This was due ', when, ' and could not be told then.'], ...missedLine(missed, cadence)];
}

function missedLine(missed: number, { period }: Cadence): Line[] {
  if (missed === 0) return [];
  const what =
    missed === 1 ? `The ${period} digest before it was missed too` : `The ${missed} ${period} digests before it were missed too`;
  return [[`${what} and ${missed === 1 ? 'is' : 'are'} not told. The days are in `, { code: '/analytics last 30 days' }, '.']];
}
