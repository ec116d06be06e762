// Forms in Discord: refused and sent again with nothing lost, secrets, files, and forms that are kept no more.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms, PASSWORD } from '../../core/usecases/newsroom.ts';
import { mention } from '../../support/discord/people.ts';
import { ANN, BOB, GUILD_A } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, redPng, wordsIn } from './discord-desk.ts';

const { social } = GUILD_A.channels;
const FILLED = { 'field/when': 'tomorrow 9am', 'field/targets': ['bluesky/@bakery'], 'field/text': 'We are live' };

let desk: DiscordDesk;

beforeEach(async () => {
  desk = await openDiscordDesk();
  return async () => {
    await desk.close();
    expect(desk.discord.troubles).toEqual([]);
  };
});
afterAll(closeNewsrooms);

describe('the form of /schedule', () => {
  it('with something wrong is refused to the person alone, and opens again with all they wrote', async () => {
    const modal = await (await desk.ann.slash('schedule')).modal();
    const refused = await (await desk.ann.submit(modal, { ...FILLED, 'field/when': 'someday' })).reply();
    expect(isEphemeral(refused)).toBe(true);
    expect(wordsIn(refused)).toContain('We are live');
    const again = await (await desk.ann.press(refused, 'Open the form again')).modal();
    expect(wordsIn(again.form)).toContain('someday');
    expect(wordsIn(again.form)).toContain('We are live');
    await (await desk.ann.submit(again, { 'field/when': 'tomorrow 9am' })).answer();
    await desk.idle();
    expect((await desk.posts()).map(({ post }) => post.text)).toEqual(['We are live']);
    expect(wordsIn(desk.discord.messages(social)[0] ?? again.form)).toContain('P1 scheduled');
  });

  it('takes images, and keeps them while something else is put right', async () => {
    const modal = await (await desk.ann.slash('schedule')).modal();
    const files = [{ name: 'kite.png', bytes: await redPng() }];
    const refused = await (await desk.ann.submit(modal, { ...FILLED, 'field/when': 'someday', 'field/files': files })).reply();
    const again = await (await desk.ann.press(refused, 'Open the form again')).modal();
    expect(wordsIn(again.form)).toContain('kite.png');
    await (await desk.ann.submit(again, { 'field/when': 'tomorrow 9am' })).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.media).toHaveLength(1);
  });

  it('takes a video as it takes images', async () => {
    const bytes = new Uint8Array(await readFile(join(import.meta.dirname, '../../fixtures/media/turned.mp4')));
    const modal = await (await desk.ann.slash('schedule')).modal();
    const filled = { ...FILLED, 'field/files': [{ name: 'clip.mp4', bytes }] };
    await (await desk.ann.submit(modal, filled)).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.media).toMatchObject([{ mimeType: 'video/mp4', width: 48, height: 64, durationMs: 2000 }]);
  });

  it('refused for what it takes along opens again without that', async () => {
    const paper = { name: 'plan.pdf', bytes: new TextEncoder().encode('%PDF-1.7') };
    const said = await desk.bob.say('The plan', { files: [paper, { name: 'kite.png', bytes: await redPng() }] });
    const modal = await (await desk.ann.contextMenu('Schedule this message', said)).modal();
    expect(wordsIn(modal.form)).toContain('plan.pdf');
    const { 'field/text': _, ...filled } = FILLED;
    const refused = await (await desk.ann.submit(modal, filled)).reply();
    expect(wordsIn(refused)).toContain('plan.pdf is not whole');
    expect(wordsIn(refused)).toContain('without the files');
    const again = await (await desk.ann.press(refused, 'Open the form again')).modal();
    expect(wordsIn(again.form)).not.toContain('plan.pdf');
    await (await desk.ann.submit(again, { 'field/files': [{ name: 'kite.png', bytes: await redPng() }] })).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.post.text).toBe('The plan');
    expect((await desk.posts())[0]?.media).toHaveLength(1);
  });

  it('with more images than a network takes can be sent with fewer', async () => {
    const bytes = await redPng();
    const files = ['one.png', 'two.png', 'three.png'].map((name) => ({ name, bytes }));
    const modal = await (await desk.ann.slash('schedule')).modal();
    const refused = await (await desk.ann.submit(modal, { ...FILLED, 'field/files': files })).reply();
    expect(wordsIn(refused)).toContain('take out 1');
    const again = await (await desk.ann.press(refused, 'Open the form again')).modal();
    await (await desk.ann.submit(again, { 'field/files': files.slice(0, 2) })).answer();
    await desk.idle();
    expect((await desk.posts())[0]?.media).toHaveLength(2);
  });

  it('that is sent an hour too late says so, and gives back what was written', async () => {
    const modal = await (await desk.ann.slash('schedule')).modal();
    desk.newsroom.clock.forward({ minutes: 61 });
    const answered = await (await desk.ann.submit(modal, FILLED)).reply();
    expect(wordsIn(answered)).toContain('open for too long');
    expect(wordsIn(answered)).toContain('We are live');
    expect(wordsIn(answered)).toContain('/schedule when:tomorrow 9am');
    expect(await desk.posts()).toEqual([]);
  });

  it('twice delivered is done once', async () => {
    const modal = await (await desk.ann.slash('schedule')).modal();
    const sent = await desk.ann.submit(modal, FILLED);
    await sent.reply();
    sent.again();
    await desk.idle();
    expect(await desk.posts()).toHaveLength(1);
  });
});

