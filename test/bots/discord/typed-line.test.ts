// What a person reads to type must be what Discord lets them type.
import { expect, it } from 'vitest';
import { asTyped } from '../../../src/bots/discord/typed-line.ts';

it.each([
  [
    '/schedule tomorrow 9am to bluesky, mastodon: We are live',
    '/schedule when:tomorrow 9am networks:bluesky, mastodon text:We are live',
  ],
  ['/post P12 move tomorrow 9am', '/post post:P12 action:move value:tomorrow 9am'],
  ['/settings cap bluesky 10', '/settings name:cap value:bluesky 10'],
  ['/help schedule', '/help command:schedule'],
  ['/connect bluesky', '/connect platform:bluesky'],
  ['/schedule <when> <targets> <text> [media] [campaign]', '/schedule <when> <networks> <text> [media] [campaign]'],
])('%s is said with the names of its options', (line, typed) => {
  expect(asTyped(line)).toBe(typed);
});

it.each([
  ['/overview'],
  ['tomorrow 9am'],
  ['/invite @Crier'],
  ['/publish to bluesky --image https://example.com/kite.jpg "A red kite": Look up'],
])('%s stays as it is', (line) => {
  expect(asTyped(line)).toBe(line);
});
