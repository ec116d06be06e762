import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bots/reply.ts';
import { EXPORT_COLUMNS } from '../../../src/core/export.ts';
import { closeNewsrooms, FAILED, PUBLISHED } from '../../core/usecases/newsroom.ts';
import { readCsv, readTable } from '../../support/csv.ts';
import { type Desk, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const ask = async (line: string): Promise<Reply> => (await desk.say(line)).reply;
const bytesOf = ({ files = [] }: Reply): Uint8Array => {
  const [file, second] = files;
  if (!file || second) throw new Error(`${files.length} files`);
  return file.bytes;
};
const rowsOf = async (line: string): Promise<Record<string, string>[]> => readTable(bytesOf(await ask(line)));
const namesOf = async (line: string): Promise<(string | undefined)[]> => (await rowsOf(line)).map((row) => row.post);

describe('/export posts', () => {
  it('hands over one row for each post and account, and says how many', async () => {
    await desk.say('/schedule tomorrow 9am to bluesky, @crier --campaign Launch: Come to our #Fair');
    const reply = await ask('/export posts');
    expect(wordsOf(reply)).toContain(
      'Posts exported\n2 rows, one for each post and account, in posts-2026-11-22-100000.csv.\nTimes are in Europe/Berlin.',
    );
    expect(reply.files?.map(({ name, mimeType }) => [name, mimeType])).toEqual([['posts-2026-11-22-100000.csv', 'text/csv']]);
    expect(reply.private).toBe(true);
    const [first, second] = readTable(bytesOf(reply));
    expect(first).toEqual({
      post: 'P1',
      state: 'scheduled',
      hold_reason: '',
      planned_at: '2026-11-23T09:00:00+01:00[Europe/Berlin]',
      published_at: '',
      network: 'Bluesky',
      account: 'team.bsky.social',
      text: 'Come to our #Fair',
      first_comment: '',
      options: '',
      media_count: '0',
      campaign: 'Launch',
      hashtags: '#fair',
      series: '',
      author: 'Ann',
      url: '',
      remote_id: '',
      error_kind: '',
      error_message: '',
    });
    expect([second?.network, second?.account]).toEqual(['Mastodon', 'crier@chaos.social']);
  });

  it('tells what has become of each, in the zone of whoever asks', async () => {
    await desk.say('/schedule in 2 hours to bluesky, @crier: Hello');
    desk.clock.forward({ hours: 2, seconds: 3 });
    await desk.settle(({ account }) => (account.platform === 'bluesky' ? PUBLISHED : FAILED));
    await desk.say('/timezone Asia/Tokyo');
    const [out, failed] = await rowsOf('/export posts');
    expect(out).toMatchObject({
      state: 'published',
      planned_at: '2026-11-22T20:00:00+09:00[Asia/Tokyo]',
      published_at: '2026-11-22T20:00:03+09:00[Asia/Tokyo]',
      url: 'https://bluesky.example/post/1',
      remote_id: 'r1',
    });
    expect(failed).toMatchObject({ state: 'failed', error_kind: 'rejected', error_message: 'The network refused it.', url: '' });
  });

  it('holds the text as each network gets it, with what goes beside it', async () => {
    await desk.run('schedule', {
      when: 'tomorrow 9am',
      targets: 'bluesky, @crier',
      text: 'For all',
      'variant:mastodon': 'For Mastodon',
      comment: 'First',
      options: 'mastodon visibility=unlisted title="Big, news"',
      media: 'https://img.example/500.png',
    });
    const [onBluesky, onMastodon] = await rowsOf('/export posts');
    expect(onBluesky).toMatchObject({ text: 'For all', first_comment: 'First', options: '', media_count: '1' });
    expect(onMastodon?.text).toBe('For Mastodon');
    expect(JSON.parse(onMastodon?.options ?? '')).toMatchObject({ visibility: 'unlisted' });
  });

  it('says of what recurs how, and of a draft that it has no time', async () => {
    await desk.say('/schedule every Monday 9am to bluesky: Weekly');
    await desk.say('/draft to bluesky: Some day');
    const [weekly, draft] = await rowsOf('/export posts');
    expect(weekly?.series).toBe('every Monday at 09:00 in Europe/Berlin');
    expect(draft).toMatchObject({ state: 'held', hold_reason: 'draft', planned_at: '', series: '' });
  });

  it.each([
    ['line breaks and quotes', 'One,\n"two"\n\nthree'],
    ['emoji', '👩🏽‍🚀 lift-off 🏳️‍🌈'],
    ['text from right to left', 'שלום, עולם'],
  ])('gives back %s untouched', async (_, text) => {
    await desk.run('draft', { targets: 'bluesky', text });
    expect((await rowsOf('/export posts'))[0]?.text).toBe(text);
  });

  it.each(['=HYPERLINK("https://evil.example")', '+1 for this', '-1 to that', '@friend, hello'])(
    'writes %s so that no spreadsheet calculates it',
    async (text) => {
      await desk.run('draft', { targets: 'bluesky', text });
      expect((await rowsOf('/export posts'))[0]?.text).toBe(`'${text}`);
    },
  );

  it('names its columns in the first row', async () => {
    await desk.say('/draft to bluesky: Hi');
    expect(readCsv(bytesOf(await ask('/export posts')))[0]).toEqual([...EXPORT_COLUMNS]);
  });

  it('says so where nothing fits, and makes no file', async () => {
    await desk.say('/draft to bluesky: Hi');
    const reply = await ask('/export posts published');
    expect(wordsOf(reply)).toBe('Nothing to export\nNo post fits this, so there is no file. /export posts takes all there are.');
    expect(reply.files).toBeUndefined();
  });

  it('is for whoever may look on, and holds nothing of other workspaces', async () => {
    await desk.say('/draft to bluesky: Ours');
    const viewer = await desk.enter({ userId: 'vic', role: 'viewer' });
    expect(readTable(bytesOf((await desk.say('/export posts', viewer)).reply))).toHaveLength(1);
    const stranger = await desk.enter({ teamId: 'another-team' });
    expect(wordsOf((await desk.say('/export posts', stranger)).reply)).toContain('Nothing to export');
  });
});

describe('/export posts of some', () => {
  beforeEach(async () => {
    await desk.say('/schedule in 1 hour to bluesky --campaign "Spring fair": Out');
    desk.clock.forward({ hours: 1 });
    await desk.settle(() => PUBLISHED);
    await desk.say('/schedule 2026-12-01 9am to @crier --campaign launch: Planned');
    await desk.say('/schedule 2026-12-31 23:30 to bluesky --campaign launch: Late');
    await desk.say('/draft to bluesky: Draft');
  });

  it.each([
    ['/export', 'P1 P2 P3 P4'],
    ['/export posts all', 'P1 P2 P3 P4'],
    ['/export posts upcoming', 'P2 P3'],
    ['/export posts published', 'P1'],
    ['/export posts 2026-12', 'P2 P3'],
    ['/export posts today', 'P1'],
    ['/export posts 2026-12-01..2026-12-30', 'P2'],
    ['/export posts ..2026-12-01', 'P1 P2'],
    ['/export posts 2026-12-01 .. 2026-12-30', 'P2'],
    ['/export posts upcoming 2026-12-31..', 'P3'],
    ['/export posts bsky', 'P1 P3 P4'],
    ['/export posts Mastodon', 'P2'],
    ['/export posts LAUNCH', 'P2 P3'],
    ['/export posts "spring fair"', 'P1'],
    ['/export posts launch bluesky', 'P3'],
    ['/export posts bluesky launch', 'P3'],
    ['/export posts --campaign launch --network mastodon', 'P2'],
    ['/export posts campaign:launch 2026-12-31 upcoming network:bluesky', 'P3'],
  ])('%s takes %s', async (line, names) => {
    expect((await namesOf(line)).join(' ')).toBe(names);
  });

  it('counts the days of whoever asks', async () => {
    await desk.say('/timezone Asia/Tokyo');
    expect(wordsOf(await ask('/export posts 2026-12-31'))).toContain('Nothing to export');
    expect(await namesOf('/export posts 2027-01-01')).toEqual(['P3']);
  });

  it.each([
    ['/export people', 'There is no network or campaign "people". Networks: bluesky, mastodon.'],
    ['/export what:people', '"people" cannot be exported. Posts can: /export posts.'],
    ['/export posts which:upcomming', 'There is no "upcomming" here: say upcoming.'],
    ['/export posts lanch', 'There is no network or campaign "lanch". Did you mean launch?'],
    ['/export posts campaign:lanch', 'There is no campaign "lanch". Did you mean launch?'],
    ['/export posts launch winter', 'There is no network or campaign "launch".'],
    ['/export posts bluesky launch more', 'There is no campaign "launch more". Campaigns: Spring fair, launch.'],
    ['/export posts all published', 'There is no "all published" here'],
    ['/export posts 2026-11 2026-12', 'I could not read "2026-11 2026-12" as days.'],
    ['/export posts 2026-12-31..2026-12-01', 'ends before it begins'],
  ])('refuses %s', async (line, sentence) => {
    const outcome = await desk.say(line);
    expect([outcome.refused, wordsOf(outcome.reply)]).toEqual([true, expect.stringContaining(sentence)]);
  });
});
