// How statuses did: as the emulated instance serves it, and as Mastodon's documented answer is read.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublishContext, Published } from '../../src/core/platform.ts';
import { figuresOf } from '../../src/emulator/growth.ts';
import { accountFigures, figures } from '../../src/platforms/mastodon/figures.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import documented from '../fixtures/mastodon/figures.json' with { type: 'json' };
import verified from '../fixtures/mastodon/verify-credentials.json' with { type: 'json' };
import { useHttpMocks } from '../support/http.ts';
import { type Delivery, type Harness, openHarness } from './harness.ts';
import { subjects } from './subjects.ts';
import { accountOf, postBy, useSurroundings } from './wire-context.ts';

const subject = subjects.find(({ platform }) => platform === mastodon);
const UNTOLD = { saves: null, views: null, reach: null, clicks: null };
const LIST = 'GET /api/v1/statuses';
const postOf = (remoteId: string): Published => ({ remoteId, url: `https://mastodon.social/@Gargron/${remoteId}` });

/** As the emulated instance has them of a status without answers here. */
function expectedOf(id: string, hours: number) {
  const { likes, comments, shares } = figuresOf(id, hours * 3_600_000);
  return { ...UNTOLD, likes, comments, shares: shares + Math.floor(shares / 4) };
}

describe('the figures of statuses', () => {
  let harness: Harness;
  beforeEach(async () => {
    if (!subject) throw new Error('Mastodon is no subject');
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());

  const publish = async (idempotencyKey: string, changes: Partial<PublishContext> = {}): Promise<Published> =>
    (await harness.delivery({ idempotencyKey, ...changes })).publish();

  async function remove({ context }: Delivery, { remoteId }: Published): Promise<void> {
    const authorization = `Bearer ${String(context.credentials.accessToken)}`;
    const response = await fetch(`${harness.network.url}/api/v1/statuses/${remoteId}`, {
      method: 'DELETE',
      headers: { authorization },
    });
    expect(response.status).toBe(200);
  }

  /** Two that are out since 9 and 8 hours, the second for followers alone, and one between them that was deleted. */
  async function three() {
    const first = await publish('delivery-1');
    const deleted = await publish('delivery-2');
    harness.pass({ hours: 1 });
    const second = await publish('delivery-3', { options: { visibility: 'private' } });
    const sent = await harness.delivery();
    await remove(sent, deleted);
    harness.pass({ hours: 8 });
    const expected = { [first.remoteId]: expectedOf(first.remoteId, 9), [second.remoteId]: expectedOf(second.remoteId, 8) };
    return { context: { ...sent.context, posts: [first, deleted, second] }, first, expected };
  }

  it('are what the instance serves hours later, of several by one request, and a deleted one is left out', async () => {
    const { context, first, expected } = await three();
    const found = await figures(context);
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(found.get(first.remoteId)?.likes).toBeGreaterThan(0);
    expect([harness.countRequests(LIST), harness.countRequests(`${LIST}/*`)]).toEqual([1, 0]);
  });

  it('are asked for one by one where the instance is of a version before 4.3', async () => {
    const { context, expected } = await three();
    harness.network.faults.order({ match: LIST, status: 404 });
    expect(Object.fromEntries(await figures(context))).toEqual(expected);
    expect([harness.countRequests(LIST), harness.countRequests(`${LIST}/*`)]).toEqual([1, 3]);
  });

  it('are all unknown where the token may not read statuses', async () => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: LIST, status: 403 });
    const nothing = { ...UNTOLD, likes: null, comments: null, shares: null };
    expect(await figures({ ...context, posts: [postOf('1'), postOf('2')] })).toEqual(
      new Map([
        ['1', nothing],
        ['2', nothing],
      ]),
    );
  });

  it('count the answers that are in the thread', async () => {
    const first = await publish('delivery-1');
    await publish('delivery-2', { thread: [first] });
    const { context } = await harness.delivery();
    const found = await figures({ ...context, posts: [first] });
    expect(found.get(first.remoteId)).toEqual({ ...UNTOLD, likes: 0, comments: 1, shares: 0 });
  });

  it('of more than 20 take a second request, and of none no request', async () => {
    const out = await publish('delivery-1');
    const { context } = await harness.delivery();
    const others = Array.from({ length: 20 }, (_, index) => postOf(String(index + 1)));
    expect([...(await figures({ ...context, posts: [...others, out] })).keys()]).toEqual([out.remoteId]);
    expect(harness.countRequests(LIST)).toBe(2);
    expect(await figures({ ...context, posts: [] })).toEqual(new Map());
    expect(harness.countRequests(LIST)).toBe(2);
  });

  it.each([401, 503])('are not known where the instance answers %i', async (status) => {
    const { context } = await harness.delivery();
    harness.network.faults.order({ match: LIST, status });
    const failure: unknown = await figures({ ...context, posts: [postOf('1')] }).catch((error: unknown) => error);
    expect(mastodon.classifyError(failure)).toMatchObject({ meta: { status } });
  });
});

describe('on the wire', () => {
  const mock = useHttpMocks();
  const surroundings = useSurroundings();
  const service = 'https://mastodon.social';
  const account = accountOf({ platform: 'mastodon', remoteId: '1', handle: '@Gargron@mastodon.social', service });
  const access = () => postBy({ ...surroundings(), account, credentials: { accessToken: 'token' }, app: null });
  const ask = (...ids: string[]) => figures({ ...access(), posts: ids.map(postOf) });
  const instance = () => mock(service, { reqheaders: { authorization: 'Bearer token' } });

  it('the instance is asked as in the documented sample call', async () => {
    instance().get(documented.path).reply(200, documented.response);
    expect(await ask('1', '2')).toEqual(new Map([['1', { ...UNTOLD, likes: 112, comments: 7, shares: 98 }]]));
  });

  it('quotes are shares too, and what the instance leaves out is not known', async () => {
    const [{ favourites_count: _, ...untold } = { favourites_count: 0 }] = documented.response;
    instance()
      .get('/api/v1/statuses?id[]=1')
      .reply(200, [{ ...untold, quotes_count: 2 }]);
    expect(await ask('1')).toEqual(new Map([['1', { ...UNTOLD, likes: null, comments: 7, shares: 100 }]]));
  });

  it('the account is asked for as it sees itself, and followers that the instance leaves out are not known', async () => {
    const { followers_count: followers, ...untold } = verified.response;
    instance().get('/api/v1/accounts/verify_credentials').reply(200, verified.response);
    expect(await accountFigures(access())).toEqual({ followers, views: null, reach: null });
    instance().get('/api/v1/accounts/verify_credentials').reply(200, untold);
    expect(await accountFigures(access())).toEqual({ followers: null, views: null, reach: null });
  });

  it('nothing of the account is known where the token may not read accounts', async () => {
    const error = 'This action is outside the authorized scopes';
    instance().get('/api/v1/accounts/verify_credentials').reply(403, { error });
    expect(await accountFigures(access())).toEqual({ followers: null, views: null, reach: null });
  });
});
