// A refusal says which argument it is about, so that a form shows the sentence there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { resolveAccount } from '../../../src/core/targets.ts';
import { changeSettings } from '../../../src/core/usecases/change-settings.ts';
import type { PostRequest } from '../../../src/core/usecases/compose-post.ts';
import { schedulePost } from '../../../src/core/usecases/schedule-post.ts';
import { closeNewsrooms, HERE, type Newsroom, openNewsroom, PRIVATE_FILES, platforms } from './newsroom.ts';

const FRIDAY = Temporal.ZonedDateTime.from('2026-11-27T09:00[Europe/Berlin]');

let room: Newsroom;
beforeAll(async () => {
  room = await openNewsroom();
});
afterAll(closeNewsrooms);

async function fieldOf(work: () => Promise<unknown>): Promise<string | undefined> {
  const error = await work().then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof CrierError) return error.field;
  throw error;
}

const image = (size: string, more: object = {}) => [{ url: `https://img.example/${size}`, altText: '', ...more }];

describe('a post that is refused', () => {
  it.each<[string, Partial<PostRequest> & { at?: Temporal.ZonedDateTime }, string | undefined]>([
    ['no text', { text: ' ' }, 'text'],
    ['a text with a zero character', { text: 'a\u0000b' }, 'text'],
    ['a text too long', { text: 'x'.repeat(301) }, 'text'],
    ['an own text too long', { variants: { bluesky: 'x'.repeat(301) } }, 'variant:bluesky'],
    ['an unknown network', { targets: 'blusky' }, 'targets'],
    ['no network', { targets: ' ' }, 'targets'],
    ['a name of several accounts', { targets: '@team' }, 'targets'],
    ['a time gone by', { at: FRIDAY.subtract({ days: 30 }) }, 'when'],
    ['an image that is none', { media: image('x') }, 'media'],
    ['an image of a type that is not taken', { media: image('500.gif') }, 'media'],
    ['a file of the chat that is none', { media: image('x', { name: 'kite.png' }) }, 'files'],
    [
      'a file of the chat without its token',
      { media: [{ url: `${PRIVATE_FILES}9.png`, name: 'kite.png', altText: '' }] },
      'files',
    ],
    ['both text and image', { text: 'x'.repeat(301), media: image('500.gif') }, undefined],
  ])('for %s', async (_, more, field) => {
    const request = { text: 'Hello', targets: 'bluesky', media: [], campaign: null, origin: HERE, at: FRIDAY, ...more };
    expect(await fieldOf(() => schedulePost(room.deps, room.actor, request))).toBe(field);
  });
});

describe('other refusals', () => {
  it.each([
    ['tme', '9am', 'name'],
    ['time', 'noonish', 'value'],
    ['dates', 'XYZ', 'value'],
    ['cap', 'bluesky many', 'value'],
    ['country', 'Atlantis', 'value'],
    ['language', 'Klingon', 'value'],
  ])('of the setting %s %s', async (name, value, field) => {
    expect(await fieldOf(() => changeSettings(room.deps, room.actor, { name, value }))).toBe(field);
  });

  it('of an account', async () => {
    const accounts = await room.store.accounts.list(room.actor.workspace.id);
    expect(await fieldOf(async () => resolveAccount('nobody', accounts, platforms))).toBe('account');
    expect(await fieldOf(async () => resolveAccount('mastodon', accounts, platforms))).toBe('account');
  });
});
