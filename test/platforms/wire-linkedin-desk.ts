// What the wire tests of LinkedIn share: mocks, a connected Page, and requests as the Page with the documented headers.
import type nock from 'nock';
import { beforeEach } from 'vitest';
import type { MediaFile, PublishContext, Published } from '../../src/core/platform.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import oauth from '../fixtures/linkedin/oauth.json' with { type: 'json' };
import posts from '../fixtures/linkedin/posts.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

export const API = 'https://api.linkedin.com';
export const WWW = 'https://www.linkedin.com';
export const TOKEN = oauth.granted.access_token;
export const AUTHOR = posts.text.author;
export const POST = posts.created.headers['x-restli-id'];
export const APP = { clientId: 'the-client', clientSecret: 'the-secret' };

export const account = accountOf({ platform: 'linkedin', remoteId: AUTHOR, handle: 'Devtestco', service: WWW });

export const file = (changes: Partial<MediaFile> = {}): MediaFile => ({
  id: 'm1',
  workspaceId: 'w1',
  hash: 'h',
  mimeType: 'image/png',
  size: 6,
  width: 640,
  height: 480,
  durationMs: null,
  altText: '',
  read: async () => new TextEncoder().encode('123456'),
  ...changes,
});
export const film = (changes: Partial<MediaFile> = {}): MediaFile =>
  file({ mimeType: 'video/mp4', durationMs: 4000, ...changes });

/** For the top of a test file. `saved`: the handles that were stored, in order. */
export function useLinkedInWire() {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const saved: unknown[] = [];
  beforeEach(() => void saved.splice(0));
  const rest = (more: Record<string, string> = {}): nock.Scope =>
    mock(API, { reqheaders: { authorization: `Bearer ${TOKEN}`, ...posts.headers, ...more } });
  const contextFor = (changes: Partial<PublishContext> = {}): PublishContext => ({
    ...postBy({
      ...surroundings(),
      account,
      app: APP,
      credentials: { accessToken: TOKEN, refreshToken: null, loginEndsAt: null },
    }),
    text: posts.text.commentary,
    saveHandles: async (handles) => void saved.push(structuredClone(handles)),
    ...changes,
  });
  return {
    mock,
    surroundings,
    saved,
    rest,
    contextFor,
    publish: (changes: Partial<PublishContext> = {}): Promise<Published> => linkedin.publish(contextFor(changes)),
    expectPost: (more: object = {}): nock.Scope =>
      rest()
        .post('/rest/posts', { ...posts.text, ...more })
        .reply(posts.created.status, '', posts.created.headers),
  };
}
