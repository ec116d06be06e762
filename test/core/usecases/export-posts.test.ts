// The pages of an export: that each delivery is in it once, however small they are and whatever happens between two of them.
import { afterAll, expect, it } from 'vitest';
import type { ExportFilter } from '../../../src/core/export.ts';
import { previewDeliveries } from '../../../src/core/preview.ts';
import { draftPost } from '../../../src/core/usecases/draft-post.ts';
import { exportPosts } from '../../../src/core/usecases/export-posts.ts';
import { closeNewsrooms, HERE, type Newsroom, openNewsroom, platforms } from './newsroom.ts';

afterAll(closeNewsrooms);

const ALL: ExportFilter = { which: 'all', period: { from: null, until: null }, platform: null, campaign: null };

const draft = ({ deps, actor }: Newsroom, text: string) =>
  draftPost(deps, actor, { text, targets: 'all', media: [], campaign: null, origin: HERE });

it.each([1, 2, 3, 7, 100])('takes each delivery once in pages of %i', async (pageSize) => {
  const room = await openNewsroom();
  for (const text of ['One', 'Two', 'Three']) await draft(room, text);
  const pages: string[][] = [];
  for await (const page of exportPosts(room.deps, room.actor, ALL, pageSize))
    pages.push(page.map(({ post, network, text }) => `${post} ${network} ${text}`));
  const each = (name: string, text: string) => [
    `${name} Bluesky ${text}`,
    `${name} Mastodon ${text}`,
    `${name} Mastodon ${text}`,
  ];
  expect(pages.flat()).toEqual([...each('P1', 'One'), ...each('P2', 'Two'), ...each('P3', 'Three')]);
  expect(Math.max(...pages.map(({ length }) => length))).toBe(Math.min(pageSize, 9));
});

it('goes on where it was while posts are added behind it', async () => {
  const room = await openNewsroom();
  await draft(room, 'One');
  const texts: string[] = [];
  for await (const page of exportPosts(room.deps, room.actor, { ...ALL, platform: 'bluesky' }, 1)) {
    texts.push(...page.map(({ text }) => text));
    if (texts.length === 1) await draft(room, 'Two');
  }
  expect(texts).toEqual(['One', 'Two']);
});

it('gives parts of a thread as they go out, a blank line between them', async () => {
  const room = await openNewsroom();
  const text = `First\n---\n${'word '.repeat(80).trim()}`;
  const request = { text, thread: true, targets: 'bluesky', media: [], campaign: null, origin: HERE };
  const { post, deliveries } = await draftPost(room.deps, room.actor, request);
  const parts = previewDeliveries({
    ...{ post, postName: null, accounts: deliveries.map(({ account }) => account), media: [], platforms },
    ...{ now: room.clock.now(), at: null, dailyCaps: {}, plannedThatDay: new Map() },
  }).map((preview) => preview.parts);
  expect(parts[0]?.length).toBeGreaterThan(2);
  for await (const [row] of exportPosts(room.deps, room.actor, ALL)) expect(row?.text).toBe(parts[0]?.join('\n\n'));
});
