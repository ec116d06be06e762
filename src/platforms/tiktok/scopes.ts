// What Crier asks TikTok for, and what cannot be done without it. Asks for nothing itself.
import type { OAuthApp, OAuthScope } from '../../core/oauth.ts';

/** What each endpoint asks for is on its own page: https://developers.tiktok.com/doc/content-posting-api-reference-direct-post (checked 2026-11-22). */
const POSTING: readonly OAuthScope[] = [
  { name: 'user.info.basic', reason: 'read whose account it is', without: null },
  {
    name: 'video.publish',
    reason: 'post videos and photos',
    without: 'Posts go out as drafts for the inbox alone (as=inbox), and the name of the account stays unknown.',
  },
  {
    name: 'video.upload',
    reason: "put drafts into the inbox of the account's TikTok app",
    without: 'Drafts for the inbox (as=inbox) cannot be sent.',
  },
];

/**
 * https://developers.tiktok.com/doc/tiktok-api-v2-video-query and https://developers.tiktok.com/bulletin/user-info-scope-migration (checked
 * 2026-11-23).
 */
const FIGURES: readonly OAuthScope[] = [
  { name: 'video.list', reason: 'read how public posts did', without: 'How posts did on TikTok stays unknown.' },
  { name: 'user.info.stats', reason: 'read how many follow the account', without: 'How many follow the account stays unknown.' },
];

/** Whoever runs Crier has to have the scopes: TikTok shows no page for an app that asks for one it was not given. */
export const wantsFigures = (app: OAuthApp | null): boolean => app?.options?.figures === 'true';

export const scopesFor = (app: OAuthApp): readonly OAuthScope[] => (wantsFigures(app) ? [...POSTING, ...FIGURES] : POSTING);

export const scopeNamesFor = (app: OAuthApp): string[] => scopesFor(app).map(({ name }) => name);
