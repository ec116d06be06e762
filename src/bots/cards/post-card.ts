// The card of a post: when it goes out, what each network will show, or how it went, and what can be done about it.
// Built from plain data; /schedule, /post and every button answer with this one.
import { isDocument, type Media } from '../../core/media.ts';
import { describeMedia, formatBytes, formatDuration, shortType } from '../../core/media-words.ts';
import {
  type DeliveryDetails,
  type Post,
  type PostDetails,
  type PostState,
  postName,
  postState,
  type Series,
} from '../../core/post.ts';
import type { DeliveryPreview } from '../../core/preview.ts';
import { describeWhen, formatMoment } from '../../core/time/format.ts';
import { nextOccurrences } from '../../core/time/recurrence/occurrences.ts';
import { sayRecurrence } from '../../core/time/recurrence/say.ts';
import { CHANGEABLE } from '../../core/usecases/change-post.ts';
import type { Field, Line, Reply, Section, Span, Tone } from '../reply.ts';
import { besideFields, THREAD_CUT, threadLines, threadWords } from './beside-lines.ts';
import { accountHeading, deliveryLines, wordsFor } from './delivery-lines.ts';
import { postButtons } from './post-buttons.ts';

export interface CardOptions {
  now: Temporal.Instant;
  /** The reader's zone. */
  timeZone: string;
  /** One per delivery, in their order. */
  previews: readonly DeliveryPreview[];
  /** Where a file can be looked at; null where it cannot. */
  linkTo?: (file: Media) => string | null;
  /** What has just happened, `scheduled`; without it the title says how the post stands. */
  headline?: string;
  tone?: Tone;
  lines?: readonly Line[];
  notes?: readonly Line[];
}

const TONES: Record<PostState, Tone> = {
  draft: 'plain',
  scheduled: 'good',
  publishing: 'plain',
  published: 'good',
  'partly published': 'warning',
  retrying: 'warning',
  unconfirmed: 'warning',
  held: 'warning',
  failed: 'bad',
  canceled: 'plain',
};

export function postCard(details: PostDetails, options: CardOptions): Reply {
  const state = postState(details.post, details.deliveries);
  const lines = options.lines ?? [];
  return {
    tone: options.tone ?? TONES[state],
    title: `${postName(details.post)} ${options.headline ?? state}`,
    ...(lines.length > 0 ? { lines } : {}),
    fields: cardFields(details, options),
    sections: [
      ...details.deliveries.map((delivery, index) => deliverySection(details, delivery, options.previews[index], options)),
      ...mediaSection(details.media, options.linkTo),
    ],
    notes: options.notes ?? [],
    buttons: postButtons(details, (delivery) => {
      const preview = options.previews.find(({ account }) => account.id === delivery.accountId);
      return accountHeading(preview?.platformName ?? delivery.platform, delivery);
    }),
    cardOf: { postId: details.post.id, origin: details.post.origin },
  };
}

function cardFields({ post, deliveries, series }: PostDetails, { now, timeZone, previews }: CardOptions): Field[] {
  const networks = deliveries.map(({ account, platform }) => {
    const preview = previews.find((candidate) => candidate.account.id === account.id);
    return `${preview?.platformName ?? platform} ${account.handle}`;
  });
  const fields: Field[] = [
    { name: 'When', value: post.slot === null ? 'no time yet' : whenLine(post.slot, timeZone, now) },
    ...(series === null ? [] : seriesFields(series, post, timeZone, now)),
    { name: 'Networks', value: networks.join(', ') },
  ];
  if (post.campaign !== null) fields.push({ name: 'Campaign', value: post.campaign });
  return [...fields, ...besideFields(post)];
}

const COMING = 3;

