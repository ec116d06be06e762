// One conversation, held in the terminal, in Slack and in Discord: it is answered alike, and leaves the same in the database.
import { afterAll, describe, expect, it } from 'vitest';
import { closeNewsrooms, PASSWORD } from '../../core/usecases/newsroom.ts';
import { redPng } from '../slack/slack-desk.ts';
import { CONVERSATION, MARKS, type Step, WRONG_PASSWORD } from './conversation.ts';
import { openDiscordFront } from './discord-front.ts';
import type { Front } from './front.ts';
import { type Rows, rowsOf } from './rows.ts';
import { openSlackFront } from './slack-front.ts';
import { openTerminalFront } from './terminal-front.ts';

const FRONTS = { terminal: openTerminalFront, slack: openSlackFront, discord: openDiscordFront };
type Name = keyof typeof FRONTS;

interface Talk {
  steps: number;
  rows: Rows;
  shown: string;
  log: Front['log'];
  problems: readonly unknown[];
}

async function take(front: Front, step: Step): Promise<void> {
  if ('say' in step) {
    const picture = { name: 'kite.png', bytes: await redPng(), altText: 'A red kite' };
    return front.say(step.say, step.withPicture && picture);
  }
  if ('press' in step) return front.press(step.press);
  if ('fill' in step) return front.fill(step.fill);
  return front.publishDue();
}

/** A minute passes before each step, so that what is stored tells in which order it was done. */
async function converse(name: Name): Promise<Talk> {
  const front = await FRONTS[name]();
  try {
    let steps = 0;
    for (const step of CONVERSATION) {
      front.newsroom.clock.forward({ minutes: 1 });
      await take(front, step);
      const text = front.lastReplyText();
      for (const words of step.sees) expect(text, `${name}, at ${JSON.stringify(step)}`).toContain(words);
      steps += 1;
    }
    const rows = await rowsOf(front.newsroom.database, front.workspaceId, front.ownWords);
    return { steps, rows, shown: front.everythingShown(), log: front.log, problems: front.problems() };
  } finally {
    await front.close();
  }
}

const held = new Map<Name, Promise<Talk>>();
/** One after the other: the newsrooms of a file share a database. */
function talkIn(name: Name): Promise<Talk> {
  const talk = held.get(name) ?? converse(name);
  held.set(name, talk);
  return talk;
}

afterAll(closeNewsrooms);

describe.each(['terminal', 'slack', 'discord'] as const)('the conversation in %s', (name) => {
  it('is answered as it is written, step by step', { timeout: 60_000 }, async () => {
    const { steps, problems, log } = await talkIn(name);
    expect(steps).toBe(CONVERSATION.length);
    expect(problems).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('shows no secret, and logs none', { timeout: 60_000 }, async () => {
    const { shown, log } = await talkIn(name);
    expect(shown).toContain('(@kites.example) is connected');
    for (const secret of [PASSWORD, WRONG_PASSWORD]) expect(`${shown} ${JSON.stringify(log.lines)}`).not.toContain(secret);
  });
});

describe('what is stored', () => {
  it('is what was asked for', { timeout: 60_000 }, async () => {
    const { rows } = await talkIn('terminal');
    expect(rows.workspace).toMatchObject([{ time_zone: 'Europe/Berlin', default_time: '10:00', daily_caps: { mastodon: 20 } }]);
    expect(rows.workspace).toMatchObject([{ slots: { all: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['09:00', '17:00'] }] } }]);
    expect(rows.member).toMatchObject([{ time_zone: 'Europe/Lisbon', role: 'admin' }]);
    expect(rows.post?.map(({ number, wall_time, text }) => [number, wall_time, text])).toEqual([
      [1, '2026-11-23T09:00:00', 'We are live'],
      [2, '2027-04-03T12:00:00', 'Spring is here'],
      [3, '2026-11-23T10:00:00', MARKS],
      [4, '2026-11-26T09:00:00', 'Almost Friday'],
      [5, '2026-11-27T17:00:00', 'Red kites #sunset\nand a *blue* one & <more>'],
      [6, '2026-11-24T08:00:00', 'About kites'],
      [7, expect.stringContaining('2026-11-22T09:'), 'Look up'],
      [8, '2026-11-25T09:00:00', 'Midweek, in red'],
      [9, expect.stringContaining('2026-11-22T09:'), 'Hello from the kites'],
      [10, '2026-11-22T17:00:00', 'One of these days'],
      [11, '2026-11-23T09:00:00', 'Some day'],
      [12, '2026-11-22T17:00:00', 'Kites, when there is wind'],
    ]);
    expect(rows.post?.[0]?.variants).toEqual({ bluesky: 'We are live, under a blue sky' });
    expect(rows.digest).toMatchObject([{ number: 1, period: 'daily', wall_time: '09:00', state: 'active' }]);
    expect(rows.series).toMatchObject([{ state: 'paused', text: 'Midweek, in red', time_zone: 'Europe/Lisbon' }]);
    expect(rows.media).toMatchObject([{ alt_text: 'A red kite', mime_type: 'image/png', width: 8, height: 8 }]);
    expect(rows.account?.map(({ handle, state }) => [handle, state])).toContainEqual(['@kites.example', 'disconnected']);
    const states = rows.delivery?.map(({ id, state }) => `${id} is ${state}`);
    expect(states).toEqual(
      expect.arrayContaining([
        'P2 on bluesky @team is canceled',
        'P7 on bluesky @team is published',
        'P8 on bluesky @team is held',
        'P9 on mastodon @kites.example is canceled',
      ]),
    );
  });

  it.each(['slack', 'discord'] as const)('is the same in %s as in the terminal', { timeout: 120_000 }, async (name) => {
    const terminal = await talkIn('terminal');
    const other = await talkIn(name);
    expect(other.rows).toEqual(terminal.rows);
  });
});
