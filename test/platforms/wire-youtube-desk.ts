// What the wire tests of YouTube share: mocks, the real hosts, and a connected channel as its fixtures tell of it.
import type { AccountAccess, ConnectContext } from '../../src/core/platform.ts';
import channels from '../fixtures/youtube/channels.json' with { type: 'json' };
import token from '../fixtures/youtube/token.json' with { type: 'json' };
import upload from '../fixtures/youtube/upload.json' with { type: 'json' };
import { type HttpMocks, useHttpMocks } from '../support/http.ts';
import { accountOf, useSurroundings } from './wire-context.ts';

export const GOOGLE = 'https://oauth2.googleapis.com';
export const API = 'https://www.googleapis.com';
export const APP = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'GOCSPX-secret' };
export const CREDENTIALS = {
  accessToken: token.response.access_token,
  refreshToken: token.response.refresh_token,
  uploads: 'UU_x5XG1OV2P6uZZ5FSM9Ttw',
};
export const authorized = { reqheaders: { authorization: `Bearer ${CREDENTIALS.accessToken}` } };

const [CHANNEL] = channels.response.items;
export const account = accountOf({
  platform: 'youtube',
  remoteId: CHANNEL?.id ?? '',
  handle: '@googledevelopers',
  service: 'https://www.youtube.com',
});

const VIDEO_ID = upload.response.id;
export const published = { remoteId: VIDEO_ID, url: `https://www.youtube.com/watch?v=${VIDEO_ID}` };

export interface YouTubeWire {
  mock: HttpMocks['mock'];
  surroundings: () => ConnectContext;
  access: () => AccountAccess;
}

/** For every test of the enclosing block. */
export function useYouTubeWire(): YouTubeWire {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const known = { account, credentials: CREDENTIALS, app: APP };
  return { mock, surroundings, access: () => ({ ...surroundings(), ...known, saveCredentials: async () => undefined }) };
}
