// What Slack sends, and who else: signatures, replays, redeliveries, and how soon a request is acknowledged.
import { afterAll, describe, expect, it } from 'vitest';
import type { Deps } from '../../../src/core/ports.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { buttonOf, openSlackDesk, type SlackDesk } from './slack-desk.ts';

const { social } = TEAM_A.channels;
const SCHEDULE = { command: '/schedule', text: 'tomorrow 9am to bluesky: We are live' };

afterAll(closeNewsrooms);

async function withDesk(options: Parameters<typeof openSlackDesk>[0], work: (desk: SlackDesk) => Promise<void>): Promise<void> {
  const desk = await openSlackDesk(options);
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
  expect(desk.problems).toEqual([]);
}

/** The doors of a store that lets nobody in until they are opened. */
function heldStore(): { adapt: (deps: Deps) => Deps; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    open: resolve,
    adapt: (deps) => ({
      ...deps,
      store: { ...deps.store, isFirst: (key) => promise.then(() => deps.store.isFirst(key)) },
    }),
  };
}

describe('a request that Slack has not signed', () => {
  const soon = (): number => Math.floor(Date.now() / 1000);
  it.each([
    ['forged', () => ({ signature: 'v0=0000000000000000000000000000000000000000000000000000000000000000' })],
    ['older than five minutes', () => ({ timestamp: soon() - 301 })],
  ])('%s gets 401, and nothing is done', (_, manner) =>
    withDesk({}, async (desk) => {
      expect(await desk.a.command(SCHEDULE, manner())).toMatchObject({ status: 401, text: '' });
      await desk.idle();
      expect(desk.slack.calls()).toEqual([]);
      expect(await desk.posts()).toEqual([]);
    }),
  );

  it('is not taken anywhere else either', () =>
    withDesk({}, async (desk) => {
      expect((await fetch(desk.url)).status).toBe(405);
      expect((await fetch(`${desk.url}/more`, { method: 'POST' })).status).toBe(404);
    }));
});

describe('a request that comes twice', () => {
  it('is a replayed command, done once', () =>
    withDesk({}, async (desk) => {
      const first = await desk.a.command(SCHEDULE);
      const second = await desk.a.again(first);
      expect([first.status, second.status]).toEqual([200, 200]);
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
      expect(await desk.slack.messages(social)).toHaveLength(1);
    }));

  it('is an event delivered again, done once', () =>
    withDesk({}, async (desk) => {
      const first = await desk.a.mention({ text: '@Crier publish to bluesky: We are live', channel: social });
      await desk.a.again(first);
      await desk.a.again(first, { retry: 2 });
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }));

  it('is a press delivered again, done once', () =>
    withDesk({}, async (desk) => {
      await desk.a.command(SCHEDULE);
      const card = await desk.slack.waitForMessage(social);
      await desk.idle();
      const first = await desk.a.press(card, buttonOf(card, 'Publish now'));
      await desk.a.again(first);
      await desk.idle();
      expect(desk.slack.calls('chat.update')).toHaveLength(1);
    }));
});

describe('the acknowledgement', () => {
  it('does not wait for the database, and the work goes on once it answers', async () => {
    const held = heldStore();
    await withDesk({ adapt: held.adapt }, async (desk) => {
      const acked = await desk.a.command(SCHEDULE);
      const heard = await desk.a.mention({ text: '@Crier publish to bluesky: We are live too', channel: social });
      expect([acked.status, heard.status]).toEqual([200, 200]);
      expect(desk.slack.calls('chat.postMessage')).toEqual([]);
      held.open();
      await desk.idle();
      expect(await desk.posts()).toHaveLength(2);
    });
  });

  it('stops only when the work that was acknowledged is done', async () => {
    const held = heldStore();
    const desk = await openSlackDesk({ adapt: held.adapt });
    await desk.a.command(SCHEDULE);
    const closed = desk.close();
    held.open();
    await closed;
    expect(await desk.posts()).toHaveLength(1);
  });
});

describe('Socket Mode', () => {
  it('takes a command, acknowledges its envelope and posts the card', () =>
    withDesk({ mode: 'socket' }, async (desk) => {
      const { body } = await desk.a.command(SCHEDULE);
      expect(body ?? {}).toEqual({});
      await desk.slack.waitForMessage(social);
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }));

  it('does a redelivered envelope once', () =>
    withDesk({ mode: 'socket' }, async (desk) => {
      const first = await desk.a.mention({ text: '@Crier publish to bluesky: We are live', channel: social });
      await desk.a.again(first);
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }));
});

describe('a Socket Mode connection', () => {
  it.each([
    ['that Slack renews', (desk: SlackDesk) => desk.slack.socket.disconnect('refresh_requested')],
    ['that breaks', (desk: SlackDesk) => desk.slack.socket.drop()],
  ])('%s is made again, and takes what comes then', (_, end) =>
    withDesk({ mode: 'socket' }, async (desk) => {
      end(desk);
      await desk.slack.until(() => desk.slack.calls('apps.connections.open').length > 1, 'another connection');
      await desk.a.command(SCHEDULE);
      await desk.slack.waitForMessage(social);
    }),
  );

  it('goes on being asked for while Slack does not answer', () =>
    withDesk({ mode: 'socket' }, async (desk) => {
      desk.slack.failNext('apps.connections.open', { status: 500 });
      desk.slack.socket.drop();
      await desk.slack.until(() => desk.slack.calls('apps.connections.open').length > 2, 'a third try');
      await desk.a.command(SCHEDULE);
      await desk.slack.waitForMessage(social);
      expect(desk.log.lines).toContainEqual(
        expect.objectContaining({ level: 'warn', message: expect.stringContaining('Socket Mode') }),
      );
    }));
});

describe('Crier being removed from a team', () => {
  const isThere = async (desk: SlackDesk): Promise<boolean> =>
    (await desk.newsroom.store.installations.find('slack', TEAM_A.id)) !== null;

  it('is heard of by app_uninstalled', () =>
    withDesk({}, async (desk) => {
      desk.slack.revokeTokens(TEAM_A);
      await desk.a.event({ type: 'app_uninstalled' });
      await desk.idle();
      expect(await isThere(desk)).toBe(false);
      expect((await desk.enter(TEAM_A)).workspace.removedAt).not.toBeNull();
    }));

  it('is heard of by tokens_revoked where a bot token is among them', () =>
    withDesk({}, async (desk) => {
      await desk.a.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
      await desk.idle();
      expect(await isThere(desk)).toBe(true);
      desk.slack.revokeTokens(TEAM_A, 'token_revoked');
      await desk.a.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: [TEAM_A.botUserId] } });
      await desk.idle();
      expect(await isThere(desk)).toBe(false);
    }));

  it('is learned from a token that Slack refuses', () =>
    withDesk({}, async (desk) => {
      desk.slack.revokeTokens(TEAM_A);
      await desk.a.command(SCHEDULE);
      await desk.idle();
      expect(await isThere(desk)).toBe(false);
      expect(await desk.posts()).toHaveLength(1);
    }));
});
