// How news of a post reaches its channel: its card there, plain words where Discord wants them, and its author where the channel is
// closed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionNames } from '../../../src/bots/discord/connection.ts';
import { closeNewsrooms, FAILED, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { ANN, GUILD_A } from '../../support/discord/places.ts';
import { CARD, CHANGE, everythingIn, openTellDesks, POST, type TellDesk } from './tell-desk.ts';

const { social, news, board } = GUILD_A.channels;
const BAD_BODY = { kind: 'refused', status: 400, code: 50035, message: 'Invalid Form Body' } as const;

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

describe('in the channel', () => {
  it('waits for a card that is on its way', async () => {
    const { discord, waits, schedule, postCard, settle, tellAll } = desk;
    const details = await schedule(social);
    await settle(PUBLISHED);
    waits.hold();
    const told = tellAll();
    await waits.until(500);
    const card = await postCard(details);
    waits.letGo(500);
    await told;
    expect(discord.thread(card)).toHaveLength(1);
  });

  it('tells the channel itself where no card comes', async () => {
    const { discord, schedule, settle, tellAndRefresh } = desk;
    await schedule(social);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(everythingIn(discord.messages(social)[0])).toContain('published on Bluesky');
  });

  it('tells it in plain words where Discord does not like what is in the message, and says so in the log', async () => {
    const { discord, log, schedule, settle, tellAndRefresh } = desk;
    await schedule(social);
    await settle(FAILED);
    discord.failNext(POST, BAD_BODY);
    await tellAndRefresh();
    const [told] = discord.messages(social);
    expect(told?.content).toMatch(/P\d+ failed on Bluesky/);
    expect(told?.mentions.map(({ id }) => id)).toEqual([ANN.id]);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('plain text') }));
  });

  it('does not try for ever what Discord takes in no form', async () => {
    const { discord, log, schedule, settle, tellAndRefresh, hasNews } = desk;
    await schedule(social);
    await settle(FAILED);
    discord.failNext(POST, BAD_BODY, BAD_BODY);
    await tellAndRefresh();
    expect(await hasNews()).toBe(false);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('in no form') }));
  });

  it('tells the news although the card cannot be refreshed', async () => {
    const { discord, log, schedule, postCard, settle, tellAndRefresh, hasNews } = desk;
    const card = await postCard(await schedule(social));
    await settle(PUBLISHED);
    discord.failNext(CHANGE, BAD_BODY);
    await tellAndRefresh();
    expect(discord.thread(card)).toHaveLength(1);
    expect(await hasNews()).toBe(false);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('refreshed') }));
  });

  it('tells the channel where the card was deleted, and posts a new one for the news to come', async () => {
    const { discord, schedule, postCard, settle, tellAndRefresh, originOf } = desk;
    const details = await schedule(social);
    discord.deleteMessage(await postCard(details));
    await settle(FAILED);
    await tellAndRefresh();
    const [told, anew] = discord.messages(social);
    expect(everythingIn(told)).toContain('failed on Bluesky');
    expect(everythingIn(anew)).toContain('Hello');
    expect(await originOf(details)).toMatchObject({ channel: social, message: anew?.id });
  });

  it('shows a card over as many messages as it takes, and remembers them', async () => {
    const { discord, schedule, postCard, settle, tellAndRefresh, originOf } = desk;
    const details = await schedule(social, 'bluesky, mastodon');
    const card = await postCard(details, { ...CARD, sections: [{ heading: 'Text', quote: 'word '.repeat(1_500) }] });
    const before = discord.messages(social).length;
    expect(before).toBeGreaterThan(1);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(discord.messages(social)).toHaveLength(1);
    expect(await originOf(details)).toMatchObject({ message: card });
  });
});

describe('where the channel is closed', () => {
  it.each([
    { name: 'is one Crier may not write in', channel: news },
    { name: 'is hidden from Crier', channel: board },
  ])('tells the author when the channel $name, what is missing, and goes on with them', async ({ channel }) => {
    const { discord, schedule, leaveCard, settle, tellAndRefresh, hasNews, originOf } = desk;
    const details = await schedule(channel, 'bluesky, mastodon');
    await leaveCard(details, channel);
    await settle(FAILED);
    await tellAndRefresh();

    const [told, card, ...more] = discord.dms(ANN);
    expect(everythingIn(told)).toMatch(/failed on (Bluesky|Mastodon)/);
    expect(everythingIn(told)).toContain(`https://discord.com/channels/${GUILD_A.id}/${channel}`);
    for (const name of permissionNames(['ViewChannel', 'SendMessages'])) expect(everythingIn(told)).toContain(name);
    expect(everythingIn(card)).toContain('Hello');
    expect(await originOf(details)).toMatchObject({ channel: told?.channel_id, message: card?.id });
    // the second piece of news had the old channel in it when it was taken
    expect(more).toHaveLength(1);
    expect(more[0]?.message_reference?.message_id).toBe(card?.id);
    // in direct messages nothing but the button says which server's post is meant
    expect(everythingIn(more[0])).toContain(`@${GUILD_A.id}`);
    expect(await hasNews()).toBe(false);
  });

  it('tells the author of a channel that is gone', async () => {
    const { discord, schedule, settle, tellAndRefresh } = desk;
    await schedule('280000000000999999');
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(everythingIn(discord.dms(ANN)[0])).toContain('not there any more');
  });

  it('writes it down where the author takes no messages either, and does not try for ever', async () => {
    const { discord, log, schedule, leaveCard, settle, tellAndRefresh, hasNews } = desk;
    await leaveCard(await schedule(news), news);
    discord.closeDms(ANN);
    await settle(PUBLISHED);
    await tellAndRefresh();
    expect(await hasNews()).toBe(false);
    const lost = log.lines.find(({ message }) => message.includes('neither'));
    expect(lost).toMatchObject({ level: 'warn', fields: { code: 50013, to: 50007, userId: ANN.id } });
  });
});
