// The page that asks which of several accounts to connect, over real HTTP: the form, what it sends, and what is answered.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/core/workspace.ts';
import { decide, type LinkDesk, open, openLinkDesk } from '../support/link-desk.ts';
import { withMore } from '../support/several-accounts.ts';

const MORE = [
  { remoteId: 'page-1', handle: '@bakery', kind: 'Page' },
  { remoteId: 'page-2', handle: '<b>"cafe"</b>', kind: 'Page' },
];

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk(withMore(MORE));
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.told.length = 0;
});

interface Shown {
  status: number;
  text: string;
  headers: Headers;
}
const read = async (response: Response): Promise<Shown> => ({
  status: response.status,
  text: await response.text(),
  headers: response.headers,
});
const formAddress = ({ text }: Shown): string => `${desk.url}${/<form method="post" action="([^"]*)"/.exec(text)?.[1] ?? ''}`;
const boxes = ({ text }: Shown): string[] => text.match(/<input type="checkbox"[^>]*>/g) ?? [];
const send = async (address: string, ...ticked: string[]): Promise<Shown> =>
  read(await open(address, { method: 'POST', body: new URLSearchParams(ticked.map((place) => ['account', place])) }));
const asked = async (actor: Actor): Promise<Shown> => read(await open(await decide(await desk.link(actor), 'allow')));
const accountsOf = async ({ workspace }: Actor): Promise<string[]> =>
  (await desk.deps.store.accounts.list(workspace.id)).map(({ handle }) => handle);

describe('the page after Allow', () => {
  it('asks which accounts to connect, and tells the chat nothing yet', async () => {
    const actor = await desk.enter();
    const page = await asked(actor);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Which accounts of Mastodon?');
    expect(page.text).toContain('Tick those that Team may post to');
    expect(boxes(page)).toHaveLength(3);
    expect(page.text).not.toContain('checked');
    expect(page.text).toContain('<small>Page</small>');
    expect(await accountsOf(actor)).toEqual([]);
    expect(desk.told).toEqual([]);
  });

  it('shows names as text, whatever stands in them', async () => {
    const { text } = await asked(await desk.enter());
    expect(text).toContain('&lt;b&gt;&quot;cafe&quot;&lt;/b&gt;');
    expect(text).not.toContain('<b>');
  });

  it('is kept by nobody, sends its address nowhere, and its form to this Crier alone', async () => {
    const page = await asked(await desk.enter());
    for (const { headers } of [page, await send(formAddress(page))]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("form-action 'self'");
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const done = await send(formAddress(page), '0');
    expect(done.headers.get('content-security-policy')).toContain("form-action 'none'");
  });

  it('ticks what is connected already', async () => {
    const actor = await desk.enter();
    await send(formAddress(await asked(actor)), '1');
    const page = await asked(actor);
    expect(boxes(page).map((box) => box.includes('checked'))).toEqual([false, true, false]);
    expect(page.text).toContain('Page, connected already');
  });
});

describe('what was ticked', () => {
  it('is connected, and page and chat say so at once', async () => {
    const actor = await desk.enter();
    const page = await send(formAddress(await asked(actor)), '0', '1');
    expect(page.status).toBe(200);
    expect(page.text).toContain('2 accounts are connected');
    expect(page.text).toContain('Mastodon (@bakery) is connected.');
    expect(page.text).toContain('go on in Team');
    expect(await accountsOf(actor)).toEqual(expect.arrayContaining(['@bakery', expect.stringMatching(/^@crier@/)]));
    expect(desk.told).toMatchObject([
      { kind: 'connected', connections: [{ renewed: false }, { account: { handle: '@bakery' } }] },
    ]);
  });

  it('is over where its address is only opened, and nothing is connected by that', async () => {
    const actor = await desk.enter();
    const response = await fetch(formAddress(await asked(actor)));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('This link does not count any more');
    expect(await accountsOf(actor)).toEqual([]);
  });

  it('may be asked for again where it was nothing', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    const again = await send(address);
    expect(again.status).toBe(400);
    expect(again.text).toContain('Tick at least one.');
    expect(formAddress(again)).toBe(address);
    expect(desk.told).toEqual([]);
    expect((await send(address, '1')).text).toContain('Mastodon (@bakery) is connected');
    expect(await accountsOf(actor)).toEqual(['@bakery']);
  });

  it('counts once', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    await send(address, '1');
    expect(await send(address, '2')).toMatchObject({ status: 400, text: expect.stringContaining('does not count any more') });
    expect(await accountsOf(actor)).toEqual(['@bakery']);
  });

  it('counts for ten minutes', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    desk.clock.forward({ minutes: 10 });
    expect((await send(address, '1')).status).toBe(400);
    expect(await accountsOf(actor)).toEqual([]);
  });

  it('connects nothing at an address that nobody was given, and tells nobody', async () => {
    const page = await send(`${desk.url}/oauth/choose/${'A'.repeat(43)}`, '0');
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('does not count any more') });
    expect(desk.told.filter(({ kind }) => kind !== 'unknown')).toEqual([]);
  });

  it('is not read where it is longer than any form', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    const long = `account=1&account=${'x'.repeat(20_000)}`;
    expect((await send(address, '1', 'x'.repeat(20_000))).status).toBe(413);
    // in parts, without saying beforehand how long it is
    const inParts = (text: string) => ({ method: 'POST', body: new Blob([text]).stream(), duplex: 'half' }) as const;
    expect((await open(address, inParts(long))).status).toBe(413);
    expect(await accountsOf(actor)).toEqual([]);
    expect((await open(address, inParts('account=1'))).status).toBe(200);
    expect(await accountsOf(actor)).toEqual(['@bakery']);
  });

  it('is taken by a form alone: opening the address does nothing', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    expect((await read(await open(`${address}?account=0`))).status).toBe(404);
    expect(await accountsOf(actor)).toEqual([]);
  });

  it('connects nothing for somebody who is no admin any more, and says why', async () => {
    const actor = await desk.enter();
    const address = formAddress(await asked(actor));
    await desk.enter({ teamId: actor.workspace.teamId, role: 'viewer' });
    expect((await send(address, '1')).text).toContain('Your role here is viewer');
    expect(desk.told).toMatchObject([{ kind: 'failed' }]);
    expect(await accountsOf(actor)).toEqual([]);
  });
});
