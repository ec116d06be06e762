// Forms in modals: opening, notes while they are filled in, errors at their fields, and answers that come late.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeNewsrooms, PASSWORD } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import { withoutAddress } from '../../support/slack/files.ts';
import type { ShownView } from '../../support/slack/records.ts';
import { buttonOf, openSlackDesk, redPng, type SlackDesk, wordsIn } from './slack-desk.ts';

const { social } = TEAM_A.channels;
const { ann, bob } = TEAM_A.people;
const FILLED = { 'field:when': 'tomorrow 9am', 'field:targets': ['bluesky/@acme'], 'field:text': 'We are live' };

afterAll(closeNewsrooms);

async function withDesk(
  work: (desk: SlackDesk) => Promise<void>,
  options: Parameters<typeof openSlackDesk>[0] = {},
): Promise<void> {
  const desk = await openSlackDesk(options);
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
  expect(desk.problems).toEqual([]);
}

async function openForm(desk: SlackDesk, text = '', command = '/schedule'): Promise<ShownView> {
  await desk.a.command({ command, text });
  await desk.idle();
  return desk.slack.waitForView(ann.id);
}

const topmost = (desk: SlackDesk): ShownView => {
  const view = desk.slack.views(ann.id).at(-1);
  if (!view) throw new Error('no modal is open');
  return view;
};