/** The rule in words, with its zone, and when it comes round next on the reader's own clock. */
function seriesFields(series: Series, post: Post, timeZone: string, now: Temporal.Instant): Field[] {
  const { state, rule } = series;
  const repeats: Field = { name: 'Repeats', value: `${sayRecurrence(rule)}${state === 'active' ? '' : ` (${state})`}` };
  if (state !== 'active') return [repeats];
  const coming = comingDates(series, post, now);
  const moments = coming.flatMap((at, index): Span[] => [
    ...(index === 0 ? [] : [' · ']),
    { moment: at.toInstant(), text: formatMoment(at.withTimeZone(timeZone)) },
  ]);
  return [
    repeats,
    { name: coming.length < COMING ? 'Last dates' : `Next ${COMING}`, value: moments.length > 0 ? moments : 'none' },
  ];
}

/** The newest occurrence is the first to come, at the time it was moved to, until that has gone by; then the rule's dates. */
function comingDates(
  { rule, occurrenceAt, postNumber }: Series,
  { number, slot }: Post,
  now: Temporal.Instant,
): Temporal.ZonedDateTime[] {
  const isAhead = (at: Temporal.Instant): boolean => Temporal.Instant.compare(at, now) > 0;
  if (number === postNumber && slot !== null && isAhead(slot.at)) {
    const known = Temporal.Instant.compare(slot.at, occurrenceAt) > 0 ? slot.at : occurrenceAt;
    return [slot.at.toZonedDateTimeISO(slot.timeZone), ...nextOccurrences(rule, known, COMING - 1).map(({ at }) => at)];
  }
  const after = isAhead(occurrenceAt) ? occurrenceAt.subtract({ milliseconds: 1 }) : now;
  return nextOccurrences(rule, after, COMING).map(({ at }) => at);
}

/** The reader's own clock; and the clock it was asked in, where that one shows another time. */
function whenLine(slot: NonNullable<PostDetails['post']['slot']>, timeZone: string, now: Temporal.Instant): Line {
  const here = slot.at.toZonedDateTimeISO(timeZone);
  const asked = slot.at.toZonedDateTimeISO(slot.timeZone);
  const elsewhere =
    here.offset === asked.offset ? [] : [` (${asked.toPlainTime().toString({ smallestUnit: 'minute' })} in ${slot.timeZone})`];
  return [{ moment: slot.at, text: describeWhen(here, now) }, ...elsewhere];
}

function deliverySection(
  details: PostDetails,
  delivery: DeliveryDetails,
  preview: DeliveryPreview | undefined,
  { timeZone }: CardOptions,
): Section {
  const platformName = preview?.platformName ?? delivery.platform;
  const heading = accountHeading(platformName, delivery);
  const isChangeable = CHANGEABLE.includes(delivery.state);
  const remarks =
    preview && isChangeable ? [...preview.problems.map(asProblem), ...preview.warnings.map(asWarning), ...preview.remarks] : [];
  return {
    heading: preview && isChangeable ? `${heading} · ${threadWords(preview)}` : heading,
    quote: preview?.parts.join(THREAD_CUT) ?? details.post.text,
    lines: [
      ...deliveryLines(delivery, wordsFor(details.post, platformName, timeZone)),
      ...(preview && isChangeable ? threadLines(preview) : []),
      ...remarks,
    ],
  };
}

const asProblem = (sentence: string): Line => `✗ ${sentence}`;
const asWarning = (sentence: string): Line => `! ${sentence}`;

function mediaSection(media: readonly Media[], linkTo: CardOptions['linkTo']): Section[] {
  if (media.length === 0) return [];
  const lines = media.map((file): Line => {
    const { width, height, mimeType, size, durationMs, altText } = file;
    const length = durationMs === null ? '' : `, ${formatDuration(durationMs)}`;
    const said = altText === '' ? (isDocument(file) ? 'no title' : 'no description') : `"${altText}"`;
    const dimensions = isDocument(file) ? '' : `${width} × ${height} `;
    const what = `${dimensions}${shortType(mimeType)}${length}, ${formatBytes(size)}`;
    const url = linkTo?.(file) ?? null;
    return url === null ? `${what} · ${said}` : [{ url, text: what }, ` · ${said}`];
  });
  return [{ heading: describeMedia(media), lines }];
}
