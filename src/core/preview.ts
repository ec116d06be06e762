// What each account will show, how it counts there, and what stands in the way. Pure; the use cases refuse what has problems.
import type { Account } from './account.ts';
import { CrierError } from './errors.ts';
import { isDocument, isVideo, type Media } from './media.ts';
import { conversionRemarks } from './media-conversion.ts';
import { mediaProblems } from './media-fit.ts';
import type { PreviewMedia } from './media-words.ts';
import type { NetworkOptions } from './network-options.ts';
import type { Limits, Platform, TextLimit } from './platform.ts';
import type { Deps, Platforms } from './ports.ts';
import { type Beside, NOTHING_BESIDE, optionsFor, type Post, textFor } from './post.ts';
import { partsFor } from './thread.ts';

export interface PreviewInput {
  /** `beside` left out: nothing. */
  post: Pick<Post, 'text' | 'variants'> & Partial<Pick<Post, 'beside'>>;
  /** The post's name, for cures that name it; null while it has none. */
  postName: string | null;
  accounts: readonly Account[];
  media: readonly PreviewMedia[];
  /** Whether a network that fetches the files itself gets an address of each (`haveLinks`); left out: it does. */
  hasLinks?: boolean;
  platforms: Pick<Platforms, 'get'>;
  now: Temporal.Instant;
  /** When it is to go out; null: not known yet. */
  at: Temporal.Instant | null;
  /** Posts per account and day, by platform id. */
  dailyCaps: Readonly<Record<string, number>>;
  /** Other posts of the same day, by account id. */
  plannedThatDay: ReadonlyMap<string, number>;
}

export interface DeliveryPreview {
  account: Account;
  platformName: string;
  /** As it will appear, at least one; several are a thread. */
  parts: string[];
  /** Of the first part, by the first of the network's limits: `212/280 characters`. */
  count: { used: number; max: number; unit: string };
  /** Of each part, by the same limit. */
  counts: number[];
  /** By the names the platform has for them. */
  options: NetworkOptions;
  /** Sentences; while there is one, it cannot go out there. Each says the cure. */
  problems: string[];
  /** The argument all of them are about, `text`, `variant:bluesky` or `media`; null where it is none or several. */
  problemField: string | null;
  /** Sentences; it can go out, and this is worth knowing. */
  warnings: string[];
  /** What the network itself has to say of it, such as what it costs. Sentences. */
  remarks: string[];
}

/** Logins that run out this soon are worth a word. */
export const EXPIRES_SOON_HOURS = 7 * 24;

/** For how long a link to a file is good that a network is given: longer than any takes to fetch it. */
export const LINK_HOURS = 24;

/** Whether each of these files has an address that a network can fetch it from. */
export const haveLinks = (
  { mediaLinks, clock }: Pick<Deps, 'mediaLinks' | 'clock'>,
  media: readonly Pick<Media, 'hash' | 'mimeType'>[],
): boolean =>
  media.every((file) => isDocument(file) || (mediaLinks?.linkTo(file, clock.now().add({ hours: LINK_HOURS })) ?? null) !== null);

/**
 * What stands in the way of this account taking these parts, in sentences that say the cure.
 * @param post its files go with the first part; null where that one is out
 */
export function problemsOf(
  account: Account,
  platform: Platform,
  post: { texts: readonly string[]; media: readonly PreviewMedia[] | null; options: NetworkOptions } & Pick<
    PreviewInput,
    'postName'
  >,
): string[] {
  const limits = platform.limits(account.announcedLimits, post.options);
  const texts = post.texts.flatMap((text) =>
    textProblems(platform, limits, text, { ...post, media: post.media ?? [], isThread: false }),
  );
  return [...new Set(texts), ...(post.media === null ? [] : mediaProblems(platform.name, limits, post.media))];
}

export function previewDeliveries(input: PreviewInput): DeliveryPreview[] {
  return input.accounts.map((account) => previewOf(account, input.platforms.get(account.platform), input));
}

