// The ways into Crier from Discord: slash commands, the message menu, mentions, direct messages; what is answered to whom, and in time.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { mention } from '../../support/discord/people.ts';
import { ANN, BOB, ELSEWHERE, GUILD_A, GUILD_B } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, pressSurely, redPng, wordsIn } from './discord-desk.ts';

const { social } = GUILD_A.channels;
const WE_ARE_LIVE = { when: 'tomorrow 9am', networks: 'bluesky', text: 'We are live' };

let desk: DiscordDesk;

beforeEach(async () => {
  desk = await openDiscordDesk();
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

const errors = (): unknown[] => desk.log.lines.filter(({ level }) => level === 'error');

describe('/schedule', () => {
  it('is answered with a card for all, and its post is told of in the thread of that card', async () => {
    const sent = await desk.ann.slash('schedule', WE_ARE_LIVE);
    const card = await sent.reply();
    await desk.idle();
    expect(isEphemeral(card)).toBe(false);
    expect(wordsIn(card)).toContain('P1 scheduled');
    expect((await desk.posts())[0]?.post.origin).toEqual({ chat: 'discord', channel: social, message: card.id });
    desk.newsroom.clock.forward({ hours: 25 });
    await desk.settle(PUBLISHED);
    expect(wordsIn(desk.discord.thread(card.id)[0] ?? card)).toContain('published');
    expect(wordsIn(desk.discord.messages(social)[0] ?? card)).toContain('published');
    expect(errors()).toEqual([]);
  });

  it('alone opens the form, filled with what was typed', async () => {
    const sent = await desk.ann.slash('schedule', { text: 'We are live' });
    const modal = await sent.modal();
    expect(wordsIn(modal.form)).toContain('We are live');
    const answered = await desk.ann.submit(modal, { 'field/when': 'tomorrow 9am', 'field/targets': ['bluesky/@bakery'] });
    expect(wordsIn(await answered.reply())).toContain('P1 scheduled');
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We are live');
  });

  it('that cannot be done is refused to the person alone', async () => {
    const sent = await desk.bob.slash('schedule', { ...WE_ARE_LIVE, networks: 'blusky' });
    const reply = await sent.reply();
    expect(isEphemeral(reply)).toBe(true);
    expect(wordsIn(reply)).toContain('Did you mean bluesky?');
    expect(await desk.posts()).toEqual([]);
  });

  it('copies its images at once, with what they show', async () => {
    const image = { name: 'kite.png', bytes: await redPng() };
    await (await desk.ann.slash('schedule', { ...WE_ARE_LIVE, media: image, 'media-text': 'A red kite' })).reply();
    await desk.idle();
    expect((await desk.posts())[0]?.media[0]).toMatchObject({
      altText: 'A red kite',
      mimeType: 'image/png',
      width: 8,
      height: 8,
    });
    expect(desk.newsroom.files.size).toBe(1);
  });

  it('reads people, channels and emoji as they will be posted', async () => {
    await (
      await desk.ann.slash('schedule', {
        ...WE_ARE_LIVE,
        text: `Thanks <@${BOB.id}>, see <#${social}> <:bow:123456789012345678>`,
      })
    ).reply();
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('Thanks @Bob, see #social :bow:');
  });

  it('twice delivered is done once', async () => {
    const sent = await desk.ann.slash('schedule', WE_ARE_LIVE);
    await sent.reply();
    sent.again();
    await desk.idle();
    expect(await desk.posts()).toHaveLength(1);
    expect(desk.discord.messages(social)).toHaveLength(1);
  });

  it('that was sent while the gateway was away is done once when it resumes', async () => {
    const [session] = desk.discord.gateway.sessions();
    desk.discord.gateway.drop();
    const sent = await desk.ann.slash('schedule', WE_ARE_LIVE);
    sent.again();
    expect(wordsIn(await sent.reply())).toContain('P1 scheduled');
    await desk.idle();
    expect(desk.discord.gateway.sessions()[0]).toMatchObject({ id: session?.id, resumes: 1 });
    expect(await desk.posts()).toHaveLength(1);
    expect(desk.discord.messages(social)).toHaveLength(1);
  });
});

describe('what a command answers', () => {
  it('is for the person alone where it is no card', async () => {
    const reply = await (await desk.bob.slash('posts')).reply();
    expect(isEphemeral(reply)).toBe(true);
    expect(wordsIn(reply)).toContain('No posts yet');
  });

  it('knows who manages the server, and what the others may do', async () => {
    await (await desk.ann.slash('timezone', { zone: 'workspace Europe/Berlin' })).reply();
    const refused = await (await desk.bob.slash('timezone', { zone: 'workspace Europe/Paris' })).reply();
    expect(wordsIn(refused)).toContain('Your role here is author');
    expect((await desk.enter(GUILD_A)).workspace.timeZone).toBe('Europe/Berlin');
    await (await desk.ann.slash('settings', { name: 'roles', value: `<@&${GUILD_A.roles.marketing}> viewer` })).reply();
    const viewing = await (await desk.bob.slash('schedule', WE_ARE_LIVE)).reply();
    expect(wordsIn(viewing)).toContain('Your role here is viewer');
  });

  it('reads times in the language of the person', async () => {
    await (await desk.ann.slash('schedule', { ...WE_ARE_LIVE, when: 'morgen um 9 Uhr' })).reply();
    await desk.idle();
    expect((await desk.posts())[0]?.post.slot?.wallTime).toBe('2026-11-23T09:00:00');
  });

  it('is the same where all is typed right behind the command, as examples say it', async () => {
    await (await desk.ann.slash('schedule', WE_ARE_LIVE)).reply();
    await (await desk.bob.slash('post', { post: 'P1 edit We are live, and it is free' })).reply();
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We are live, and it is free');
  });

  it('never crosses from one server to another', async () => {
    const there = desk.ann.at(GUILD_B);
    await (await desk.ann.slash('schedule', WE_ARE_LIVE)).reply();
    await (await there.slash('schedule', { ...WE_ARE_LIVE, text: 'In the library' })).reply();
    await desk.idle();
    expect(wordsIn(await (await there.slash('posts')).reply())).not.toContain('We are live');
    expect(wordsIn(await (await desk.ann.slash('post', { post: 'P1' })).reply())).not.toContain('In the library');
    expect((await desk.posts(GUILD_B)).map(({ post }) => post.text)).toEqual(['In the library']);
  });
});

describe('"Schedule this message"', () => {
  it('opens the form with the text of a message, and takes its images along', async () => {
    const said = await desk.bob.say('We have **news**', {
      files: [{ name: 'kite.png', bytes: await redPng(), description: 'A red kite' }],
    });
    const modal = await (await desk.ann.contextMenu('Schedule this message', said)).modal();
    expect(wordsIn(modal.form)).toContain('We have **news**');
    await (await desk.ann.submit(modal, { 'field/when': 'tomorrow 9am', 'field/targets': ['bluesky/@bakery'] })).reply();
    await desk.idle();
    const [details] = await desk.posts();
    expect(details?.post.text).toBe('We have **news**');
    expect(details?.media[0]?.altText).toBe('A red kite');
  });

  it('takes the text of a message that was forwarded', async () => {
    const { attachments, ...said } = await desk.bob.say('Nothing of its own');
    const inside = {
      content: 'We have news',
      attachments,
      embeds: [],
      mentions: [],
      flags: 0,
      type: 0,
      timestamp: said.timestamp,
    };
    const reference = { type: 1 as const, channel_id: social, message_id: said.id };
    const forwarded = {
      ...said,
      attachments,
      content: '',
      message_reference: reference,
      message_snapshots: [{ message: inside }],
    };
    const modal = await (await desk.ann.contextMenu('Schedule this message', forwarded)).modal();
    expect(wordsIn(modal.form)).toContain('We have news');
  });

  it("brought along to another server goes to the person's own, and its card into their direct messages", async () => {
    await (await desk.bob.slash('help')).reply();
    const elsewhere = desk.bob.at(ELSEWHERE);
    const said = await elsewhere.say('Good news');
    const modal = await (await elsewhere.contextMenu('Schedule this message', said)).modal();
    const answered = await elsewhere.submit(modal, { 'field/when': 'tomorrow 9am', 'field/targets': ['bluesky/@bakery'] });
    expect(isEphemeral(await answered.reply())).toBe(true);
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('Good news');
    expect(wordsIn(desk.discord.dms(BOB)[0] ?? said)).toContain('P1 scheduled');
    expect(desk.discord.messages(ELSEWHERE.channels.social)).toHaveLength(1);
  });
});

describe('a mention', () => {
  it('is done, and answered under it', async () => {
    const said = await desk.ann.say(`${mention} schedule a post for bluesky tomorrow at 9am: We are live`);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    const card = desk.discord.messages(social)[1];
    expect(card?.message_reference?.message_id).toBe(said.id);
    expect((await desk.posts())[0]?.post.origin).toEqual({ chat: 'discord', channel: social, message: card?.id });
  });

  it('in answer to a message that Discord keeps from apps says how it can be shown', async () => {
    const news = await desk.bob.say('We have news', { files: [{ name: 'kite.png', bytes: await redPng() }] });
    await desk.ann.say(`${mention} schedule this for mastodon tomorrow at 9am`, { replyTo: news });
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    expect(wordsIn(desk.discord.messages(social)[2] ?? news)).toContain('Schedule this message');
    expect(await desk.posts()).toEqual([]);
  });

  it('that asks back is answered with a button that opens the form', async () => {
    await desk.ann.say(`${mention} schedule a post for bluesky: We are live`);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    const asked = desk.discord.messages(social)[1];
    if (!asked) throw new Error('nothing was answered');
    const modal = await (await desk.ann.press(asked, 'Open the form')).modal();
    expect(wordsIn(modal.form)).toContain('We are live');
    await (await desk.ann.submit(modal, { 'field/when': 'tomorrow 9am' })).reply();
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We are live');
  });

  it.each([
    ['is not understood', `${mention} what do you think?`, 'not something I can read'],
    ['says a secret', `${mention} connect bluesky password: abcd-efgh-ijkl-mnop`, 'A password is not safe in a message'],
    ['means a message and names none', `${mention} publish this to bluesky`, 'Which message do you mean?'],
  ])('that %s is told so there', async (_, text, answer) => {
    await desk.ann.say(text);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    expect(wordsIn(desk.discord.messages(social)[1] ?? { components: [] })).toContain(answer);
    expect(await desk.posts()).toEqual([]);
  });

  it('by name alone, or in a message that answers Crier, is left to people', async () => {
    const card = await (await desk.ann.slash('schedule', WE_ARE_LIVE)).reply();
    await desk.bob.say('Nice, thanks', { replyTo: card });
    await desk.bob.say('Crier, are you there?');
    await desk.ann.slash('help').then((sent) => sent.reply());
    await desk.idle();
    expect(desk.discord.calls('POST /channels/:channel/messages')).toEqual([]);
  });
});

describe('a direct message', () => {
  it('of somebody who has never spoken to Crier in a server says what to do', async () => {
    await desk.bob.inDm().say('show my scheduled posts');
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    expect(wordsIn(desk.discord.dms(BOB)[1] ?? { components: [] })).toContain('which server you belong to');
  });

  it('is about the one server in which they have spoken to Crier', async () => {
    await (await desk.bob.slash('help')).reply();
    await desk.bob.inDm().say('schedule a post for bluesky tomorrow at 9am: From home');
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('From home');
    expect(wordsIn(desk.discord.dms(BOB)[1] ?? { components: [] })).toContain('P1 scheduled');
  });

  it('in answer to another takes that for its text, with its images', async () => {
    await (await desk.bob.slash('help')).reply();
    const dm = desk.bob.inDm();
    const news = await dm.say('We have news', { files: [{ name: 'kite.png', bytes: await redPng() }] });
    await desk.discord.until(() => desk.discord.dms(BOB)[1], 'an answer to the news');
    await dm.say('schedule this for mastodon tomorrow at 9am', { replyTo: news });
    await desk.discord.until(() => desk.discord.dms(BOB)[3], 'the card');
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('We have news');
    expect((await desk.posts())[0]?.media).toHaveLength(1);
  });

  it('is completed as in that server while it is typed', async () => {
    expect(await (await desk.bob.inDm().typing('timezone', { zone: 'berlin' }, 'zone')).choices()).toEqual([]);
    await (await desk.bob.slash('help')).reply();
    const offered = await (await desk.bob.inDm().typing('timezone', { zone: 'berlin' }, 'zone')).choices();
    expect(offered).toEqual([{ name: 'Europe/Berlin · 10:00', value: 'Europe/Berlin' }]);
  });

  it('of somebody in several servers asks which, and its buttons stay with that server', async () => {
    const dm = desk.ann.inDm();
    const question = await (await dm.slash('schedule', WE_ARE_LIVE)).reply();
    expect(wordsIn(question)).toContain('Which one is this about?');
    await (await dm.press(question, 'Library')).reply();
    await desk.idle();
    expect(await desk.posts(GUILD_A)).toEqual([]);
    const card = desk.discord.dms(ANN).find((each) => wordsIn(each).includes('P1 scheduled'));
    if (!card) throw new Error('there is no card');
    await (await desk.ann.slash('schedule', { ...WE_ARE_LIVE, text: 'The P1 of server A' })).reply();
    await (await pressSurely(dm, card, 'Cancel')).answer();
    await desk.idle();
    expect((await desk.posts(GUILD_B))[0]?.deliveries[0]?.state).toBe('canceled');
    expect((await desk.posts(GUILD_A))[0]?.deliveries[0]?.state).toBe('scheduled');
  });
});
