// Accounts of the emulated TikTok: who a token belongs to, what they may do, and the figures of accounts and posts.
// https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info (checked 2026-11-22), https://developers.tiktok.com/doc/tiktok-api-v2-video-query
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { figuresOf, followersOf } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { type Gate, invalid, notAuthorized, ok, readJson } from './api.ts';
import { type Account, shown, type TikTokState } from './state.ts';

/** By scope: https://developers.tiktok.com/bulletin/user-info-scope-migration (checked 2026-11-22). */
const USER_FIELDS: Readonly<Record<string, string>> = {
  open_id: 'user.info.basic',
  union_id: 'user.info.basic',
  avatar_url: 'user.info.basic',
  display_name: 'user.info.basic',
  username: 'user.info.profile',
  profile_deep_link: 'user.info.profile',
  is_verified: 'user.info.profile',
  follower_count: 'user.info.stats',
  following_count: 'user.info.stats',
  likes_count: 'user.info.stats',
  video_count: 'user.info.stats',
};

export const privacyOf = ({ isPrivate }: Pick<Account, 'isPrivate'>): string[] => [
  isPrivate ? 'FOLLOWER_OF_CREATOR' : 'PUBLIC_TO_EVERYONE',
  'MUTUAL_FOLLOW_FRIENDS',
  'SELF_ONLY',
];
export const MAX_VIDEO_SECONDS = 300;

const Query = z.object({ filters: z.object({ video_ids: z.array(z.string()).min(1).max(20) }) });

export function mountUsers(app: EmulatorApp, state: TikTokState, gate: Gate, clock: Clock): void {
  app.get('/v2/user/info/', (c) => {
    const account = gate.enter(c, 'user/info', ['user.info.basic', 'user.info.profile', 'user.info.stats']);
    const fields = fieldsOf(c, Object.keys(USER_FIELDS));
    if (fields.some((field) => !account.scopes.includes(USER_FIELDS[field] ?? ''))) throw notAuthorized();
    const all = userOf(state, account, clock.now());
    return c.json(ok({ user: Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name))) }));
  });

  app.post('/v2/post/publish/creator_info/query/', (c) => {
    const { username, name, isPrivate } = gate.enter(c, 'creator_info/query', ['video.publish']);
    return c.json(
      ok({
        creator_avatar_url: `https://p16-sign.tiktokcdn.example/${username}.jpeg`,
        creator_username: username,
        creator_nickname: name,
        privacy_level_options: privacyOf({ isPrivate }),
        comment_disabled: false,
        duet_disabled: isPrivate,
        stitch_disabled: isPrivate,
        max_video_post_duration_sec: MAX_VIDEO_SECONDS,
      }),
    );
  });

  app.post('/v2/video/query/', async (c) => {
    const account = gate.enter(c, 'video/query', ['video.list']);
    const fields = fieldsOf(c, VIDEO_FIELDS);
    const { filters } = await readJson(c, Query);
    const own = shown(state).filter(({ accountId, privacy }) => accountId === account.id && privacy === 'PUBLIC_TO_EVERYONE');
    const videos = own
      .filter(({ postId }) => postId !== null && filters.video_ids.includes(postId))
      .map((task) => videoOf(task.postId ?? '', task.text, task.postedAt, clock.now()));
    const picked = videos.map((video) => Object.fromEntries(Object.entries(video).filter(([name]) => fields.includes(name))));
    return c.json(ok({ videos: picked }));
  });
}

function fieldsOf(c: Context, known: readonly string[]): string[] {
  const fields = (c.req.query('fields') ?? '').split(',').filter((field) => field !== '');
  if (fields.length === 0 || fields.some((field) => !known.includes(field)))
    throw invalid('fields: has an unknown field, or none');
  return fields;
}

function userOf(state: TikTokState, { id, username, name }: Account, now: Temporal.Instant) {
  const own = shown(state).filter(({ accountId, isForInbox }) => accountId === id && !isForInbox);
  const likes = own.reduce(
    (sum, { id: taskId, postId, postedAt }) => sum + figuresOf(postId ?? taskId, ageOf(postedAt, now)).likes,
    0,
  );
  return {
    open_id: id,
    union_id: createHash('sha256').update(`union ${username}`).digest('hex').slice(0, 36),
    avatar_url: `https://p16-sign.tiktokcdn.example/${username}.jpeg`,
    display_name: name,
    username,
    profile_deep_link: `https://www.tiktok.com/@${username}`,
    is_verified: false,
    follower_count: followersOf(id, now),
    following_count: 0,
    likes_count: likes,
    video_count: own.length,
  };
}

const ageOf = (at: string, now: Temporal.Instant): number => now.epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds;

const VIDEO_FIELDS = ['id', 'create_time', 'title', 'view_count', 'like_count', 'comment_count', 'share_count'];

function videoOf(id: string, title: string, postedAt: string, now: Temporal.Instant) {
  const { views, likes, comments, shares } = figuresOf(id, ageOf(postedAt, now));
  return {
    id,
    create_time: Math.floor(Temporal.Instant.from(postedAt).epochMilliseconds / 1000),
    title,
    view_count: views,
    like_count: likes,
    comment_count: comments,
    share_count: shares,
  };
}

/** Makes the account where it is new; who is called `private` has a private account. */
export function accountNamed({ accounts }: TikTokState, username: string, clock: Clock): Account {
  const id = `-000${createHash('sha256').update(username).digest('base64url').slice(0, 32)}`;
  const known = accounts.get(id);
  if (known) return known;
  const name = `${username.charAt(0).toUpperCase()}${username.slice(1)}`;
  const account = { id, username, name, isPrivate: username === 'private', createdAt: timestamp(clock) };
  accounts.put(account);
  return account;
}