function previewOf(account: Account, platform: Platform, input: PreviewInput): DeliveryPreview {
  const beside = input.post.beside ?? NOTHING_BESIDE;
  const options = optionsFor({ beside }, platform.id);
  const limits = platform.limits(account.announcedLimits, options);
  const parts = partsFor(platform, limits, textFor(input.post, platform.id), beside.thread);
  const shown = limits.text[0];
  const counts = parts.map((part) => shown.count(part));
  const textField = input.post.variants[platform.id] === undefined ? 'text' : `variant:${platform.id}`;
  const texts = parts.flatMap((part) => textProblems(platform, limits, part, { ...input, isThread: beside.thread }));
  const found = [
    ...[...new Set(texts)].map((sentence) => ({ sentence, field: textField })),
    ...lengthProblems(platform, parts).map((sentence) => ({ sentence, field: textField })),
    ...commentProblems(platform, limits, beside).map((sentence) => ({ sentence, field: 'comment' })),
    ...[...mediaProblems(platform.name, limits, input.media), ...pullProblems(platform, input)].map((sentence) => ({
      sentence,
      field: 'media',
    })),
  ];
  return {
    account,
    platformName: platform.name,
    parts,
    count: { used: counts[0] ?? 0, max: shown.max, unit: shown.unit },
    counts,
    options,
    problems: found.map(({ sentence }) => sentence),
    problemField: only(found.map(({ field }) => field)),
    warnings: [
      ...accountWarnings(account, platform, input),
      ...capWarnings(account, platform, input),
      ...altTextWarnings(platform, input.media),
      ...commentWarnings(platform, beside),
    ],
    remarks: [...remarksOn(platform, parts, beside, options), ...conversionRemarks(platform.name, limits.images, input.media)],
  };
}

/** @throws CrierError `invalid-input` with every problem, each said once, where there is one. */
export function refuseProblems(previews: readonly DeliveryPreview[]): void {
  const broken = previews.filter(({ problems }) => problems.length > 0);
  if (broken.length === 0) return;
  const sentences = new Set(broken.flatMap(({ problems }) => problems));
  const field = only(broken.map(({ problemField }) => problemField));
  throw new CrierError('invalid-input', [...sentences].join(' '), field === null ? {} : { field });
}

/** What all of them are; null where they differ or there is none. */
const only = <T>(all: readonly T[]): T | null => (new Set(all).size === 1 ? (all[0] ?? null) : null);

function textProblems(
  platform: Platform,
  limits: Limits,
  text: string,
  input: Pick<PreviewInput, 'media' | 'postName'> & { isThread: boolean },
): string[] {
  if (text.trim() === '' && input.media.length === 0) return ['There is no text to post: put it after a colon, "to x: Hello".'];
  const broken = brokenLimit(limits, text);
  if (!broken) return [];
  const used = broken.count(text);
  const takes = `${platform.name} takes ${broken.max} ${broken.unit}`;
  if (input.isThread && platform.capabilities.threads)
    return [`${takes}, and one link or word of this text alone has ${used}: a thread cannot be cut there. Shorten that one.`];
  const ownText = input.postName
    ? `give ${platform.name} its own text with /post ${input.postName} variant ${platform.id}: TEXT`
    : `keep it with /draft and give ${platform.name} its own text`;
  const noThreads = input.isThread ? ', and it has no threads' : '';
  const thread = input.postName ? `/post ${input.postName} thread yes` : '--thread';
  const cut = platform.capabilities.threads ? `, make a thread of it with ${thread},` : ',';
  return [`${takes} and this text has ${used}${noThreads}: shorten it by ${used - broken.max}${cut} or ${ownText}.`];
}

const brokenLimit = ({ text: limits }: Limits, text: string): TextLimit | undefined =>
  limits.find((limit) => limit.count(text) > limit.max);

/** More is no thread that anybody reads to its end, and may be more than an account is allowed in an hour. */
const MOST_PARTS = 25;

const lengthProblems = ({ name }: Platform, { length }: readonly string[]): string[] =>
  length <= MOST_PARTS
    ? []
    : [
        `This would be a thread of ${length} parts on ${name}, and ${MOST_PARTS} are the most: shorten it, or make several posts of it.`,
      ];

