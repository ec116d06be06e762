// Choosing between the accounts that one login leads to: the real Mastodon platform before the emulated network, made to lead to three, and
// a real database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishChoice } from '../../../src/core/usecases/choose-accounts.ts';
import { finishLink } from '../../../src/core/usecases/connect-by-link.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { decide, type LinkDesk, openLinkDesk } from '../../support/link-desk.ts';
import { withMore } from '../../support/several-accounts.ts';

const MORE = [
  { remoteId: 'page-1', handle: '@bakery', kind: 'Page' },
  { remoteId: 'page-2', handle: '@cafe', kind: 'Page' },
];

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk(withMore(MORE));
});
afterAll(() => desk.close());

async function offered(actor: Actor) {
  const back = new URL(await decide(await desk.link(actor), 'allow'));
  const outcome = await finishLink(desk.deps, 'mastodon', back.searchParams);
  if (outcome.kind !== 'choose') throw new Error(`it was ${outcome.kind}`);
  return outcome;
}
const choose = (token: string, ...ticked: string[]) => finishChoice(desk.deps, token, ticked);
const handlesOf = async ({ workspace }: Actor): Promise<string[]> =>
  (await desk.deps.store.accounts.list(workspace.id)).map(({ handle }) => handle);

describe('a login that leads to several accounts', () => {
  it('connects nothing by itself and offers each', async () => {
    const actor = await desk.enter();
    const { offers, sentence } = await offered(actor);
    expect(offers.map(({ kind, handle, isConnected }) => [kind, handle, isConnected])).toEqual([
      [null, expect.stringMatching(/^@crier@/), false],
      ['Page', '@bakery', false],
      ['Page', '@cafe', false],
    ]);
    expect(sentence).toBeNull();
    expect(await handlesOf(actor)).toEqual([]);
  });

  it('connects those that were chosen, with a login that works', async () => {
    const actor = await desk.enter();
    const outcome = await choose((await offered(actor)).token, '2', '1');
    if (outcome.kind !== 'connected') throw new Error(`it was ${outcome.kind}`);
    expect(outcome.connections.map(({ account, renewed }) => [account.handle, renewed])).toEqual([
      ['@bakery', false],
      ['@cafe', false],
    ]);
    expect(outcome).toMatchObject({ missing: [], asker: { actor: { workspace: { id: actor.workspace.id } } } });
    expect(await handlesOf(actor)).toEqual(['@bakery', '@cafe']);
    const [, cafe] = outcome.connections;
    const { accessToken } = await desk.deps.store.credentials(cafe?.account.id ?? '');
    const headers = { authorization: `Bearer ${accessToken}` };
    const asked = await fetch(`${desk.emulator.networks.mastodon.url}/api/v1/accounts/verify_credentials`, { headers });
    expect(asked.status).toBe(200);
  });

  it('says which the workspace has already, and renews them', async () => {
    const actor = await desk.enter();
    await choose((await offered(actor)).token, '1');
    const again = await offered(actor);
    expect(again.offers.map(({ isConnected }) => isConnected)).toEqual([false, true, false]);
    expect(await choose(again.token, '1')).toMatchObject({ kind: 'connected', connections: [{ renewed: true }] });
  });

  it('does not call connected what was disconnected, nor what another workspace has', async () => {
    const [actor, other] = [await desk.enter(), await desk.enter()];
    await choose((await offered(other)).token, '0');
    await choose((await offered(actor)).token, '1');
    const [bakery] = await desk.deps.store.accounts.list(actor.workspace.id);
    await desk.deps.store.accounts.disconnect(bakery?.id ?? '', 'Ann said so.', actor);
    expect((await offered(actor)).offers.map(({ isConnected }) => isConnected)).toEqual([false, false, false]);
  });
});

describe('a choice', () => {
  it.each([[[]], [['3']], [['-1', '01', 'all', '']]])('of %j asks again and uses nothing up', async (ticked) => {
    const actor = await desk.enter();
    const { token, offers } = await offered(actor);
    const again = await choose(token, ...ticked);
    expect(again).toMatchObject({ kind: 'choose', token, offers, sentence: 'Tick at least one.' });
    expect(await choose(token, '0')).toMatchObject({ kind: 'connected' });
  });

  it('counts once, also where it comes several times at one moment', async () => {
    const actor = await desk.enter();
    const { token } = await offered(actor);
    const outcomes = await Promise.all(['0', '1', '2'].map((place) => choose(token, place)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['connected', 'unknown', 'unknown']);
    expect(await handlesOf(actor)).toHaveLength(1);
    expect(await choose(token, '1')).toEqual({ kind: 'unknown' });
    expect(await choose(token)).toEqual({ kind: 'unknown' });
  });

  it('counts for ten minutes', async () => {
    const actor = await desk.enter();
    const { token } = await offered(actor);
    desk.clock.forward({ minutes: 10 });
    expect(await choose(token)).toEqual({ kind: 'unknown' });
    expect(await choose(token, '0')).toEqual({ kind: 'unknown' });
    expect(await handlesOf(actor)).toEqual([]);
  });

  it('that nobody was given is none', async () => {
    await offered(await desk.enter());
    for (const token of ['forged', '', 'A'.repeat(43)]) expect(await choose(token, '0')).toEqual({ kind: 'unknown' });
  });

  it('connects nothing for somebody who is no admin any more', async () => {
    const actor = await desk.enter();
    const { token } = await offered(actor);
    await desk.enter({ teamId: actor.workspace.teamId, role: 'viewer' });
    const outcome = await choose(token, '0');
    expect(outcome).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('Your role here is viewer') });
    expect(await handlesOf(actor)).toEqual([]);
  });
});
