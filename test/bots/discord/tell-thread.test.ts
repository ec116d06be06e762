// How news of a post reaches the thread under its card, and where it goes when there can be no thread.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, FAILED, PUBLISHED, UNCONFIRMED } from '../../core/usecases/newsroom.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { CHANGE, everythingIn, openTellDesks, POST, type TellDesk, THREAD } from './tell-desk.ts';

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

describe('in the thread', () => {
  it('is begun under the card by the first news, named for the post, and the card says it too', async () => {
    const { discord, schedule, postCard, settle, tellAndRefresh, hasNews } = desk;
    const details = await schedule(social, 'bluesky', 'We are live\nin Berlin');
    const card = await postCard(details);
    await settle(PUBLISHED);
    await tellAndRefresh();

    const [told, ...more] = discord.thread(card);
    expect(everythingIn(told)).toMatch(/P\d+ published on Bluesky.*https:\/\/bluesky\.example\/post\/1/);
    expect(more).toEqual([]);
    expect(discord.calls(THREAD)[0]?.body).toEqual({ name: `P${details.post.number} · We are live in Berlin` });
    expect(everythingIn(discord.messages(social)[0])).toContain('https://bluesky.example/post/1');
    expect(await hasNews()).toBe(false);
  });

  it('is reused for what follows, and the card is refreshed once', async () => {
    const { discord, waits, telling, schedule, postCard, settle, tellAll } = desk;
    const card = await postCard(await schedule(social, 'bluesky, mastodon'));
    await settle(FAILED);
    waits.hold();
    await tellAll();
    await waits.until(1_000);
    waits.letGo(1_000);
    await telling.drain();

    expect(discord.thread(card)).toHaveLength(2);
    expect(discord.calls(THREAD)).toHaveLength(1);
    expect(discord.calls(CHANGE)).toHaveLength(1);
  });

  it('calls the author where they have to decide, and nobody where all is well', async () => {
    const { discord, schedule, postCard, settle, tellAll, tellAndRefresh } = desk;
    const asked = await postCard(await schedule(social));
    await settle(UNCONFIRMED);
    await tellAll();
    expect(discord.thread(asked)[0]?.mentions.map(({ id }) => id)).toEqual([ANN.id]);
    expect(everythingIn(discord.thread(asked)[0])).toMatch(/It went out.*Post it again/);

    const published = await postCard(await schedule(social, 'bluesky', `Thanks <@${BOB.id}> @everyone`));
    await settle(PUBLISHED);
    await tellAndRefresh();
    const [told] = discord.thread(published);
    expect(told?.mentions).toEqual([]);
    expect(told?.mention_roles).toEqual([]);
  });

  it('that Discord has archived opens again', async () => {
    const { discord, newsroom, schedule, postCard, settle, tellAll, tellAndRefresh } = desk;
    const card = await postCard(await schedule(social, 'bluesky, mastodon'));
    await settle({ ...FAILED, state: 'retrying', dueAt: newsroom.clock.now().add({ minutes: 20 }) });
    await tellAll();
    discord.archiveThread(card);
    newsroom.clock.forward({ hours: 1 });
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(4);
    expect(discord.calls(THREAD)).toHaveLength(1);
  });

  it('that somebody has locked is left alone: the card is answered in its channel', async () => {
    const { discord, newsroom, schedule, postCard, settle, tellAll, tellAndRefresh, hasNews } = desk;
    const card = await postCard(await schedule(social, 'bluesky'));
    await settle({ ...FAILED, state: 'retrying', dueAt: newsroom.clock.now().add({ minutes: 20 }) });
    await tellAll();
    discord.archiveThread(card, { locked: true });
    newsroom.clock.forward({ hours: 1 });
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.messages(social).at(-1)?.message_reference?.message_id).toBe(card);
    expect(await hasNews()).toBe(false);
  });

  it('that was begun unheard is used', async () => {
    const { discord, schedule, postCard, settle, tellAll, tellAndRefresh, laterNews } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(THREAD, { kind: 'cut', when: 'after' });
    await tellAll();
    laterNews();
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('cannot be where the card stands in a thread itself: it is answered there', async () => {
    const { discord, client, schedule, postCard, settle, tellAndRefresh } = desk;
    const talk = await discord.as(BOB).say('What do we post today?');
    await client.rest.post(`/channels/${social}/messages/${talk.id}/threads`, { body: { name: 'Today' } });
    const card = await postCard(await schedule(talk.id));
    discord.failNext(THREAD, {
      kind: 'refused',
      status: 400,
      code: 50024,
      message: 'Cannot execute action on this channel type',
    });
    await settle(PUBLISHED);
    await tellAndRefresh();
    const [shown, told] = discord.thread(talk.id);
    expect(shown?.id).toBe(card);
    expect(told?.message_reference?.message_id).toBe(card);
  });

  it('may be out of Crier’s rights: then the card is answered, or stands before the news without that', async () => {
    const { discord, schedule, postCard, settle, tellAll, tellAndRefresh } = desk;
    const card = await postCard(await schedule(social));
    const refused = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const;
    discord.failNext(THREAD, refused);
    await settle(PUBLISHED);
    await tellAll();
    expect(discord.messages(social).at(-1)?.message_reference?.message_id).toBe(card);

    await postCard(await schedule(social));
    discord.failNext(THREAD, refused);
    const unknown = { kind: 'refused', status: 404, code: 10003, message: 'Unknown Channel' } as const;
    const noHistory = {
      ...refused,
      status: 400,
      code: 160002,
      message: 'Cannot reply without permission to read message history',
    };
    discord.failNext(POST, unknown, noHistory);
    await settle(FAILED);
    await tellAndRefresh();
    expect(everythingIn(discord.messages(social).at(-1))).toContain('failed on Bluesky');
  });
});
