// What a form says under its fields while it is filled in.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { composeForm } from '../../src/bots/commands/compose-form.ts';
import { describeForm, type FormEcho, valuesOf } from '../../src/bots/live-form.ts';
import { type Form, sayPlainly } from '../../src/bots/reply.ts';
import { closeNewsrooms, PUBLISHED } from '../core/usecases/newsroom.ts';
import { type Desk, openDesk } from './commands/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const saidIn = ({ notes }: FormEcho): Record<string, string> =>
  Object.fromEntries(Object.entries(notes).map(([field, lines]) => [field, lines.map(sayPlainly).join('\n')]));

async function newPost(values: Record<string, string>): Promise<FormEcho> {
  const call = await desk.call();
  const { form } = composeForm(call, 'schedule', {});
  if (!form) throw new Error('no form');
  return describeForm(form, values, call);
}

async function formOf(id: string): Promise<Form> {
  const { form } = (await desk.press(id)).reply;
  if (!form) throw new Error(`${id} asks for nothing`);
  return form;
}

describe('the form of a new post', () => {
  it('says nothing of what is not there yet, and which accounts there are', async () => {
    expect(await newPost({})).toEqual({
      notes: {},
      at: null,
      networks: [],
      accounts: [
        { value: 'bluesky/@team.bsky.social', label: 'Bluesky (@team.bsky.social)' },
        { value: 'mastodon/@crier@chaos.social', label: 'Mastodon (@crier@chaos.social)' },
        { value: 'mastodon/@team@mastodon.social', label: 'Mastodon (@team@mastodon.social)' },
      ],
      chosen: [],
    });
  });

  it('says which time "best" would be, for the networks that are chosen', async () => {
    const echo = await newPost({ when: 'best', targets: 'bluesky' });
    expect(saidIn(echo).when).toBe(
      'Mon 23 Nov 2026, 09:00 CET · in 23 hours\nBluesky: Mon-Fri 09:00, 12:00 are good times, by the guides of Mediafast and TheBlue.social.',
    );
    expect(echo.at?.toString()).toBe('2026-11-23T08:00:00Z');
    expect((await newPost({ when: 'best' })).at?.toString()).toBe('2026-11-24T08:00:00Z');
    expect(saidIn(await newPost({ when: 'best', targets: 'blusky' })).when).toContain('Did you mean bluesky?');
  });

  it('says when it would go out where it is queued', async () => {
    const call = await desk.call();
    const { form } = composeForm(call, 'queue', {});
    if (!form) throw new Error('no form');
    expect(saidIn(await describeForm(form, {}, call))).toEqual({});
    expect(saidIn(await describeForm(form, { targets: 'bluesky' }, call)).targets).toContain('Mon 23 Nov 2026, 09:00 CET');
  });

  it.each([
    ['Tuesday 9am', 'Tue 24 Nov 2026, 09:00 CET · in 2 days', '2026-11-24T08:00:00Z'],
    [
      'next Friday 9am',
      'this Friday, Friday 27 November: Fri 27 Nov 2026, 09:00 CET · in 5 days\nFriday in a week, Friday 4 December: Fri 4 Dec 2026, 09:00 CET · in 12 days',
      null,
    ],
    ['today 9am', 'Sun 22 Nov 2026, 09:00 CET · 1 hour ago: that has gone by', null],
    ['every Monday 9am', 'every Monday at 09:00 in Europe/Berlin · first Mon 23 Nov 2026, 09:00 CET · in 23 hours', null],
    ['banana', '“banana” is no time I can read.', null],
  ])('says how "%s" is understood', async (when, words, at) => {
    const echo = await newPost({ when });
    expect(saidIn(echo).when).toContain(words);
    expect(echo.at?.toString() ?? null).toBe(at);
  });

  it('counts the text for each account that is chosen, by its own limit', async () => {
    const echo = await newPost({ targets: 'mastodon, bluesky', text: 'x'.repeat(512) });
    expect(saidIn(echo).text).toBe('Mastodon 512/500, 12 too many · Bluesky 512/300, 212 too many');
    expect(echo.networks).toEqual([
      { id: 'mastodon', name: 'Mastodon' },
      { id: 'bluesky', name: 'Bluesky' },
    ]);
    expect(echo.chosen).toEqual(['mastodon/@crier@chaos.social', 'mastodon/@team@mastodon.social', 'bluesky/@team.bsky.social']);
    expect(saidIn(await newPost({ targets: 'bluesky', text: 'Hi 👩‍👩‍👧' })).text).toBe('Bluesky 4/300');
  });

  it('says how many parts a thread has, where there are threads', async () => {
    const text = `${'a'.repeat(299)}. ${'b'.repeat(299)}.`;
    const values = { targets: 'bluesky, mastodon', text };
    expect(saidIn(await newPost({ ...values, thread: 'yes' })).text).toBe('Bluesky thread of 2 · Mastodon 601/500, 101 too many');
    expect(saidIn(await newPost({ ...values, thread: 'no' })).text).toContain('Bluesky 601/300');
  });

  it('counts a text of its own for itself', async () => {
    const values = { targets: 'mastodon, bluesky', text: 'Hello', 'variant:bluesky': 'x'.repeat(301), 'variant:mastodon': ' ' };
    expect(saidIn(await newPost(values))).toEqual({ text: 'Mastodon 5/500', 'variant:bluesky': 'Bluesky 301/300, 1 too many' });
  });

  it.each([
    ['blusky', 'There is no network or account called "blusky". Did you mean bluesky?'],
    ['linkedin', 'There is no network or account called "linkedin".'],
  ])('says at once that there is no "%s"', async (targets, sentence) => {
    const echo = await newPost({ targets, text: 'Hi' });
    expect(saidIn(echo).targets).toContain(sentence);
    expect([echo.networks, echo.notes.text]).toEqual([[], undefined]);
  });

  it('warns of a login that runs out before it goes out', async () => {
    const { workspace } = desk.actor;
    const [account] = await desk.store.accounts.list(workspace.id);
    if (!account) throw new Error('no account');
    const { platform, remoteId, handle, service, announcedLimits } = account;
    const expiresAt = desk.clock.now().add({ hours: 48 });
    await desk.store.accounts.connect(desk.actor, {
      platform,
      remoteId,
      handle,
      service,
      announcedLimits,
      expiresAt,
      credentials: {},
    });
    expect(saidIn(await newPost({ targets: handle, when: 'Friday 9am' })).targets).toContain('runs out before this goes out');
  });

  it('knows what it is filled with when it opens', async () => {
    const call = await desk.call();
    const { form } = composeForm(call, 'schedule', { when: 'Tuesday 9am', targets: 'bluesky', text: 'Hi' });
    if (!form) throw new Error('no form');
    expect(saidIn(await describeForm(form, valuesOf(form), call))).toEqual({
      when: 'Tue 24 Nov 2026, 09:00 CET · in 2 days',
      text: 'Bluesky 2/300',
    });
  });
});

