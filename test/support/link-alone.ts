// A platform that is connected by a link alone, with an app made by hand, made of Mastodon: what networks with such apps are to Crier.
import type { Platform } from '../../src/core/platform.ts';

/** Mastodon without what is typed and without registering itself; other platforms as they are. */
export const linkAlone = (platform: Platform): Platform =>
  platform.id === 'mastodon' && platform.oauth
    ? {
        ...platform,
        setup: { intro: 'Mastodon asks you on its own page.', fields: [] },
        connect: null,
        oauth: {
          ...platform.oauth,
          prepareApp: null,
          appSettings: { id: 'MASTODON_CLIENT_ID', secret: 'MASTODON_CLIENT_SECRET' },
          fields: [],
          serviceOf: () => 'https://mastodon.social',
        },
      }
    : platform;
