// News that Discord does not take now is kept, and told once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { GUILD_A } from '../../support/discord/places.ts';
import { openTellDesks, POST, type TellDesk } from './tell-desk.ts';

const { social } = GUILD_A.channels;

let openDesk: () => Promise<TellDesk>;
let desk: TellDesk;

beforeAll(async () => {
  openDesk = await openTellDesks();
});
afterAll(closeNewsrooms);
beforeEach(async () => {
  desk = await openDesk();
  return desk.close;
});

describe('where it is to be told later', () => {
  it('keeps news while Discord wants more patience than a moment, and tells it once', async () => {
    const { discord, schedule, postCard, settle, tellAll, tellAndRefresh, hasNews, laterNews } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 120_000 });
    await tellAndRefresh();
    expect(discord.messages(card)).toEqual([]);
    expect(await hasNews()).toBe(true);

    laterNews();
    await tellAll();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('waits itself where a moment is enough', async () => {
    const { discord, schedule, postCard, settle, tellAndRefresh } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 40 });
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('does not tell twice what arrived although no answer came', async () => {
    const { discord, client, schedule, postCard, settle, tellAll, tellAndRefresh, hasNews, laterNews } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    await client.rest.post(`/channels/${social}/messages/${card}/threads`, { body: { name: 'begun' } });
    discord.failNext(POST, { kind: 'cut', when: 'after' });
    await tellAndRefresh();
    laterNews();
    await tellAll();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
  });

  it('keeps news where the token is of no use any more', async () => {
    const { discord, schedule, postCard, settle, tellAndRefresh, hasNews } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(POST, { kind: 'refused', status: 401, code: 0, message: '401: Unauthorized' });
    await tellAndRefresh();
    expect(await hasNews()).toBe(true);
    expect(discord.messages(card)).toEqual([]);
  });
});