describe('the forms of a post that is there', () => {
  beforeEach(async () => {
    await desk.say('/schedule tomorrow 9am to bluesky, @crier: Hello');
  });

  const described = async (id: string, values: Record<string, string>): Promise<FormEcho> =>
    describeForm(await formOf(id), values, await desk.call());

  it('count a new text for the accounts it is for', async () => {
    expect(saidIn(await described('post/edit/P1', { value: 'x'.repeat(301) }))).toEqual({
      value: 'Bluesky 301/300, 1 too many · Mastodon 301/500',
    });
  });

  it('leave out networks with a text of their own, and what is out', async () => {
    await desk.say('/post P1 variant mastodon: Trööt');
    expect(saidIn(await described('post/edit/P1', { value: 'Hi' }))).toEqual({ value: 'Bluesky 2/300' });
    const form = await formOf('post/edit/P1');
    desk.clock.forward({ hours: 24 });
    await desk.settle(() => PUBLISHED);
    expect(saidIn(await describeForm(form, { value: 'Hi' }, await desk.call()))).toEqual({});
  });

  it('count the text of one network', async () => {
    const { form } = (await desk.say('/post P1 variant')).reply;
    if (!form) throw new Error('no form');
    const call = await desk.call();
    expect(saidIn(await describeForm(form, { value: 'mastodon: Trööt' }, call))).toEqual({ value: 'Mastodon 5/500' });
    expect(saidIn(await describeForm(form, { value: 'Trööt' }, call))).toEqual({});
  });

  it('say what a new time means, and that a post does not begin to recur', async () => {
    const echo = await described('post/move/P1', { value: 'to Tuesday 9am' });
    expect([saidIn(echo).value, String(echo.at)]).toEqual(['Tue 24 Nov 2026, 09:00 CET · in 2 days', '2026-11-24T08:00:00Z']);
    expect(saidIn(await described('post/move/P1', { value: 'every Monday' })).value).toContain('goes out at one time');
  });

  it('say nothing of a post that is not there, and of forms that ask for something else', async () => {
    const form = await formOf('post/edit/P1');
    const gone: Form = { ...form, carried: { ...form.carried, post: 'P99' } };
    expect(saidIn(await describeForm(gone, { value: 'Hi' }, await desk.call()))).toEqual({});
    expect(saidIn(await described('connect/form/bluesky', { handle: 'me', password: 'open-sesame' }))).toEqual({});
  });
});
