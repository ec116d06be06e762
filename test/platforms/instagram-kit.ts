// What the tests of Instagram share: the subject of the contract, and, for those on the wire, an account with its token and the mocked API.
import { instagram } from '../../src/platforms/instagram/index.ts';
import oauth from '../fixtures/instagram/oauth.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { film, photo, type Subject } from './harness.ts';
import { accountOf, NOW, useSurroundings } from './wire-context.ts';

/** The path of the demo account, whose id is made from its name. */
export const DEMO = '/v25.0/17841401590850249';
export const PUBLISH = `POST ${DEMO}/media_publish`;
/** Questions about containers and posts, whose ids are made from the time. */
export const LOOK = 'GET /v25.0/1717*';

export const instagramSubject: Subject = {
  platform: instagram,
  network: (emulator) => emulator.networks.instagram,
  tokenRequest: 'POST /oauth/access_token',
  refreshRequest: 'GET /refresh_access_token',
  loginEnds: { hours: 60 * 24, canBeRenewed: false },
  renewsWithoutApp: true,
  revokes: false,
  asksForAddress: true,
  describesVideos: false,
  mixesMedia: true,
  files: async () => [await photo()],
  imagesApart: true,
  // of that size none is sent here
  unchecked: ['bytes of a video'],
  clip: film,
  posts: {
    'a photo': { files: async () => [await photo()] },
    'a reel': { files: async () => [await film()] },
    'a carousel': { files: async () => [await photo({ id: 'm1' }), await film(), await photo({ id: 'm2', size: 9000 })] },
  },
  publicRequest: PUBLISH,
  uploadRequest: `POST ${DEMO}/media`,
  videoRequest: `POST ${DEMO}/media`,
  videoStatusRequest: LOOK,
  findRequest: `GET ${DEMO}/media`,
};

const account = accountOf({
  platform: 'instagram',
  remoteId: '17841400008460056',
  handle: '@bronzedfonzes',
  service: 'https://www.instagram.com',
});
const app = { clientId: oauth.exchange.request.client_id, clientSecret: oauth.exchange.request.client_secret };
const accessToken = oauth.long.response.access_token;

/** For the top of a test file. */
export function useWire() {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  return {
    now: NOW,
    userId: account.remoteId,
    app,
    accessToken,
    mock,
    surroundings,
    /** With a token of that age. */
    access: (issuedAt = NOW) => ({
      ...surroundings(),
      account,
      app,
      credentials: { accessToken, issuedAt: issuedAt.toString() },
      saveCredentials: async () => undefined,
    }),
    /** Announces requests with the token. */
    graph: () => mock('https://graph.instagram.com', { reqheaders: { authorization: `Bearer ${accessToken}` } }),
  };
}
