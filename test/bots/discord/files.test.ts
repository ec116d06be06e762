// Files of replies in Discord: what is attached to whose answer, and what is said of one that is too large.
import { ComponentType } from 'discord.js';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { UPLOAD_BYTES } from '../../../src/bots/discord/limits.ts';
import { renderReply } from '../../../src/bots/discord/render.ts';
import type { ReplyFile } from '../../../src/bots/reply.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { readTable } from '../../support/csv.ts';
import { mention } from '../../support/discord/people.ts';
import { GUILD_A } from '../../support/discord/places.ts';
import { type DiscordDesk, isEphemeral, openDiscordDesk, wordsIn } from './discord-desk.ts';

describe('an export in Discord', () => {
  let desk: DiscordDesk;
  beforeEach(async () => {
    desk = await openDiscordDesk();
    await (await desk.ann.slash('draft', { networks: 'bluesky', text: 'Hello, "you"' })).reply();
    await desk.idle();
    return async () => {
      await desk.close();
      expect(desk.discord.troubles).toEqual([]);
    };
  });
  afterAll(closeNewsrooms);

  it('is attached to the answer that whoever asked sees alone', async () => {
    const reply = await (await desk.ann.slash('export', { what: 'posts' })).reply();
    await desk.idle();
    expect(isEphemeral(reply)).toBe(true);
    expect(wordsIn(reply)).toContain('1 row');
    expect(reply.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^posts-.*\.csv$/)]);
    const sent = desk.discord.calls().flatMap(({ files }) => files);
    expect(sent.map(({ bytes }) => readTable(bytes)[0]?.text)).toEqual(['Hello, "you"']);
  });

  it('has nothing attached where nothing fits', async () => {
    const reply = await (await desk.ann.slash('export', { which: 'published' })).reply();
    await desk.idle();
    expect(wordsIn(reply)).toContain('there is no file');
    expect(reply.attachments).toEqual([]);
  });

  it('comes by direct message to somebody who asked by mentioning Crier', async () => {
    await desk.ann.say(`${mention} /export posts`);
    await desk.discord.waitFor('POST /channels/:channel/messages');
    await desk.idle();
    const inChannel = desk.discord.messages(GUILD_A.channels.social);
    expect(inChannel.flatMap(({ attachments }) => attachments)).toEqual([]);
    expect(desk.discord.calls().flatMap(({ files }) => files)).toHaveLength(1);
  });
});

describe('a file in a message', () => {
  const file = (more: Partial<ReplyFile>): ReplyFile => ({
    name: 'table.csv',
    mimeType: 'text/csv',
    bytes: new Uint8Array(3),
    ...more,
  });
  const shownIn = (files: ReplyFile[]): string =>
    JSON.stringify(renderReply({ tone: 'plain', title: 'Here', files }).map(({ components }) => components));

  it('is offered for download, and a picture is shown with what it shows', () => {
    const [message] = renderReply({
      tone: 'plain',
      title: 'Here',
      files: [file({}), file({ name: 'chart.png', mimeType: 'image/png', altText: 'Twelve posts' })],
    });
    const [, ...shown] = message?.components[0]?.components ?? [];
    expect(shown).toEqual([
      { type: ComponentType.File, file: { url: 'attachment://table.csv' } },
      { type: ComponentType.MediaGallery, items: [{ media: { url: 'attachment://chart.png' }, description: 'Twelve posts' }] },
    ]);
    expect(message?.files?.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['table.csv', 'text/csv'],
      ['chart.png', 'image/png'],
    ]);
  });

  it('goes with the message that shows it where a reply is several', () => {
    const sections = Array.from({ length: 30 }, (_, index) => ({ heading: `Part ${index}`, quote: 'word '.repeat(100) }));
    const messages = renderReply({ tone: 'plain', title: 'Here', sections, files: [file({})] });
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.map(({ files = [] }) => files.length)).toEqual([1, ...messages.slice(1).map(() => 0)]);
  });

  it('that is larger than Discord takes is not attached, and it is said what to do', () => {
    const large = file({ bytes: new Uint8Array(UPLOAD_BYTES + 1) });
    const [message] = renderReply({ tone: 'plain', title: 'Here', files: [large] });
    expect(message?.files).toBeUndefined();
    expect(shownIn([large])).toContain('table.csv has 11 MB, and Discord takes 10 MB at most. Ask for less at once');
    expect(shownIn([large])).not.toContain('attachment://');
    expect(shownIn([file({ bytes: new Uint8Array(UPLOAD_BYTES) })])).toContain('attachment://table.csv');
  });
});