describe('the form of /schedule', () => {
  it('opens for the command alone, and what is sent becomes a card in the channel', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk);
      await desk.a.submit(form, FILLED);
      await desk.idle();
      expect(desk.slack.views(ann.id)).toEqual([]);
      const card = await desk.slack.waitForMessage(social);
      expect(wordsIn(card)).toContain('We are live');
      expect((await desk.posts())[0]?.post.origin.message).toBe(card.ts);
    }));

  it('is filled with what was understood, and says what is missing', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk, 'to bluesky: We are live');
      expect(wordsIn(form)).toContain('Still missing: the time');
      expect(wordsIn(form)).toContain('We are live');
      await desk.a.submit(form, { 'field:when': 'tomorrow 9am' });
      await desk.idle();
      expect((await desk.posts())[0]?.deliveries.map(({ platform }) => platform)).toEqual(['bluesky']);
    }));

  it('shows an error at its field, and takes what was put right', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk);
      const { body } = await desk.a.submit(form, { ...FILLED, 'field:when': 'yesterday' });
      expect(body).toMatchObject({ response_action: 'errors', errors: { 'field:when': expect.stringMatching(/gone by|past/) } });
      expect(await desk.posts()).toEqual([]);
      await desk.a.submit(topmost(desk), { ...FILLED, 'field:when': 'tomorrow 9am' });
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }));

  it('wants a time before anything is asked of the database', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk);
      const { body } = await desk.a.submit(form, { ...FILLED, 'field:when': null });
      expect(body).toMatchObject({ response_action: 'errors', errors: { 'field:when': expect.any(String) } });
    }));

  it('says while it is filled in what the time means and what each network counts', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk);
      await desk.a.change(form, 'field:when', 'tomorrow 9am');
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('Mon 23 Nov 2026, 09:00');
      await desk.a.change(topmost(desk), 'field:targets', ['bluesky/@acme', 'mastodon/@acme']);
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('field:variant:mastodon');
      await desk.a.change(topmost(desk), 'field:text', 'x'.repeat(301));
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('Bluesky 301/300, 1 too many');
      expect(wordsIn(topmost(desk))).toContain('Mastodon 301/500');
      await desk.a.submit(topmost(desk), { 'field:text': 'For all', 'field:variant:mastodon': 'For Mastodon' });
      await desk.idle();
      const [post] = await desk.posts();
      expect(post?.post).toMatchObject({ text: 'For all', variants: { mastodon: 'For Mastodon' } });
      expect(post?.post.slot?.wallTime).toBe('2026-11-23T09:00:00');
    }));

  it('keeps the newest of many quick changes, and the form as it is where Slack has a newer one', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk, 'to bluesky: x');
      await Promise.all(
        ['to', 'tomorrow', 'tomorrow 9', 'tomorrow 9am'].map((typed) => desk.a.change(form, 'field:when', typed)),
      );
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('09:00');
      const { length } = desk.slack.calls('views.update');
      desk.slack.failNext('views.update', { error: 'hash_conflict' });
      await desk.a.change(topmost(desk), 'field:when', 'tomorrow 10am');
      await desk.idle();
      expect(desk.slack.calls('views.update').length).toBeGreaterThan(length);
      expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    }));

  it('takes files, with their descriptions, also those that Slack must be asked for', () =>
    withDesk(async (desk) => {
      const kite = desk.slack.shareFile({ name: 'kite.png', bytes: await redPng(), altText: 'A red kite' });
      const sky = desk.slack.shareFile({ name: 'sky.png', bytes: await redPng(), altText: 'The sky' });
      const form = await openForm(desk, 'tomorrow 9am to mastodon');
      await desk.a.submit(form, { 'field:text': 'Look up', 'field:files': [kite, withoutAddress(sky)] });
      await desk.idle();
      const [post] = await desk.posts();
      expect(post?.media.map(({ altText, width }) => [altText, width])).toEqual([
        ['A red kite', 8],
        ['The sky', 8],
      ]);
    }));

  it('takes a video as it takes images', () =>
    withDesk(async (desk) => {
      const bytes = await readFile(join(import.meta.dirname, '../../fixtures/media/turned.mp4'));
      const clip = desk.slack.shareFile({ name: 'clip.mp4', bytes: new Uint8Array(bytes), altText: 'A clock runs' });
      const form = await openForm(desk, 'tomorrow 9am to mastodon');
      await desk.a.submit(form, { 'field:text': 'Look', 'field:files': [clip] });
      await desk.idle();
      const [post] = await desk.posts();
      expect(post?.media).toMatchObject([
        { mimeType: 'video/mp4', width: 48, height: 64, durationMs: 2000, altText: 'A clock runs' },
      ]);
    }));

  it.each([
    ['is nothing it can read', [{ name: 'menu.docx', size: 0 }], 'menu.docx is not a file Crier can read'],
    ['is too large', [{ name: 'wall.png', size: 1_000_001 }], 'wall.png is larger than 1 MB'],
    ['is one too many', ['a.png', 'b.png', 'c.png'].map((name) => ({ name, size: 0 })), 'takes 2 images and this post has 3'],
  ])('says at the files that one %s, and takes what was put right', (_, shared, sentence) =>
    withDesk(async (desk) => {
      const png = await redPng();
      const share = ({ name, size }: { name: string; size: number }) =>
        desk.slack.shareFile({
          name,
          bytes: size > 0 ? new Uint8Array(size) : name.endsWith('.png') ? png : Buffer.from('%PDF'),
        });
      const form = await openForm(desk, 'tomorrow 9am to mastodon');
      const { body } = await desk.a.submit(form, { 'field:text': 'Look up', 'field:files': shared.map(share) });
      expect(body).toMatchObject({ response_action: 'errors', errors: { 'field:files': expect.stringContaining(sentence) } });
      await desk.a.submit(topmost(desk), { 'field:text': 'Look up', 'field:files': [] });
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }),
  );

  it('says at a network’s own text that it is too long', () =>
    withDesk(async (desk) => {
      await openForm(desk, 'tomorrow 9am to bluesky');
      const sent = { 'field:text': 'We are live', 'field:variant:bluesky': 'x'.repeat(301) };
      const { body } = await desk.a.submit(topmost(desk), sent);
      expect(body).toMatchObject({ errors: { 'field:variant:bluesky': expect.stringContaining('shorten it by 1') } });
    }));

  it('says which file Slack does not give, and why', () =>
    withDesk(async (desk) => {
      const kite = desk.slack.shareFile({ name: 'kite.png', bytes: await redPng() });
      const form = await openForm(desk, 'tomorrow 9am to mastodon');
      desk.slack.failNext('files.info', { error: 'file_not_found' });
      const { body } = await desk.a.submit(form, { 'field:text': 'Look up', 'field:files': [withoutAddress(kite)] });
      expect(body).toMatchObject({ errors: { 'field:files': expect.stringContaining('Share it here once more') } });
    }));

  it('takes the time of the picker or that of the words, whichever was used last', () =>
    withDesk(async (desk) => {
      await openForm(desk, 'to bluesky: We are live');
      const pick = (at: string) => {
        const picker = topmost(desk).blocks.find(({ block_id = '' }) => block_id.startsWith('pick:when'))?.block_id ?? '';
        return desk.a.change(topmost(desk), picker, Temporal.Instant.from(at)).then(desk.idle);
      };
      await pick('2026-11-25T08:30:00Z');
      await desk.a.change(topmost(desk), 'field:when', 'Friday noon');
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('Fri 27 Nov 2026, 12:00');
      await pick('2026-11-26T08:30:00Z');
      await desk.a.submit(topmost(desk));
      await desk.idle();
      expect((await desk.posts())[0]?.post.slot?.wallTime).toBe('2026-11-26T09:30:00');
    }));

  it('opens from a button, filled as it was, where Slack did not wait for it', () =>
    withDesk(async (desk) => {
      desk.slack.failNext('views.open', { error: 'expired_trigger_id' });
      await desk.a.command({ command: '/schedule', text: 'to bluesky: We are live' });
      await desk.idle();
      const said = await desk.slack.waitForWhisper(ann.id);
      await desk.a.press(said, buttonOf(said, 'Open the form'));
      await desk.idle();
      expect(wordsIn(topmost(desk))).toContain('We are live');
    }));

  it('is answered privately, with the text it held, where the answer comes after it was closed', () =>
    withDesk(
      async (desk) => {
        const kite = withoutAddress(desk.slack.shareFile({ name: 'kite.png', bytes: await redPng() }));
        const form = await openForm(desk, 'tomorrow 9am to bluesky');
        const asked = Promise.withResolvers<void>();
        desk.slack.failNext('files.info', { hold: asked.promise });
        const { body } = await desk.a.submit(form, { 'field:text': 'x'.repeat(301), 'field:files': [kite] });
        expect(body).toBeNull();
        expect(desk.slack.views(ann.id)).toEqual([]);
        asked.resolve();
        await desk.idle();
        const said = wordsIn(await desk.slack.waitForWhisper(ann.id));
        expect(said).toContain('x'.repeat(301));
        expect(said).toContain('shorten it by 1');
      },
      { submitWaitMs: 1 },
    ));

  it('stores one post where it is sent twice', () =>
    withDesk(async (desk) => {
      const sent = await desk.a.submit(await openForm(desk), FILLED);
      await desk.a.again(sent);
      await desk.idle();
      expect(await desk.posts()).toHaveLength(1);
    }));

  it('that is none of ours is closed, and said to be of no use', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk);
      await desk.a.submit({ ...form, private_metadata: 'of last year' }, FILLED);
      await desk.idle();
      expect(wordsIn((await desk.slack.messages(ann.id))[0] ?? {})).toContain('earlier version of Crier');
    }));
});

