// The pages of the emulated networks, by HTTP.
import { RichText } from '@atproto/api';
import { expect, it } from 'vitest';
import { blueskyClient, emulatorForTest, mastodonClient, png } from './support.ts';

async function page(url: string): Promise<{ status: number; html: string }> {
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toContain('text/html');
  return { status: response.status, html: await response.text() };
}

it('show an empty feed that says what will be there', async () => {
  const { networks } = await emulatorForTest();

  expect((await page(networks.bluesky.url)).html).toContain('No posts yet');
  expect((await page(networks.mastodon.url)).html).toContain('No posts yet');
});

it('show a post of Bluesky in the feed, under its own URL and by its hashtag, links and images marked up', async () => {
  const emulator = await emulatorForTest();
  const { bluesky } = emulator.networks;
  const agent = await blueskyClient(emulator);
  const { blob: image } = (await agent.uploadBlob(await png())).data;
  const rich = new RichText({ text: 'Read https://example.com/a?b=1&c=2 #Launch' });
  await rich.detectFacets(agent);
  await agent.post({ text: 'another' });
  await agent.post({
    text: rich.text,
    facets: rich.facets ?? [],
    embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: 'a "blue" field' }] },
  });

  const feed = await page(bluesky.url);
  const single = await page(bluesky.posts()[1]?.url ?? '');
  const tagged = await page(`${bluesky.url}/hashtag/launch`);

  expect(feed.html).toContain('another');
  for (const { html } of [feed, single, tagged]) {
    expect(html).toContain('<a href="https://example.com/a?b=1&amp;c=2"');
    expect(html).toContain('alt="a &quot;blue&quot; field"');
    expect(html).toContain('<time datetime="2026-11-22T09:00:00.000Z">22 Nov 2026, 09:00 UTC</time>');
  }
  for (const { html } of [single, tagged]) expect(html).not.toContain('another');
  const [, source = ''] = /<img src="([^"]+)"/.exec(single.html) ?? [];
  expect((await fetch(source.replaceAll('&amp;', '&'))).headers.get('content-type')).toBe('image/png');
});

it('show a post of Mastodon in the feed, under its own URL and by its hashtag', async () => {
  const emulator = await emulatorForTest();
  const { mastodon } = emulator.networks;
  const client = mastodonClient(emulator);
  await client.v1.statuses.create({ status: 'another' });
  const { url } = await client.v1.statuses.create({ status: 'Read https://example.com/a #Launch', spoilerText: 'beware' });

  const single = await page(url ?? '');

  expect((await page(`${mastodon.url}/@crier`)).html).toContain('another');
  expect((await page(`${mastodon.url}/tags/launch`)).html).not.toContain('another');
  expect(single.html).toContain('<a href="https://example.com/a"');
  expect(single.html).toContain('beware');
  expect(single.html).not.toContain('another');
});

it('escape what people wrote', async () => {
  const emulator = await emulatorForTest();
  const nasty = '<script>alert(1)</script> "><img src=x onerror=alert(1)>';
  const agent = await blueskyClient(emulator);
  await agent.post({
    text: nasty,
    facets: [
      { index: { byteStart: 0, byteEnd: 8 }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'javascript:alert(1)' }] },
    ],
  });
  await mastodonClient(emulator).v1.statuses.create({ status: nasty, spoilerText: nasty });

  for (const { url, posts } of [emulator.networks.bluesky, emulator.networks.mastodon]) {
    for (const { html } of [await page(url), await page(posts()[0]?.url ?? '')]) {
      expect(html).not.toMatch(/<script|<img|javascript:/);
      expect(html).toContain('&lt;script&gt;');
    }
  }
});

it('say so where there is nothing', async () => {
  const { networks } = await emulatorForTest();

  for (const url of [
    `${networks.bluesky.url}/profile/nobody.test`,
    `${networks.bluesky.url}/profile/crier.test/post/3m6pz2k5qzc2a`,
    `${networks.mastodon.url}/@nobody`,
    `${networks.mastodon.url}/@crier/1`,
  ]) {
    const { status, html } = await page(url);
    expect([status, html.includes('There is no such thing here')]).toEqual([404, true]);
  }
});

it('show every network side by side on one page, each by its own page', async () => {
  const { hub, networks } = await emulatorForTest();

  const { html } = await page(`${hub.url}/`);

  for (const [id, { url }] of Object.entries(networks)) {
    expect(html).toContain(`<iframe src="${url}/" title="The feed of ${id}"`);
  }
});

it('show a thread under the URL of each of its posts, and what a post answers', async () => {
  const emulator = await emulatorForTest();
  const { bluesky, mastodon } = emulator.networks;
  const agent = await blueskyClient(emulator);
  const root = await agent.post({ text: 'The first part' });
  await agent.post({ text: 'The second part', reply: { root, parent: root } });
  await agent.post({ text: 'something else' });
  const client = mastodonClient(emulator);
  const { id } = await client.v1.statuses.create({ status: 'The first part' });
  await client.v1.statuses.create({ status: 'The second part', inReplyToId: id });
  await client.v1.statuses.create({ status: 'something else' });

  for (const { posts } of [bluesky, mastodon]) {
    const [first, second] = posts();
    expect(second?.inReplyTo).toBe(first?.id);
    for (const post of [first, second]) {
      const { html } = await page(post?.url ?? '');
      expect(html.indexOf('The first part')).toBeGreaterThan(0);
      expect(html.indexOf('The second part')).toBeGreaterThan(html.indexOf('The first part'));
      expect(html).toMatch(/(?:Reply|In reply) to <a href="[^"]+">@crier/);
      expect(html).not.toContain('something else');
    }
  }
});
