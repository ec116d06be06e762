import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/bots/commands/index.ts';
import { closeNewsrooms, PASSWORD } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const words = async (line: string): Promise<string> => wordsOf((await desk.say(line)).reply);

describe('/connect', () => {
  it('connects with what the network asks for, and repeats no secret', async () => {
    const { reply } = await desk.say(`/connect bluesky handle:me.bsky password:${PASSWORD} service:http://127.0.0.1:3000`);
    expect(wordsOf(reply)).toBe('Bluesky (@me.bsky) is connected\nTry it: /publish to bluesky: Hello');
    const list = await desk.store.accounts.list(desk.actor.workspace.id);
    expect(list.find(({ handle }) => handle === '@me.bsky')).toMatchObject({
      service: 'http://127.0.0.1:3000',
      state: 'connected',
    });
    expect(JSON.stringify(reply)).not.toContain(PASSWORD);
  });

  it('asks for what is missing; what was said stands in its field, unless it is a secret', async () => {
    const { reply } = await desk.say(`/connect bsky password:${PASSWORD} service:"http://two words"`);
    expect(reply.form?.fields.map(({ name, kind, value }) => [name, kind, value])).toEqual([
      ['handle', 'line', undefined],
      ['password', 'secret', undefined],
      ['service', 'line', 'http://two words'],
    ]);
    expect(JSON.stringify(reply)).not.toContain(PASSWORD);
    const sent = await desk.send(reply, { handle: 'me', password: PASSWORD });
    expect(sent.reply.title).toBe('Bluesky (@me) is connected');
  });

  it('asks which network first', async () => {
    const { reply } = await desk.say('/connect');
    expect((await desk.send(reply, { platform: 'mastodon' })).reply.title).toBe('Connect Mastodon');
  });

  it.each([
    ['/connect blusky', 'Crier knows no network "blusky". Did you mean bluesky?'],
    ['/connect bluesky handel:me', 'Bluesky has no field "handel". Did you mean handle?'],
    ['/connect bluesky handle:me password:wrong', 'Bluesky does not know this password: make a new app password.'],
  ])('refuses "%s" with the cure, and changes nothing', async (line, sentence) => {
    const before = await desk.everything();
    expect(await words(line)).toBe(sentence);
    expect(await desk.everything()).toBe(before);
  });

  it('takes an admin', async () => {
    const author = await desk.enter({ userId: 'art', role: 'author' });
    for (const line of ['/connect bluesky', '/disconnect bluesky', '/settings time 10:00', '/timezone workspace Europe/Paris']) {
      expect(wordsOf((await desk.say(line, author)).reply)).toContain('this takes admin');
    }
  });
});

describe('/disconnect', () => {
  it('forgets the login; what needs the account says so, and connecting again mends it', async () => {
    expect(await words('/disconnect bluesky')).toContain('Bluesky (@team.bsky.social) is disconnected\n');
    expect(await words('/publish to bluesky: Hi')).toBe(
      'Bluesky (@team.bsky.social) is disconnected (disconnected by Ann). Connect it again with /connect bluesky.',
    );
    expect(await words('/disconnect bluesky')).toBe('Bluesky (@team.bsky.social) is disconnected already.');
    const { reply } = await desk.say('/accounts');
    expect(wordsOf(reply)).toContain('Bluesky · @team.bsky.social · disconnected');
    const form = (await desk.press(idOf(reply, 'Connect Bluesky'))).reply;
    const again = await desk.send(form, { handle: '@team.bsky.social', password: PASSWORD });
    expect(again.reply.title).toContain('is connected again');
  });

  it.each([
    ['/disconnect mastodon', 'say mastodon/@crier@chaos.social or mastodon/@team@mastodon.social.'],
    ['/disconnect @tean', 'Did you mean @team?'],
  ])('"%s" is answered with a cure', async (line, sentence) => {
    expect(await words(line)).toContain(sentence);
  });

  it('offers the connected accounts', async () => {
    expect((await desk.say('/disconnect')).reply.form?.fields[0]?.choices).toHaveLength(3);
  });
});

