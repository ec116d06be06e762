// The jobs' dashboard over real HTTP, on a real Agenda and database: who may see it, and that it works below its path.
import { PostgresBackend } from '@agendajs/postgres-backend';
import { Agenda } from 'agenda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboardMount } from '../../src/web/dashboard.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { ask, basic, bearer, useWebs } from './open-web.ts';

const TOKEN = 'correct-horse-battery';
const JSON_BODY = { 'Content-Type': 'application/json' };
const { log, start } = useWebs();

let database: TestDatabase;
let backend: PostgresBackend;
let agenda: Agenda;

beforeAll(async () => {
  database = await freshDatabase();
  backend = new PostgresBackend({ connectionString: database.url });
  agenda = new Agenda({ backend });
  agenda.define('wake', async () => {});
  await agenda.ready;
  await agenda.schedule(new Date('2100-01-01T09:00:00Z'), 'wake', { at: '2100-01-01T09:00:00Z' });
});

afterAll(async () => {
  await agenda.stop();
  await backend.disconnect();
  await database.drop();
});

async function open(options: { agenda?: () => Agenda | null; token?: string | null } = {}): Promise<string> {
  const mount = dashboardMount({ agenda: () => agenda, token: TOKEN, log, ...options });
  return `${(await start({ mounts: [mount] })).url}/jobs/`;
}

describe('the jobs’ dashboard', () => {
  it('shows its page, whose files lie below the same path', async () => {
    const url = await open();
    const page = await ask(url, { headers: basic('anybody', TOKEN) });
    const markup = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const files = [...markup.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, path = '']) => new URL(path, url).href);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) expect((await ask(file, { headers: basic('anybody', TOKEN) })).status).toBe(200);
  });

  it('is sent with a content policy, and is not to be framed or kept', async () => {
    const page = await ask(await open(), bearer(TOKEN));
    const headers = ['content-security-policy', 'x-frame-options', 'cache-control', 'x-powered-by'];
    expect(headers.map((name) => page.headers.get(name))).toEqual([
      expect.stringContaining("script-src 'self'"),
      'DENY',
      expect.stringMatching(/no-store/),
      null,
    ]);
  });

  it('tells of the jobs', async () => {
    const response = await ask(`${await open()}api?job=wake`, bearer(TOKEN));
    expect(await response.json()).toMatchObject({ total: 1, jobs: [{ job: { name: 'wake' }, scheduled: true }] });
  });

  it('is closed where no token is set, and says how it is opened', async () => {
    const response = await ask(await open({ token: null }), bearer(TOKEN));
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('Set CRIER_API_TOKEN')]);
  });

  it('lets nobody in without the token, and asks a browser for it', async () => {
    const url = await open();
    for (const path of ['', 'api', 'assets/nothing.js', 'api/stats']) {
      const response = await ask(`${url}${path}`, { headers: basic('admin', 'wrong') });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic realm=')]);
    }
    expect((await ask(url, bearer('wrong'))).status).toBe(401);
    expect((await ask(`${url}?token=${TOKEN}`)).status).toBe(401);
  });

  it('changes nothing for a page of another site, which a browser would lend the password', async () => {
    const url = await open();
    const post = (from: Record<string, string>) =>
      ask(`${url}api/jobs/delete`, { method: 'POST', body: '{"jobIds":[]}', headers: { ...JSON_BODY, ...from } });
    const password = basic('x', TOKEN);
    const { host, origin } = new URL(url);
    const refused = [
      {},
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const from of refused) expect((await post({ ...password, ...from })).status).toBe(403);
    const taken = [{ Origin: origin }, { Origin: `https://${host}` }, { 'Sec-Fetch-Site': 'same-origin' }];
    for (const from of taken) expect((await post({ ...password, ...from })).status).toBe(200);
    expect((await post(bearer(TOKEN).headers)).status).toBe(200);
  });

  it('answers what it cannot read or does not have with a sentence, and never with a stack', async () => {
    const url = await open();
    const headers = { ...bearer(TOKEN).headers, ...JSON_BODY };
    const unread = await ask(`${url}api/jobs/delete`, { method: 'POST', body: '{"jobIds":', headers });
    expect([unread.status, await unread.text()]).toEqual([400, 'This request cannot be read.\n']);
    const nothing = await ask(`${url}api/nothing`, { headers });
    expect([nothing.status, await nothing.text()]).toEqual([404, expect.stringContaining('nothing at this address')]);
  });

  it('says so while the job store was never reached, and works once it was', async () => {
    let reached: Agenda | null = null;
    const url = await open({ agenda: () => reached });
    const response = await ask(url, bearer(TOKEN));
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('job store cannot be reached')]);
    reached = agenda;
    expect((await ask(url, bearer(TOKEN))).status).toBe(200);
  });
});