/** A comment that is a post of its own has the limits of one. */
function commentProblems(platform: Platform, limits: Limits, { comment }: Beside): string[] {
  if (comment === null || !isCommentPost(platform)) return [];
  const broken = brokenLimit(limits, comment);
  if (!broken) return [];
  const used = broken.count(comment);
  return [
    `${platform.name} takes ${broken.max} ${broken.unit} and the first comment has ${used}: shorten it by ${used - broken.max}.`,
  ];
}

const commentWarnings = ({ name, comment, capabilities }: Platform, beside: Beside): string[] =>
  beside.comment === null || comment || capabilities.threads
    ? []
    : [`${name} takes no comments: the first comment is left out there.`];

function pullProblems({ name, capabilities: { pulls } }: Platform, { media, hasLinks = true }: PreviewInput): string[] {
  if (pulls === 'nothing' || hasLinks) return [];
  // a document is refused for what it is
  const pulled = media.filter((file) => !isDocument(file) && (pulls === 'everything' || !isVideo(file)));
  if (pulled.length === 0) return [];
  return [`${name} fetches files itself, and this Crier has no address it can be reached at: whoever runs it sets PUBLIC_URL.`];
}

/** Of each post that it makes there: the parts, and a comment that is a post of its own. What holds for all of them is said once. */
function remarksOn(platform: Platform, parts: readonly string[], { comment }: Beside, options: NetworkOptions): string[] {
  const posts = comment !== null && isCommentPost(platform) ? [...parts, comment] : parts;
  const ofEach = posts.map((text) => platform.remarks?.({ text, options }) ?? []);
  const [first = []] = ofEach;
  if (posts.length === 1) return first;
  const areAlike = ofEach.every((sentences) => sentences.join('\n') === first.join('\n'));
  if (areAlike) return first.map((sentence) => `Each of the ${posts.length} posts: ${sentence}`);
  return ofEach.flatMap((sentences, index) =>
    sentences.map((sentence) => `${index < parts.length ? `Part ${index + 1}` : 'The comment'}: ${sentence}`),
  );
}

const isCommentPost = ({ comment, capabilities }: Platform): boolean => comment === null && capabilities.threads;

function accountWarnings(account: Account, platform: Platform, { now, at }: PreviewInput): string[] {
  const cure = `/connect ${platform.id}`;
  if (account.state === 'disconnected') {
    return [`${account.handle} is disconnected: this waits until it is connected again with ${cure}.`];
  }
  if (account.expiresAt === null) return [];
  if (at !== null && Temporal.Instant.compare(account.expiresAt, at) <= 0) {
    return [`The login of ${account.handle} runs out before this goes out: connect it again with ${cure}.`];
  }
  const soon = now.add({ hours: EXPIRES_SOON_HOURS });
  if (Temporal.Instant.compare(account.expiresAt, soon) > 0) return [];
  const days = Math.max(0, Math.floor(account.expiresAt.since(now).total('days')));
  const left = days === 0 ? 'within a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
  return [`The login of ${account.handle} runs out ${left}: connect it again with ${cure}.`];
}

function capWarnings(account: Account, platform: Platform, { at, dailyCaps, plannedThatDay }: PreviewInput): string[] {
  const cap = dailyCaps[platform.id];
  const planned = plannedThatDay.get(account.id) ?? 0;
  if (at === null || cap === undefined || planned < cap) return [];
  return [
    `${planned} of ${cap} ${platform.name} posts of that day are taken: this one will be held. Move it to another day, or raise the cap with /settings cap ${platform.id} ${planned + 1}.`,
  ];
}

function altTextWarnings(platform: Platform, files: readonly PreviewMedia[]): string[] {
  // a document's words are its title, and it can be read
  const media = files.filter((file) => !isDocument(file));
  const without = media.filter((file) => file.altText === '').length;
  if (!platform.capabilities.altText || without === 0) return [];
  const hasVideo = media.some(isVideo);
  const [one, several] = hasVideo ? ['video', 'files'] : ['image', 'images'];
  const which = media.length === 1 ? `The ${one} has` : `${without} of ${media.length} ${several} have`;
  const example = hasVideo ? '--video URL "a kite rises"' : '--image URL "a red kite"';
  const seen = media.length === 1 ? 'it' : 'them';
  return [`${which} no description for people who cannot see ${seen}: write it behind the URL, ${example}.`];
}
