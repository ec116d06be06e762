// The settings of the networks at which whoever runs Crier makes an app by hand: its id and its secret, which mean something only together.
import { z } from 'zod';
import type { OAuthApp } from './core/oauth.ts';
import { setting, text } from './setting.ts';

const oneWord = text.regex(/^\S+$/, 'must be one word');
const id = (network: string, called: string, example: string) =>
  setting(oneWord.optional(), {
    description: `${called} of your app at ${network}, so that accounts there can be connected.`,
    example,
  });
const secret = (setting_: string, called: string, example: string) =>
  setting(oneWord.optional(), { description: `${called} that belongs to ${setting_}.`, example, secret: true });
const yesNo = z.stringbool({ truthy: ['true', '1', 'yes'], falsy: ['false', '0', 'no'], error: 'must be true or false' });

export const networkSettings = {
  X_CLIENT_ID: id('X', 'OAuth 2.0 client id', 'VGhpc0lzTm90QVJlYWxJZA'),
  X_CLIENT_SECRET: secret('X_CLIENT_ID', 'Client secret', 'your-client-secret'),
  X_FIGURES: setting(yesNo.prefault('false'), {
    description:
      'Whether Crier reads figures on X, which X bills: about $0.005 a post and look, six looks in a month, and $0.01 an account and day.',
    example: 'true',
  }),
  FACEBOOK_APP_ID: id('Facebook', 'App id', '1234567890123456'),
  FACEBOOK_APP_SECRET: secret('FACEBOOK_APP_ID', 'App secret', 'your-app-secret'),
  INSTAGRAM_APP_ID: id('Instagram', 'Instagram app id', '9876543210987654'),
  INSTAGRAM_APP_SECRET: secret('INSTAGRAM_APP_ID', 'Instagram app secret', 'your-app-secret'),
  THREADS_APP_ID: id('Threads', 'Threads app id', '5678901234567890'),
  THREADS_APP_SECRET: secret('THREADS_APP_ID', 'Threads app secret', 'your-app-secret'),
  LINKEDIN_CLIENT_ID: id('LinkedIn', 'Client id', '86abcdefghijkl'),
  LINKEDIN_CLIENT_SECRET: secret('LINKEDIN_CLIENT_ID', 'Client secret', 'your-client-secret'),
  LINKEDIN_VERSION: setting(text.regex(/^20\d\d(0[1-9]|1[0-2])$/, 'must be a year and a month').prefault('202610'), {
    description: 'Version of LinkedIn’s API, a year and a month. LinkedIn ends each after about a year.',
    example: '202610',
  }),
  LINKEDIN_PAGES: setting(yesNo.prefault('false'), {
    description: 'Whether your app at LinkedIn has the Community Management API, so that organizations can be connected too.',
    example: 'true',
  }),
  LINKEDIN_MEMBER_FIGURES: setting(yesNo.prefault('false'), {
    description:
      'Whether your app at LinkedIn, with LINKEDIN_PAGES, has the scopes r_member_postAnalytics and r_member_profileAnalytics, so that Crier reads figures of members.',
    example: 'true',
  }),
  TIKTOK_CLIENT_KEY: id('TikTok', 'Client key', 'awabcdefghijklmn'),
  TIKTOK_CLIENT_SECRET: secret('TIKTOK_CLIENT_KEY', 'Client secret', 'your-client-secret'),
  TIKTOK_FIGURES: setting(yesNo.prefault('false'), {
    description: 'Whether your app at TikTok has the scopes video.list and user.info.stats, so that Crier reads figures there.',
    example: 'true',
  }),
  YOUTUBE_CLIENT_ID: id('Google', 'OAuth client id', '1234-abcd.apps.googleusercontent.com'),
  YOUTUBE_CLIENT_SECRET: secret('YOUTUBE_CLIENT_ID', 'OAuth client secret', 'your-client-secret'),
};

type NetworkSettings = z.infer<z.ZodObject<typeof networkSettings>>;

/** The settings that hold each network's app, by platform id. */
const APP_SETTINGS = {
  x: ['X_CLIENT_ID', 'X_CLIENT_SECRET'],
  facebook: ['FACEBOOK_APP_ID', 'FACEBOOK_APP_SECRET'],
  instagram: ['INSTAGRAM_APP_ID', 'INSTAGRAM_APP_SECRET'],
  threads: ['THREADS_APP_ID', 'THREADS_APP_SECRET'],
  linkedin: ['LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'],
  tiktok: ['TIKTOK_CLIENT_KEY', 'TIKTOK_CLIENT_SECRET'],
  youtube: ['YOUTUBE_CLIENT_ID', 'YOUTUBE_CLIENT_SECRET'],
} as const satisfies Record<string, readonly [keyof NetworkSettings, keyof NetworkSettings]>;

/** Those that are there, by platform id. */
export function appsOf(read: NetworkSettings): Record<string, OAuthApp> {
  const apps: Record<string, OAuthApp> = {};
  for (const [platform, [idName, secretName]] of Object.entries(APP_SETTINGS)) {
    const [clientId, clientSecret] = [read[idName], read[secretName]];
    if (clientId !== undefined && clientSecret !== undefined) apps[platform] = { clientId, clientSecret };
  }
  const { LINKEDIN_VERSION: version, LINKEDIN_PAGES: pages, X_FIGURES: figures } = read;
  if (apps.x) apps.x.options = { figures: String(figures) };
  if (apps.tiktok) apps.tiktok.options = { figures: String(read.TIKTOK_FIGURES) };
  if (apps.linkedin) apps.linkedin.options = { version, pages: String(pages), figures: String(read.LINKEDIN_MEMBER_FIGURES) };
  return apps;
}

/** A sentence for each app of which one half is missing. */
export const halfApps = (read: NetworkSettings): string[] =>
  Object.entries(APP_SETTINGS).flatMap(([platform, names]) => {
    const missing = names.filter((name) => read[name] === undefined);
    if (missing.length !== 1) return [];
    return [
      `${missing.join()} is not set. It belongs to ${names.filter((name) => !missing.includes(name)).join()}; docs/platforms/${platform}.md says where both are found.`,
    ];
  });
