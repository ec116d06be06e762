// What each account will show, how it counts there, and what stands in the way. Pure; the use cases refuse what has problems.
import type { Account } from './account.ts';
import { CrierError } from './errors.ts';
import { isVideo } from './media.ts';
import { mediaProblems, type PreviewMedia } from './media-fit.ts';
import type { Limits, Platform } from './platform.ts';
import type { Platforms } from './ports.ts';
import { type Post, textFor } from './post.ts';

export interface PreviewInput {
  post: Pick<Post, 'text' | 'variants'>;
  /** The post's name, for cures that name it; null while it has none. */
  postName: string | null;
  accounts: readonly Account[];
  media: readonly PreviewMedia[];
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
  /** As it will appear. */
  text: string;
  /** By the first of the network's limits: `212/280 characters`. */
  count: { used: number; max: number; unit: string };
  /** Sentences; while there is one, it cannot go out there. Each says the cure. */
  problems: string[];
  /** The argument all of them are about, `text`, `variant:bluesky` or `media`; null where it is none or several. */
  problemField: string | null;
  /** Sentences; it can go out, and this is worth knowing. */
  warnings: string[];
}

/** Logins that run out this soon are worth a word. */
export const EXPIRES_SOON_HOURS = 7 * 24;

/** What stands in the way of this account taking it, in sentences that say the cure. */
export function problemsOf(
  account: Account,
  platform: Platform,
  { text, ...input }: Pick<PreviewInput, 'media' | 'postName'> & { text: string },
): string[] {
  const limits = platform.limits(account.announcedLimits);
  return [...textProblems(platform, limits, text, input), ...mediaProblems(platform.name, limits, input.media)];
}

export function previewDeliveries(input: PreviewInput): DeliveryPreview[] {
  return input.accounts.map((account) => {
    const platform = input.platforms.get(account.platform);
    const limits = platform.limits(account.announcedLimits);
    const text = textFor(input.post, account.platform);
    const shown = limits.text[0];
    const ofText = textProblems(platform, limits, text, input);
    const ofMedia = mediaProblems(platform.name, limits, input.media);
    const textField = input.post.variants[platform.id] === undefined ? 'text' : `variant:${platform.id}`;
    return {
      account,
      platformName: platform.name,
      text,
      count: { used: shown.count(text), max: shown.max, unit: shown.unit },
      problems: [...ofText, ...ofMedia],
      problemField: only([...ofText.map(() => textField), ...ofMedia.map(() => 'media')]),
      warnings: [
        ...accountWarnings(account, platform, input),
        ...capWarnings(account, platform, input),
        ...altTextWarnings(platform, input.media),
      ],
    };
  });
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
  input: Pick<PreviewInput, 'media' | 'postName'>,
): string[] {
  if (text.trim() === '' && input.media.length === 0) return ['There is no text to post: put it after a colon, "to x: Hello".'];
  const broken = limits.text.find((limit) => limit.count(text) > limit.max);
  if (!broken) return [];
  const used = broken.count(text);
  const ownText = input.postName
    ? `give ${platform.name} its own text with /post ${input.postName} variant ${platform.id}: TEXT`
    : `keep it with /draft and give ${platform.name} its own text`;
  return [
    `${platform.name} takes ${broken.max} ${broken.unit} and this text has ${used}: shorten it by ${used - broken.max}, or ${ownText}.`,
  ];
}

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

function altTextWarnings(platform: Platform, media: readonly PreviewMedia[]): string[] {
  const without = media.filter((file) => file.altText === '').length;
  if (!platform.capabilities.altText || without === 0) return [];
  const hasVideo = media.some(isVideo);
  const [one, several] = hasVideo ? ['video', 'files'] : ['image', 'images'];
  const which = media.length === 1 ? `The ${one} has` : `${without} of ${media.length} ${several} have`;
  const example = hasVideo ? '--video URL "a kite rises"' : '--image URL "a red kite"';
  return [`${which} no description for people who cannot see it: write it behind the URL, ${example}.`];
}