describe('a secret', () => {
  it('is asked for in a form alone, and shown in no answer', async () => {
    const modal = await (await desk.ann.slash('connect', { platform: 'mastodon' })).modal();
    expect(wordsIn(modal.form)).toContain('An app password for Mastodon');
    const wrong = await (
      await desk.ann.submit(modal, { 'field/handle': 'new.example', 'field/password': 'not-it-1234' })
    ).reply();
    expect(wordsIn(wrong)).toContain('does not know this password');
    expect(wordsIn(wrong)).not.toContain('not-it-1234');
    const again = await (await desk.ann.press(wrong, 'Open the form again')).modal();
    expect(wordsIn(again.form)).toContain('new.example');
    expect(wordsIn(again.form)).not.toContain('not-it-1234');
    const done = await (await desk.ann.submit(again, { 'field/password': PASSWORD })).reply();
    expect(isEphemeral(done)).toBe(true);
    expect(wordsIn(done)).toContain('is connected');
    expect(JSON.stringify(desk.log.lines)).not.toContain(PASSWORD);
  });

  it('is asked of a mention by a button, and nobody is shown how to type it', async () => {
    const said = await desk.ann.say(`${mention} connect mastodon`);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    const asked = desk.discord.messages(social)[1] ?? said;
    expect(wordsIn(asked)).not.toContain('password:');
    const modal = await (await desk.ann.press(asked, 'Open the form')).modal();
    const done = await (await desk.ann.submit(modal, { 'field/handle': 'new.example', 'field/password': PASSWORD })).reply();
    expect(isEphemeral(done)).toBe(true);
    expect(wordsIn(done)).toContain('is connected');
  });

  it('typed into a command is refused before anything is done with it', async () => {
    const refused = await (
      await desk.ann.slash('disconnect', { account: 'connect bluesky password:abcd-efgh-ijkl-mnop' })
    ).reply();
    await desk.idle();
    expect(isEphemeral(refused)).toBe(true);
    expect(JSON.stringify(desk.log.lines)).not.toContain('abcd-efgh');
  });
});

describe('a form behind a button', () => {
  it('belongs to whoever it was filled for; others get an empty one', async () => {
    const modal = await (await desk.ann.slash('schedule')).modal();
    const refused = await (await desk.ann.submit(modal, { ...FILLED, 'field/when': 'someday' })).reply();
    const theirs = await (await desk.bob.press(refused, 'Open the form again')).modal();
    expect(wordsIn(theirs.form)).not.toContain('We are live');
  });

  it.each([ANN, BOB])('asks $globalName only for what they may do', async (person) => {
    const sent = await desk.discord.as(person).slash('settings', { name: 'time' });
    const modal = await sent.modal();
    const answered = await (await desk.discord.as(person).submit(modal, { 'field/value': '10:00' })).reply();
    expect(wordsIn(answered)).toContain(person === ANN ? 'Settings changed' : 'Your role here is author');
  });
});
