// What the tests of Threads share: the subject of the contract, and, for those on the wire, an account with its token and the mocked API.
import { threads } from '../../src/platforms/threads/index.ts';
import me from '../fixtures/threads/me.json' with { type: 'json' };
import oauth from '../fixtures/threads/oauth.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import type { Subject } from './harness.ts';
import { accountOf, NOW, useSurroundings } from './wire-context.ts';

/** The path of the demo account, whose id is made from its name. */
export const DEMO = '/v1.0/24876501590850249';
export const PUBLISH = `POST ${DEMO}/threads_publish`;
/** Questions about containers and posts, whose ids are made from the time. */
export const LOOK = 'GET /v1.0/1817*';

export const threadsSubject: Subject = {
  platform: threads,
  network: (emulator) => emulator.networks.threads,
  tokenRequest: 'POST /oauth/access_token',
  refreshRequest: 'GET /refresh_access_token',
  loginEnds: { hours: 60 * 24, canBeRenewed: false },
  renewsWithoutApp: true,
  revokes: false,
  asksForAddress: true,
  mixesMedia: true,
  imagesApart: true,
  // of that size none is sent here; too many items are refused in the words for items that are too old, which are made anew
  unchecked: ['bytes of a video', 'images per post', 'videos per post', 'files of both kinds'],
  namesNoWait: true,
  publicRequest: PUBLISH,
  uploadRequest: `POST ${DEMO}/threads`,
  videoRequest: `POST ${DEMO}/threads`,
  videoStatusRequest: LOOK,
  findRequest: `GET ${DEMO}/threads`,
};

const account = accountOf({
  platform: 'threads',
  remoteId: me.response.id,
  handle: '@threadsapitestuser',
  service: 'https://www.threads.com',
});
const app = { clientId: oauth.exchange.request.client_id, clientSecret: oauth.exchange.request.client_secret };
const accessToken = oauth.long.response.access_token;

export const GRAPH = 'https://graph.threads.net';

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
    graph: () => mock(GRAPH, { reqheaders: { authorization: `Bearer ${accessToken}` } }),
  };
}
