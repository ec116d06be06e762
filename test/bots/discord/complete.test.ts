// What Discord offers while an option is typed. It is Sunday, 22 November 2026, 09:00 in London.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/core/ports.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { BOB, GUILD_A, GUILD_B } from '../../support/discord/places.ts';
import { type DiscordDesk, openDiscordDesk } from './discord-desk.ts';

let desk: DiscordDesk;
let database: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  const adapt = (deps: Deps): Deps => {
    const { accounts } = deps.store;
    const list = async (id: string) => {
      await database;
      return accounts.list(id);
    };
    return { ...deps, store: { ...deps.store, accounts: { ...accounts, list } } };
  };
  desk = await openDiscordDesk({ adapt });
  await (await desk.ann.slash('schedule', { when: 'tomorrow 9am', networks: 'all', text: 'Fresh bread' })).reply();
  await (await desk.ann.slash('draft', { networks: 'all', text: 'A quiet day', campaign: 'autumn' })).reply();
  await desk.idle();
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

async function offers(
  command: string,
  option: string,
  typed: string,
  as = desk.bob,
): Promise<{ name: string; value: unknown }[]> {
  return (await as.typing(command, { [option]: typed }, option)).choices();
}

describe('a time', () => {
  it.each([
    ['tomorrow 9am', [{ name: 'Mon 23 Nov 2026, 09:00 GMT · in 1 day', value: 'tomorrow 9am' }]],
    ['every Monday 9am', [{ name: expect.stringContaining('every Monday at 09:00'), value: 'every Monday 9am' }]],
    ['yesterday 9am', [{ name: expect.stringContaining('that has gone by'), value: 'yesterday 9am' }]],
  ])('%s is echoed as it is understood', async (typed, expected) => {
    expect(await offers('schedule', 'when', typed)).toEqual(expected);
  });

  it('that can mean several is offered each way, as words that mean one of them only', async () => {
    const found = await offers('schedule', 'when', '3/4 9am');
    expect(found.length).toBeGreaterThan(1);
    const [first] = found;
    const [echoed] = await offers('schedule', 'when', String(first?.value));
    expect(String(first?.name)).toContain(String(echoed?.name).split(' · ')[0]);
  });

  it('begins with a few that are often meant, and with those that go on as it is typed', async () => {
    expect(await offers('schedule', 'when', '')).toContainEqual({
      name: 'in 1 hour: Sun 22 Nov 2026, 10:00 GMT · in 1 hour',
      value: 'in 1 hour',
    });
    expect((await offers('schedule', 'when', 'tom')).map(({ value }) => value)).toEqual(['tomorrow 9am']);
  });

  it('that is "best" says which that would be, for the networks that were typed', async () => {
    const typing = await desk.bob.typing('schedule', { networks: 'bluesky', when: 'best' }, 'when');
    expect(await typing.choices()).toEqual([
      { name: expect.stringMatching(/^best: Mon 23 Nov 2026, 12:00 GMT · /), value: 'best' },
    ]);
    expect(await offers('schedule', 'when', 'be')).toEqual([
      { name: expect.stringMatching(/^best: Tue 24 Nov 2026, 09:00 GMT · /), value: 'best' },
    ]);
    expect(await offers('schedule', 'when', '')).toContainEqual({ name: expect.stringMatching(/^best: /), value: 'best' });
  });

  it('that is none says why', async () => {
    const [only] = await offers('schedule', 'when', 'someday');
    expect(only).toMatchObject({ value: 'someday' });
  });
});

describe('networks', () => {
  it.each([
    ['', ['all', 'bluesky', 'mastodon', 'bluesky/@bakery', 'mastodon/@bakery']],
    ['mas', ['mastodon', 'mastodon/@bakery']],
    ['bluesky, ma', ['bluesky, mastodon', 'bluesky, mastodon/@bakery']],
    ['bluesky, ', ['bluesky, mastodon', 'bluesky, bluesky/@bakery', 'bluesky, mastodon/@bakery']],
  ])('after "%s" are those that go on', async (typed, values) => {
    expect((await offers('schedule', 'networks', typed)).map(({ value }) => value)).toEqual(values);
  });

  it('are those of the server one is in', async () => {
    const there = await offers('schedule', 'networks', '', desk.discord.as(BOB).at(GUILD_B));
    expect(JSON.stringify(there)).not.toContain('@bakery');
  });
});

describe('what is in the workspace', () => {
  it('posts by their name or their words', async () => {
    expect((await offers('post', 'post', '')).map(({ value }) => value)).toEqual(['P2', 'P1']);
    expect(await offers('post', 'post', 'bread')).toEqual([{ name: expect.stringMatching(/^P1 · Mon 23 Nov/), value: 'P1' }]);
    expect(await offers('post', 'post', '', desk.discord.as(BOB).at(GUILD_B))).toEqual([]);
  });

  it('campaigns and accounts', async () => {
    expect(await offers('posts', 'campaign', 'aut')).toEqual([{ name: 'autumn', value: 'autumn' }]);
    expect(await offers('disconnect', 'account', 'masto', desk.ann)).toEqual([
      { name: 'Mastodon (@bakery)', value: 'mastodon/@bakery' },
    ]);
  });
});

it('time zones are found by their city, with what the clock shows there', async () => {
  expect(await offers('timezone', 'zone', 'new york')).toEqual([{ name: 'America/New York · 04:00', value: 'America/New_York' }]);
  expect(await offers('timezone', 'zone', 'e')).toHaveLength(25);
});

it('A database that takes too long leaves it unsaid, within three seconds', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  database = promise;
  const sent = await desk.bob.typing('schedule', { networks: 'blue' }, 'networks');
  const { choices, ms } = await sent.answer();
  resolve();
  expect(choices).toEqual([]);
  expect(ms).toBeLessThan(3_000);
  expect(sent.interaction.channel.id).toBe(GUILD_A.channels.social);
});
