// What is said about one delivery: how it stands, and what would mend it. The card, the list and the news use the same words.
import { type DeliveryDetails, postName } from '../../core/post.ts';
import { formatMoment } from '../../core/time/format.ts';
import type { Line, Span } from '../reply.ts';

export interface DeliveryWords {
  /** `P12`. */
  post: string;
  platformName: string;
  /** The reader's zone. */
  timeZone: string;
}

/** `Bluesky · @team.bsky.social`. */
export const accountHeading = (platformName: string, delivery: Pick<DeliveryDetails, 'account'>): string =>
  `${platformName} · ${delivery.account.handle}`;

export const moment = (at: Temporal.Instant, timeZone: string): Span => ({
  moment: at,
  text: formatMoment(at.toZonedDateTimeISO(timeZone)),
});

/** How a delivery stands, as lines; none where the card says it already (planned, or a draft). */
export function deliveryLines(delivery: DeliveryDetails, words: DeliveryWords): Line[] {
  const { account, errorMessage } = delivery;
  const reason = errorMessage === null ? [] : [errorMessage];
  switch (delivery.state) {
    case 'scheduled':
      return reason;
    case 'publishing':
      return ['Going out right now.'];
    case 'published':
      // beside it something may have gone wrong: the first comment
      return [delivery.url === null ? 'published' : ['published ', { url: delivery.url, text: delivery.url }], ...reason];
    case 'retrying':
      return [...reason, ...(delivery.dueAt === null ? [] : [nextStep(delivery, delivery.dueAt, words)])];
    case 'unconfirmed':
      return [
        errorMessage ?? `${words.platformName} cannot say whether it was posted.`,
        `Look at ${account.handle} there, then answer: did it go out?`,
      ];
    case 'held':
      return heldLines(delivery, words);
    case 'failed':
      return [...reason, ['Once that is mended: ', { code: `/post ${words.post} retry` }]];
    case 'canceled':
      return ['canceled', ...reason];
  }
}

const nextStep = ({ inDoubt }: DeliveryDetails, at: Temporal.Instant, { platformName, timeZone }: DeliveryWords): Line =>
  inDoubt
    ? [`It may be out all the same. ${platformName} is asked again, before anything more is sent: `, moment(at, timeZone)]
    : ['Next try: ', moment(at, timeZone)];

function heldLines(delivery: DeliveryDetails, { post, platformName, timeZone }: DeliveryWords): Line[] {
  const { holdReason, account, errorMessage, dueAt } = delivery;
  switch (holdReason) {
    case 'account':
      return [
        errorMessage ?? `${account.handle} is not connected.`,
        ['It goes out once the account is connected again: ', { code: `/connect ${account.platform}` }],
      ];
    case 'cap':
      return [
        errorMessage ?? `The daily cap for ${platformName} is reached.`,
        [
          'Send it another day: ',
          { code: `/post ${post} move tomorrow 9am` },
          ', or raise the cap: ',
          { code: `/settings cap ${account.platform} 10` },
          ' and then ',
          { code: `/post ${post} now` },
        ],
      ];
    case 'paused':
      return ['It waits until the series is resumed.'];
    case 'removed':
      return [errorMessage ?? 'It waited because Crier had been removed.', 'Publish it now, move it, or cancel it.'];
    case 'late':
      return [
        dueAt === null
          ? 'It is late: its account was not connected.'
          : ['Its account was not connected when it was due: ', moment(dueAt, timeZone)],
        `${account.handle} is connected again. Is it still to go out? Post it now, choose another time, or cancel it.`,
      ];
    case 'draft':
    case null:
      return [];
  }
}

/** Names a delivery's post for `deliveryLines`. */
export const wordsFor = (post: { number: number }, platformName: string, timeZone: string): DeliveryWords => ({
  post: postName(post),
  platformName,
  timeZone,
});
