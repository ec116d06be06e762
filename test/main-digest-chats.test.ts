// Digests, and figures in the threads of posts, in Slack and at the terminal, as the real process tells them around kills and absences.
import { userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { SCOPES } from '../src/bots/slack/manifest.ts';
import { makeKeyHex } from '../src/db/vault.ts';
import { type Crier, useCrier } from './support/crier.ts';
import { type DigestHouse, openDigestHouse } from './support/digest-house.ts';
import { APP, TEAM_A } from './support/slack/cast.ts';
import { openSlackServer, type SlackServer } from './support/slack/server.ts';

const { start, startService } = useCrier();
const KEY = makeKeyHex();
const soon = { timeout: 30_000, interval: 100 };

const envOf = ({ url }: DigestHouse) => ({ DATABASE_URL: url, ENCRYPTION_KEY: KEY, MOCK_SOCIAL: 'false' });

const settled = (house: DigestHouse): Promise<void> =>
  vi.waitFor(async () => expect((await house.digests()).map(house.isSettled)).toEqual([true]), soon);

async function stop({ child, exit, log }: Pick<Crier, 'exit' | 'log'> & Pick<Crier<null>, 'child'>): Promise<void> {
  child.kill('SIGTERM');
  expect(await exit, log()).toBe(0);
}

describe('in Slack', () => {
  const { social } = TEAM_A.channels;
  const { ann } = TEAM_A.people;
  let slack: SlackServer;
  let house: DigestHouse;

  beforeEach(async () => {
    slack = await openSlackServer({ scopes: SCOPES.map(({ scope }) => scope) });
    const team = { chat: 'slack', teamId: TEAM_A.id, teamName: TEAM_A.name } as const;
    house = await openDigestHouse({ ...team, userId: ann.id, userName: 'Ann', role: 'admin', timeZone: 'Europe/Berlin' }, KEY);
  });
  afterEach(async () => {
    await slack.close();
    await house.close();
  });

  const startBot = (): Crier<null> =>
    startService({
      ...envOf(house),
      ...{ CRIER_ROLE: 'bot', SLACK_API_URL: slack.apiUrl, SLACK_APP_TOKEN: APP.appToken, SLACK_BOT_TOKEN: TEAM_A.botToken },
    });

  /** The next message is held; it came when `came` resolves, and is there once it is let go. */
  function holdMessage(): { came: Promise<void>; letGo: () => void } {
    const came = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    slack.failNext('chat.postMessage', {
      get hold() {
        came.resolve();
        return gate.promise;
      },
    });
    return { came: came.promise, letGo: gate.resolve };
  }

  /** A process is killed while its message is on its way, which arrives all the same. */
  async function killWhileSaying(): Promise<void> {
    const held = holdMessage();
    const first = startBot();
    await held.came;
    first.child.kill('SIGKILL');
    await first.exit;
    held.letGo();
    await slack.waitForCall('chat.postMessage');
  }

  it('a digest of a process that was killed before it could write that down is there once', { timeout: 120_000 }, async () => {
    await house.publish({ channel: social, message: null }, 24);
    await house.addDigest(social);
    await house.makeDue();
    await killWhileSaying();
    await house.endLeases();
    const second = startBot();
    await settled(house);
    await stop(second);
    const said = (await slack.messages(social)).filter(({ blocks }) => JSON.stringify(blocks).includes('1 post went out'));
    expect(said).toHaveLength(1);
    // the chart of the first is in it, and none was uploaded for nothing
    expect(slack.calls('files.completeUploadExternal')).toHaveLength(1);
  });

  it('figures under a card are there once where their process was killed', { timeout: 120_000 }, async () => {
    const card = await sayAsBot(slack, social);
    await house.publish({ channel: social, message: card }, 25);
    slack.forgetCalls();
    await killWhileSaying();
    await house.endLeases();
    const second = startBot();
    await vi.waitFor(async () => expect(await house.toldFigures()).toBe(1), soon);
    await stop(second);
    const told = (await slack.thread(social, card)).filter(({ blocks }) => JSON.stringify(blocks).includes('41 likes'));
    expect(told).toHaveLength(1);
  });
});

async function sayAsBot({ apiUrl }: SlackServer, channel: string): Promise<string> {
  const answer = await fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEAM_A.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, text: 'P1 is scheduled' }),
  });
  return z.object({ ts: z.string() }).parse(await answer.json()).ts;
}

it('a digest that came due while nobody sat at the terminal is printed at the next start, once', {
  timeout: 120_000,
}, async () => {
  const { username } = userInfo();
  const team = { chat: 'terminal', teamId: 'terminal', teamName: 'This terminal' } as const;
  const me = { userId: username, userName: username, role: 'admin', timeZone: 'Europe/Berlin' } as const;
  const house = await openDigestHouse({ ...team, ...me }, KEY);
  await house.addDigest('terminal');
  await house.makeDue(3_600);
  const nobody = startService(envOf(house));
  await nobody.logs('running until SIGTERM');
  await stop(nobody);
  expect((await house.digests()).map(house.isSettled)).toEqual([false]);
  const first = start(envOf(house));
  await first.says('This was due at');
  await settled(house);
  first.child.stdin.end();
  expect(await first.exit, first.log()).toBe(0);
  const second = start(envOf(house));
  second.child.stdin.end('/digest list\n');
  expect(await second.exit, second.log()).toBe(0);
  expect(first.output().split('Nothing went out')).toHaveLength(2);
  expect(second.output()).toContain('D1');
  expect(second.output()).not.toContain('Nothing went out');
  await house.close();
});
