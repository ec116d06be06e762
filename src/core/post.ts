// What is to be said, when, and what has become of it as a whole.
import type { Account } from './account.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import { invalidInput } from './errors.ts';
import type { Media } from './media.ts';
import type { NetworkOptions } from './network-options.ts';
import type { SeriesState } from './series.ts';
import type { Recurrence } from './time/recurrence/rule.ts';
import type { ChatName } from './workspace.ts';

/** Where a post was asked for, and so where its news is told. */
export interface Origin {
  chat: ChatName;
  channel: string;
  /** The message whose thread is told, once there is one. */
  message: string | null;
}

/** When a post is to go out: the instant, and the words of the clock it was asked in. */
export interface Slot {
  at: Temporal.Instant;
  /** Local date and time in `timeZone`, `2026-11-23T09:00:00`. */
  wallTime: string;
  /** IANA zone. */
  timeZone: string;
}

/** What a post says beside its text. */
export interface Beside {
  /** By platform id, as the platform knows them. */
  options: Record<string, NetworkOptions>;
  /** Whether a text that is too long for a network goes out as a thread, where the network has threads. */
  thread: boolean;
  /** The first comment below it, or the last part of its thread; null: none. */
  comment: string | null;
}

export const NOTHING_BESIDE: Beside = { options: {}, thread: false, comment: null };

export interface Post {
  id: string;
  workspaceId: string;
  /** Short and per workspace; people type it as `P12`. */
  number: number;
  text: string;
  /** Texts of their own for single platforms, by platform id. */
  variants: Record<string, string>;
  beside: Beside;
  mediaIds: string[];
  hashtags: string[];
  campaign: string | null;
  authorId: string;
  /** Null for a draft. */
  slot: Slot | null;
  /** The series it is an occurrence of; null for a single post. */
  seriesId: string | null;
  origin: Origin;
  createdAt: Temporal.Instant;
}

/**
 * A post that recurs: the rule, what each occurrence says and where it goes. Each occurrence is a post of its own; the next one is
 * made when the one before is settled. Text, files and campaign are those of the occurrences to come; one that was made has its own.
 */
export interface Series
  extends Pick<
    Post,
    'workspaceId' | 'text' | 'variants' | 'beside' | 'mediaIds' | 'hashtags' | 'campaign' | 'authorId' | 'origin' | 'createdAt'
  > {
  id: string;
  state: SeriesState;
  rule: Recurrence;
  accountIds: string[];
  /** The number of the newest occurrence's post. */
  postNumber: number;
  /** The instant of the newest occurrence by the rule, wherever it was moved to. */
  occurrenceAt: Temporal.Instant;
  /** What the rule would have sent before this was not missed: it was paused, or not there yet. */
  activeSince: Temporal.Instant;
}

/** A post with everything that belongs to it, as use cases and cards read it. */
export interface PostDetails {
  post: Post;
  authorName: string;
  deliveries: DeliveryDetails[];
  media: Media[];
  /** Null for a single post. */
  series: Series | null;
}

export interface DeliveryDetails extends Delivery {
  account: Account;
}

export const POST_STATES = [
  'draft',
  'partly published',
  ...(['scheduled', 'publishing', 'published', 'retrying', 'unconfirmed', 'held', 'failed', 'canceled'] as const),
] as const;
export type PostState = (typeof POST_STATES)[number];

/** What most needs to be known, first: a question to a person outranks work under way, which outranks what is settled. */
const MOST_TELLING_FIRST: readonly DeliveryState[] = [
  'unconfirmed',
  'publishing',
  'retrying',
  'held',
  'scheduled',
  'failed',
  'published',
  'canceled',
];

export function postState(post: Pick<Post, 'slot'>, deliveries: readonly Pick<Delivery, 'state'>[]): PostState {
  const states = new Set(deliveries.map((delivery) => delivery.state));
  if (post.slot === null && !states.has('canceled')) return 'draft';
  if (
    states.has('published') &&
    states.has('failed') &&
    ![...states].some((state) => !['published', 'failed', 'canceled'].includes(state))
  ) {
    return 'partly published';
  }
  return MOST_TELLING_FIRST.find((state) => states.has(state)) ?? 'canceled';
}

/** The text a platform gets: its own variant, or the post's. */
export const textFor = (post: Pick<Post, 'text' | 'variants'>, platform: string): string => post.variants[platform] ?? post.text;

/** What it says for a platform beside its text. */
export const optionsFor = ({ beside }: Pick<Post, 'beside'>, platform: string): NetworkOptions => beside.options[platform] ?? {};

/** Names the channel a post's news is told in, across all teams. */
export const channelOf = ({ workspaceId, origin }: Pick<Post, 'workspaceId' | 'origin'>): string =>
  `${workspaceId}/${origin.channel}`;

export const postName = (post: Pick<Post, 'number'>): string => `P${post.number}`;

/** `P12`, `p12`, `#12`, `12` -> 12. @throws CrierError `invalid-input`. */
export function parsePostName(text: string): number {
  const match = /^[Pp#]?(\d{1,9})$/.exec(text.trim());
  if (!match) throw invalidInput(`"${text.trim()}" is not a post. Posts have names like P12; /posts lists them.`);
  return Number(match[1]);
}

/** The hashtags in a text, lower case, without `#`, each once. */
export function hashtagsIn(text: string): string[] {
  const tags = [...text.matchAll(/(?<![\p{L}\p{N}_&/])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  return [...new Set(tags)];
}