describe('/timezone', () => {
  it('sets the own zone, and times are read in it from then on', async () => {
    expect(await words('/timezone new york')).toContain('Yours: America/New_York\nWorkspace: Europe/Berlin');
    expect(await words('/schedule tomorrow 9am to bluesky: Hi')).toContain('When: Mon 23 Nov 2026, 09:00 EST');
    expect(await words('/timezone reset')).toContain("Yours: Europe/Berlin (the workspace's)");
  });

  it('is that of the profile until one was set', async () => {
    const yours = async () => {
      const profile = { timeZone: 'Asia/Tokyo', locale: null };
      return wordsOf((await desk.say('/timezone', await desk.enter({ profile }))).reply);
    };
    expect(await yours()).toContain(
      'Yours: Asia/Tokyo (from your profile)\nWorkspace: Europe/Berlin\nNow: Sun 22 Nov 2026, 18:00',
    );
    await desk.say('/timezone new york');
    expect(await yours()).toContain('Yours: America/New_York\n');
  });

  it('sets the zone of the workspace', async () => {
    expect(await words('/timezone workspace Asia/Tokyo')).toContain('Workspace: Asia/Tokyo');
    expect(await words('/timezone')).toContain("Yours: Asia/Tokyo (the workspace's)");
  });

  it('suggests a near zone', async () => {
    expect(await words('/timezone Berlim')).toContain('Did you mean Europe/Berlin?');
  });
});

describe('/settings', () => {
  it.each([
    ['time 5pm', 'time: 17:00'],
    ['time 21h', 'time: 21:00'],
    ['dates mdy', 'dates: MDY'],
    ['cap bluesky 5', 'cap: bluesky 5'],
    ['timezone tokyo', 'timezone: Asia/Tokyo'],
    ['country gb', 'country: GB'],
    ['country Germany', 'country: DE'],
    ['country none', 'country: asked where it matters'],
    ['language German', 'language: de'],
    ['language pt', 'language: pt'],
    ['language english', 'language: English'],
  ])('%s', async (setting, expected) => {
    expect(await words(`/settings ${setting}`)).toContain(expected);
    expect(await words('/settings')).toContain(expected);
  });

  it('shows who has which role, people and groups as mentions', async () => {
    expect(await words('/settings roles')).toContain('As it is now: everyone author\nFor all: /settings roles everyone viewer');
    const { reply } = await desk.say('/settings roles everyone viewer, <@U123|bob> approver, <@&456> author');
    expect(reply.fields?.find(({ name }) => name === 'roles')?.value).toEqual([
      'everyone',
      ' viewer',
      ', ',
      { mention: 'U123', text: 'U123' },
      ' approver',
      ', ',
      { mention: '&456', text: '&456' },
      ' author',
    ]);
    expect(await words('/settings roles')).toContain('As it is now: everyone viewer, U123 approver, &456 author');
    expect((await desk.say('/settings roles')).reply.form?.fields[0]?.value).toBeUndefined();
  });

  it('takes a cap away', async () => {
    await desk.say('/settings cap bluesky 5');
    expect(await words('/settings cap bluesky none')).toContain('cap: none');
  });

  it.each([
    ['/settings time 25:00', '"25:00" is not a time of day. Write it like 09:00 or 5:30pm.'],
    ['/settings dates XYZ', '"XYZ" is not a date order. Choose DMY'],
    ['/settings cap bluesky 0', 'A cap for Bluesky is a number from 1 to 10000, or "none".'],
    ['/settings cap 5', 'Say the network and how many posts a day'],
    ['/settings cap friendster 5', 'Crier knows no network "friendster".'],
    ['/settings country Germny', '"Germny" is not a country. Did you mean DE?'],
    ['/settings country 42', 'Say it by its two letters: GB, DE, US.'],
    ['/settings language klingon', 'Times cannot be read in "klingon". There are en, '],
    ['/settings tme 9:00', 'There is no setting "tme". Did you mean time?'],
  ])('refuses "%s" with the cure, and changes nothing', async (line, sentence) => {
    const before = await desk.everything();
    expect(await words(line)).toContain(sentence);
    expect(await desk.everything()).toBe(before);
  });
});

describe('/help', () => {
  it('lists every command', async () => {
    const { reply } = await desk.say('/help');
    expect(reply.fields?.map(({ name }) => name)).toEqual(commands.map(({ name }) => `/${name}`));
  });

  it.each(commands.map(({ name }) => name))('explains /%s with its arguments and examples', async (name) => {
    const command = commands.find((candidate) => candidate.name === name);
    const text = await words(`/help ${name}`);
    for (const argument of command?.arguments ?? []) expect(text).toContain(argument.summary);
    expect(command?.examples.length).toBeGreaterThan(0);
    for (const example of command?.examples ?? []) expect(text).toContain(example);
  });

  it('suggests a near command', async () => {
    expect(await words('/help shedule')).toBe('There is no command /shedule. Did you mean /schedule?');
  });
});
