// What every platform that is connected by a link promises through the real use cases: a database, the web server that takes what comes back,
// and the network's own page. What the platform's own functions promise is contract/linking.ts'.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishChoice } from '../../src/core/usecases/choose-accounts.ts';
import { finishLink, followLink, LINK_MINUTES } from '../../src/core/usecases/connect-by-link.ts';
import { disconnectAccount } from '../../src/core/usecases/disconnect-account.ts';
import type { LinkOutcome } from '../../src/core/usecases/link-outcome.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { decide, type LinkDesk, locationOf, open, openLinkDesk, press } from '../support/link-desk.ts';
import type { Subject } from './harness.ts';
import { subjects } from './subjects.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());

for (const subject of subjects) if (subject.platform.oauth) describe(subject.platform.name, () => describeLinks(subject));

function describeLinks(subject: Subject): void {
  const { platform, network, tokenRequest, leadsTo = 1, revokes = true } = subject;
  const link = (actor: Actor) => desk.link(actor, platform.connect ? undefined : {}, platform.id);
  const finish = (back: string, at = platform.id) => finishLink(desk.deps, at, new URL(back).searchParams);
  const allow = async (actor: Actor): Promise<string> => decide(await link(actor), 'allow');
  const accountsOf = ({ workspace }: Actor) => desk.deps.store.accounts.list(workspace.id);
  const exchanges = (): number =>
    network(desk.emulator)
      .requests()
      .filter(({ method, path }) => `${method} ${path}` === tokenRequest).length;
  /** Where there is a choice, the last one is chosen. */
  const chosen = async (outcome: LinkOutcome) => {
    const ended = outcome.kind === 'choose' ? await choose(outcome) : outcome;
    if (ended.kind !== 'connected') throw new Error(`it was ${ended.kind}`);
    return ended;
  };
  const choose = ({ token, offers }: Extract<LinkOutcome, { kind: 'choose' }>) =>
    finishChoice(desk.deps, token, [String(offers.length - 1)]);

  it(
    leadsTo === 1 ? 'Allow connects the account' : 'Allow offers what the login leads to and connects what is chosen',
    async () => {
      const [actor, other] = [await desk.enter(), await desk.enter()];
      const outcome = await finish(await allow(actor));
      if (outcome.kind === 'choose') expect(new Set(outcome.offers.map(({ handle }) => handle)).size).toBe(leadsTo);
      else expect(leadsTo).toBe(1);
      const { connections, missing } = await chosen(outcome);
      const stored = await accountsOf(actor);
      expect(stored).toMatchObject([{ id: connections[0].account.id, platform: platform.id, state: 'connected' }]);
      expect([connections[0].renewed, missing]).toEqual([false, []]);
      expect(await accountsOf(other)).toEqual([]);
    },
  );

  it('a second connect of the same account renews it', async () => {
    const actor = await desk.enter();
    const first = await chosen(await finish(await allow(actor)));
    const second = await chosen(await finish(await allow(actor)));
    expect(second.connections).toMatchObject([{ renewed: true, account: { id: first.connections[0].account.id } }]);
    expect(await accountsOf(actor)).toHaveLength(1);
  });

  it('Deny connects nothing, and uses the link up', async () => {
    const actor = await desk.enter();
    const made = await link(actor);
    const back = await decide(made, 'deny');
    expect((await finish(back)).kind).toBe('denied');
    expect((await open(made.url)).status).toBe(404);
    expect(await accountsOf(actor)).toEqual([]);
  });

  it('a forged state connects nothing, asks the network nothing, and leaves the link good', async () => {
    const actor = await desk.enter();
    const back = await allow(actor);
    const before = exchanges();
    const forged = new URL(back);
    for (const state of ['forged', '', new URL(back).searchParams.get('state')?.slice(0, -1) ?? '']) {
      forged.searchParams.set('state', state);
      expect((await finish(forged.href)).kind).toBe('unknown');
    }
    forged.searchParams.delete('state');
    expect((await finish(forged.href)).kind).toBe('unknown');
    expect(exchanges()).toBe(before);
    await chosen(await finish(back));
  });

  it('a state counts for its own network alone', async () => {
    const actor = await desk.enter();
    const back = await allow(actor);
    const others = subjects.filter((other) => other.platform.oauth && other.platform.id !== platform.id);
    for (const other of others) expect((await finish(back, other.platform.id)).kind).toBe('unknown');
    await chosen(await finish(back));
  });

  it('a replayed answer connects nothing more, also where both come at once', async () => {
    const actor = await desk.enter();
    const back = await allow(actor);
    const before = exchanges();
    const kinds = (await Promise.all([finish(back), finish(back), finish(back)])).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'unknown')).toHaveLength(2);
    expect((await finish(back)).kind).toBe('unknown');
    expect(exchanges()).toBe(before + 1);
  });

  it('an answer counts for ten minutes, and not at their end', async () => {
    const actor = await desk.enter();
    const [inTime, tooLate] = [await link(actor), await link(actor)];
    const page = async ({ url }: { url: string }): Promise<string> => locationOf(await open(url));
    const [soon, late] = [await page(inTime), await page(tooLate)];
    desk.clock.forward({ minutes: LINK_MINUTES - 1, seconds: 59 });
    await chosen(await finish(await press(soon, 'allow')));
    const before = exchanges();
    desk.clock.forward({ seconds: 1 });
    expect((await finish(await press(late, 'allow'))).kind).toBe('unknown');
    expect(await followLink(desk.deps, tooLate.url.split('/').at(-1) ?? '')).toBeNull();
    expect(exchanges()).toBe(before);
  });

  it('neither the database nor the log has what came back with the browser', async () => {
    const { searchParams } = new URL(await allow(await desk.enter()));
    const code = searchParams.get('code') ?? '';
    const back = `${desk.url}/oauth/callback/${platform.id}?${searchParams}`;
    const { rows } = await desk.database.pool.query('select * from oauth_link');
    expect(JSON.stringify(rows)).not.toContain(searchParams.get('state'));
    const page = await (await open(back)).text();
    expect(code).not.toBe('');
    for (const secret of [code, searchParams.get('state')]) expect(page).not.toContain(secret);
    expect(JSON.stringify(desk.log.lines)).not.toContain(code);
  });

  it(`disconnecting forgets the login${revokes ? ', and takes it back at the network' : ', and says that the network keeps it'}`, async () => {
    await desk.database.pool.query("update account set state = 'disconnected', sealed_credentials = null");
    const actor = await desk.enter();
    const { connections } = await chosen(await finish(await allow(actor)));
    const { revocation } = await disconnectAccount(desk.deps, actor, platform.id);
    expect(revocation).toBe(revokes ? 'revoked' : 'cannot');
    await expect(desk.deps.store.credentials(connections[0].account.id)).rejects.toMatchObject({ kind: 'auth-revoked' });
  });
}