describe('a secret', () => {
  it('is asked for in a form that follows the choice of a network, and shown to nobody', () =>
    withDesk(async (desk) => {
      const form = await openForm(desk, '', '/connect');
      const { body } = await desk.a.submit(form, { 'field:platform': 'bluesky' });
      expect(body).toMatchObject({ response_action: 'update' });
      const wrong = await desk.a.submit(topmost(desk), { 'field:handle': 'acme', 'field:password': 'wrong-password' });
      expect(wrong.body).toMatchObject({ response_action: 'errors' });
      await desk.a.submit(topmost(desk), { 'field:handle': 'acme', 'field:password': PASSWORD });
      await desk.idle();
      const said = await desk.slack.waitForWhisper(ann.id);
      expect(wordsIn(said)).toContain('connected');
      expect(await desk.slack.messages(social)).toEqual([]);
      expect(JSON.stringify([desk.log.lines, said, desk.slack.calls()])).not.toMatch(/wrong-password|open-sesame/);
    }));

  it('is not asked of those who may not connect', () =>
    withDesk(async (desk) => {
      await desk.a.command({ command: '/connect', text: 'bluesky', user: bob.id });
      await desk.idle();
      expect(wordsIn(await desk.slack.waitForWhisper(bob.id))).toContain('Your role here is author');
      expect(desk.slack.views(bob.id)).toEqual([]);
    }));
});
