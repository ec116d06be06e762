// A day on which an account has all its posts: what is refused, what is offered instead, and that nothing typed is lost.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('/settings caps bluesky 1');
  await desk.say('/schedule tomorrow 9am to bluesky: One');
});
afterAll(closeNewsrooms);

const FULL = 'Bluesky (@team.bsky.social) has its one post of that day (/settings cap bluesky 2 would allow one more).';
const NEXT = 'Tue 24 Nov 2026, 09:00 CET';

describe('a post over the daily cap', () => {
  it('is kept as a draft, and the next free slot is offered', async () => {
    await desk.say('/settings slots Mon-Fri 09:00');
    const { reply } = await desk.say('/schedule tomorrow 10am to bluesky: Two');
    expect(wordsOf(reply)).toContain(`${FULL} The next free slot is ${NEXT}.`);
    expect(labelsOf(reply)[0]).toBe(NEXT);
    expect((await desk.find(2)).deliveries).toMatchObject([{ state: 'held', holdReason: 'draft' }]);
  });

  it('is offered the same time of the next day with room where its networks have no slot in common', async () => {
    await desk.say('/settings slots bluesky: Mon 08:00');
    await desk.say('/settings slots mastodon: Tue 18:00');
    await desk.say('/schedule Tuesday 9am to bluesky: Two');
    const { reply } = await desk.say('/schedule tomorrow 10am to all: Three');
    expect(wordsOf(reply)).toContain(`${FULL} The next day with room for it is Wed 25 Nov 2026, 10:00 CET, at the same time.`);
    await desk.press(idOf(reply, 'Wed 25 Nov 2026, 10:00 CET'));
    const { post, deliveries } = await desk.find(3);
    expect({ text: post.text, at: post.slot?.wallTime }).toEqual({ text: 'Three', at: '2026-11-25T10:00:00' });
    expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['scheduled']));
  });

  it('goes into that slot by one press', async () => {
    await desk.say('/settings slots Mon-Fri 09:00');
    const { reply } = await desk.say('/schedule tomorrow 10am to bluesky: Two');
    await desk.press(idOf(reply, NEXT));
    const { post, deliveries } = await desk.find(2);
    expect({ text: post.text, at: post.slot?.wallTime, state: deliveries[0]?.state }).toEqual({
      text: 'Two',
      at: '2026-11-24T09:00:00',
      state: 'scheduled',
    });
  });

  it('is offered a slot where it was to go out at once, too', async () => {
    await desk.say('/publish to bluesky: Now');
    const { reply } = await desk.say('/publish to bluesky: Now again');
    expect(wordsOf(reply)).toContain(`${FULL} The next free slot is`);
  });

  it('is not moved to such a day, and stays where it is', async () => {
    await desk.say('/schedule Tuesday 9am to bluesky: Two');
    const { reply, refused } = await desk.say('/post P2 move tomorrow 11am');
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(`${FULL} Choose another day, or "queue" for the next free slot.`);
    expect((await desk.find(2)).post.slot?.wallTime).toBe('2026-11-24T09:00:00');
  });

  it('may be moved within its own day', async () => {
    expect((await desk.say('/post P1 move tomorrow 11am')).refused).toBe(false);
  });

  it('is scheduled for other accounts all the same', async () => {
    expect((await desk.say('/schedule tomorrow 10am to mastodon: Two')).refused).toBe(false);
  });

  it('is scheduled where the cap was raised, or taken away', async () => {
    await desk.say('/settings cap bluesky 2');
    expect((await desk.find(1)).deliveries).toHaveLength(1);
    await desk.say('/schedule tomorrow 10am to bluesky: Two');
    await desk.say('/settings cap bluesky none');
    await desk.say('/schedule tomorrow 11am to bluesky: Three');
    expect((await desk.find(3)).deliveries).toMatchObject([{ state: 'scheduled' }]);
  });

  it('counts by the days of the workspace', async () => {
    await desk.say('/settings timezone Pacific/Auckland');
    expect((await desk.say('/schedule Tuesday 8am to bluesky: Two')).reply.title).toContain('scheduled');
  });
});
