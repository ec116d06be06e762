// Files of replies in Slack: who is handed them, and what is said where that cannot be done.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import type { SlackMessage } from '../../support/slack/records.ts';
import { readText } from './read-blocks.ts';
import { openSlackDesk, type SlackDesk } from './slack-desk.ts';

const { social } = TEAM_A.channels;
const { ann, bob } = TEAM_A.people;

let desk: SlackDesk;
beforeEach(async () => {
  const pictures = { calendar: async () => new Uint8Array(8), report: async () => new Uint8Array(8) };
  desk = await openSlackDesk({ adapt: (deps) => ({ ...deps, pictures }) });
  await desk.a.command({ command: '/draft', text: 'to bluesky: Hello' });
  await desk.idle();
  return async () => {
    await desk.close();
    expect(desk.problems).toEqual([]);
  };
});
afterAll(closeNewsrooms);

const filesIn = (messages: readonly SlackMessage[]): unknown[] => messages.flatMap(({ files }) => files.map(({ name }) => name));
const toldTo = (userId: string): string =>
  desk.slack
    .whispers(userId)
    .map(({ text, blocks }) => `${text} ${readText(blocks ?? [])}`)
    .join('\n');

describe('a file', () => {
  it('that one person asked for comes into their direct messages, and the answer in the channel says so', async () => {
    await desk.a.command({ command: '/export', text: 'posts' });
    await desk.idle();
    expect(filesIn(await desk.slack.messages(ann.id))).toEqual([expect.stringMatching(/^posts-.*\.csv$/)]);
    expect(toldTo(ann.id)).toContain('1 row');
    expect(toldTo(ann.id)).toContain('The file is in your direct messages with Crier.');
    expect(filesIn(await desk.slack.messages(social))).toEqual([]);
    expect(await desk.slack.messages(bob.id)).toEqual([]);
  });

  it('is whole and is sent under its name', async () => {
    await desk.a.command({ command: '/export', text: 'posts' });
    await desk.idle();
    const [asked] = desk.slack.calls('files.getUploadURLExternal');
    const [done] = desk.slack.calls('files.completeUploadExternal');
    const [message] = await desk.slack.messages(ann.id);
    expect(asked?.ok && done?.ok).toBe(true);
    expect(message?.files[0]).toMatchObject({ name: asked?.args.filename, size: Number(asked?.args.length) });
  });

  it('stays away with a sentence where the app was installed without the permission for it', async () => {
    desk.slack.failNext('files.getUploadURLExternal', { error: 'missing_scope' });
    await desk.a.command({ command: '/export', text: 'posts' });
    await desk.idle();
    expect(toldTo(ann.id)).toContain('Whoever runs Crier adds the permission files:write');
    expect(toldTo(ann.id)).not.toContain('1 row');
  });

  it('that is a picture of what is said is left out there, and all else is said', async () => {
    desk.slack.failNext('files.getUploadURLExternal', { error: 'missing_scope' });
    await desk.a.command({ command: '/calendar', text: 'week' });
    await desk.idle();
    expect(toldTo(ann.id)).toContain('Whoever runs Crier adds the permission files:write');
    expect(toldTo(ann.id)).toContain('Calendar of 16 to 22 November 2026');
  });

  it('is sent all the same where Slack asks to wait', async () => {
    desk.slack.failNext('files.getUploadURLExternal', { status: 429, retryAfter: 0 });
    await desk.a.command({ command: '/export', text: 'posts' });
    await desk.idle();
    expect(filesIn(await desk.slack.messages(ann.id))).toHaveLength(1);
  });
});
