// The emulated X by plain HTTP: where it is as strict as X is, what it tells of posts, and what survives a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { emulatorForTest, png, type TestEmulator } from './support.ts';

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

interface Api {
  token: string;
  call: (path: string, init?: { json?: unknown; form?: FormData; method?: string; token?: string }) => Promise<Answer>;
}

async function logIn({ networks: { x } }: TestEmulator): Promise<Api> {
  const body = new URLSearchParams({ grant_type: 'authorization_code', code: x.demo.code, redirect_uri: `${x.url}/demo` });
  const headers = { authorization: basic(x.app?.clientId ?? '', x.app?.clientSecret ?? '') };
  const answer = await (await fetch(`${x.url}/2/oauth2/token`, { method: 'POST', headers, body })).json();
  const token = String(Reflect.get(Object(answer), 'access_token'));
  return {
    token,
    call: async (path, { json, form, method = json || form ? 'POST' : 'GET', token: other = token } = {}) => {
      const headers = { authorization: `Bearer ${other}`, ...(json ? { 'content-type': 'application/json' } : {}) };
      const body = json ? JSON.stringify(json) : (form ?? null);
      const response = await fetch(`${x.url}${path}`, { method, headers, body });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
}

async function upload({ call }: Api, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const json = { media_type: 'image/png', total_bytes: bytes.length, media_category: 'tweet_image' };
  const id = idIn(await call('/2/media/upload/initialize', { json }));
  await call(`/2/media/upload/${id}/append`, { form: chunk(0, bytes) });
  await call(`/2/media/upload/${id}/finalize`, { method: 'POST' });
  return id;
}

function chunk(index: number, bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.set('segment_index', String(index));
  form.set('media', new Blob([bytes]), 'chunk');
  return form;
}

const idIn = ({ body }: Answer): string => String(Reflect.get(Object(Reflect.get(Object(body), 'data')), 'id'));

it('says no to a token that is none as X does', async () => {
  const { call } = await logIn(await emulatorForTest());
  expect(await call('/2/users/me', { token: 'guessed' })).toMatchObject({
    status: 401,
    body: { title: 'Unauthorized', detail: 'Unauthorized', type: 'about:blank', status: 401 },
  });
});

it('takes the secret of the app in the header alone', async () => {
  const { networks } = await emulatorForTest();
  const { clientId = '', clientSecret = '' } = networks.x.app ?? {};
  const body = { grant_type: 'authorization_code', code: networks.x.demo.code };
  const ask = (headers: Record<string, string>, more: Record<string, string>) =>
    fetch(`${networks.x.url}/2/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams({ ...body, ...more }) });
  const answers = await Promise.all([
    ask({ authorization: basic(clientId, clientSecret) }, {}),
    ask({}, { client_id: clientId, client_secret: clientSecret }),
    ask({ authorization: basic(clientId, 'another') }, {}),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 401]);
});

it.each([
  ['a field there is none of', { text: 'Hi', txt: 'Hi' }, 400],
  ['nothing to say', { text: ' ' }, 400],
  ['a media id there is none of', { text: 'Hi', media: { media_ids: ['1'] } }, 400],
  ['no media in the list of them', { text: 'Hi', media: { media_ids: [] } }, 400],
  ['281 characters', { text: 'x'.repeat(281) }, 400],
  ['141 emoji', { text: '👍'.repeat(141) }, 400],
  ['two cashtags', { text: '$TSLA $AAPL' }, 403],
  ['an answer to nothing', { text: 'Hi', reply: { in_reply_to_tweet_id: '1' } }, 403],
])('refuses a post with %s', async (_, json, status) => {
  const emulator = await emulatorForTest();
  const { call } = await logIn(emulator);
  expect(await call('/2/tweets', { json })).toMatchObject({
    status,
    body: { title: expect.any(String), type: expect.any(String) },
  });
  expect(emulator.networks.x.posts()).toEqual([]);
});

it('takes the same text again a day later, and at once beside a file', async () => {
  const emulator = await emulatorForTest();
  const api = await logIn(emulator);
  const post = async (json: object) => (await api.call('/2/tweets', { json })).status;
  expect([await post({ text: 'Hi' }), await post({ text: 'Hi ' })]).toEqual([201, 403]);
  expect(await post({ text: 'Hi', media: { media_ids: [await upload(api, await png())] } })).toBe(201);
  emulator.clock.advance({ hours: 24 });
  const later = await logIn(emulator);
  expect((await later.call('/2/tweets', { json: { text: 'Hi' } })).status).toBe(201);
});

it('lets answer whom one was named by, and nobody else', async () => {
  const emulator = await emulatorForTest();
  const { x } = emulator.networks;
  const other = await logIn({ ...emulator, networks: { ...emulator.networks, x: { ...x, demo: x.addAccount('other') } } });
  const [plain, naming] = [
    idIn(await other.call('/2/tweets', { json: { text: 'Hello all' } })),
    idIn(await other.call('/2/tweets', { json: { text: 'Hello @Crier' } })),
  ];
  const { call } = await logIn(emulator);
  const answer = async (id: string) =>
    (await call('/2/tweets', { json: { text: `Hello ${id}`, reply: { in_reply_to_tweet_id: id } } })).status;
  expect([await answer(plain), await answer(naming)]).toEqual([403, 201]);
});

it('wants every chunk, in its place, and as many bytes as were announced', async () => {
  const { call } = await logIn(await emulatorForTest());
  const bytes = await png();
  const begin = async (total_bytes: number) =>
    idIn(
      await call('/2/media/upload/initialize', { json: { media_type: 'image/png', total_bytes, media_category: 'tweet_image' } }),
    );
  const end = async (id: string) => (await call(`/2/media/upload/${id}/finalize`, { method: 'POST' })).status;
  const [gap, short, whole] = [await begin(bytes.length), await begin(bytes.length + 1), await begin(bytes.length)];
  await call(`/2/media/upload/${gap}/append`, { form: chunk(1, bytes) });
  for (const id of [short, whole]) await call(`/2/media/upload/${id}/append`, { form: chunk(0, bytes) });
  expect([await end(gap), await end(short), await end(whole), await end(whole)]).toEqual([400, 400, 200, 400]);
});

it('counts down what one may ask, and says when that is over', async () => {
  const { call } = await logIn(await emulatorForTest());
  const { headers } = await call('/2/users/me');
  const told = ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-rate-limit-${name}`));
  expect(told).toEqual(['75', '74', String(Temporal.Instant.from('2026-11-22T09:15:00Z').epochMilliseconds / 1000)]);
});

it('tells of a post what was asked for, its addresses shortened and its figures growing', async () => {
  const emulator = await emulatorForTest();
  const api = await logIn(emulator);
  const media_ids = [await upload(api, await png())];
  const id = idIn(await api.call('/2/tweets', { json: { text: 'R&D: example.com', media: { media_ids } } }));
  const read = async () =>
    (await (await logIn(emulator)).call(`/2/tweets?ids=${id}&tweet.fields=entities,attachments,public_metrics`)).body;
  const early = await read();
  expect(early).toMatchObject({
    data: [
      {
        id,
        text: expect.stringMatching(/^R&amp;D: https:\/\/t\.co\/\w{10} https:\/\/t\.co\/\w{10}$/),
        attachments: { media_keys: [`3_${media_ids[0]}`] },
        entities: { urls: [{ expanded_url: 'http://example.com' }, { media_key: `3_${media_ids[0]}` }] },
        public_metrics: { impression_count: 0, like_count: 0 },
      },
    ],
  });
  emulator.clock.advance({ hours: 30 });
  const views = (body: unknown): number => Number(/"impression_count":(\d+)/.exec(JSON.stringify(body))?.[1]);
  expect(views(await read())).toBeGreaterThan(views(early));
});

it('keeps posts, files and logins over a restart', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'crier-emulator-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
  const first = await emulatorForTest({ stateDir });
  const api = await logIn(first);
  const media_ids = [await upload(api, await png())];
  await api.call('/2/tweets', { json: { text: 'stays', media: { media_ids } } });
  await first.stop();

  const { networks } = await emulatorForTest({ stateDir });
  expect(networks.x.posts()).toMatchObject([{ text: 'stays', images: [{ size: (await png()).length }] }]);
  const me = await fetch(`${networks.x.url}/2/users/me`, { headers: { authorization: `Bearer ${api.token}` } });
  expect(me.status).toBe(200);
  const page = await (await fetch(networks.x.posts()[0]?.url ?? '')).text();
  expect(page).toContain('stays');
  expect((await fetch(`${networks.x.url}/media/${media_ids[0]}`)).headers.get('content-type')).toBe('image/png');
});
