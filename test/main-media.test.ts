// Crier with media in a bucket: what is scheduled is copied there, goes out from there, and can be had by the link in the card.
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useCrier } from './support/crier.ts';
import { type LocalServer, serveLocally } from './support/local-server.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';

const { start, runScript } = useCrier();
const PUBLIC_URL = 'https://crier.example.com';
const RED = { r: 200, g: 30, b: 30 };

let s3: S3Server;
let site: LocalServer;
let kite: Buffer;
let env: Record<string, string>;

beforeEach(async () => {
  s3 = await startS3Server('team/');
  kite = await sharp({ create: { width: 40, height: 30, channels: 3, background: RED } })
    .png()
    .toBuffer();
  site = await serveLocally((_request, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(kite));
  env = {
    S3_ENDPOINT: s3.bucket.endpoint,
    S3_BUCKET: s3.bucket.bucket,
    S3_ACCESS_KEY_ID: s3.bucket.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.bucket.secretAccessKey,
    S3_PREFIX: 'team',
    PUBLIC_URL,
    CRIER_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
  };
});
afterEach(async () => {
  await site.close();
  await s3.close();
});

const listed = async (): Promise<string> => (await fetch(`${s3.bucket.endpoint}/crier?list-type=2`)).text();

describe('Crier with a bucket', () => {
  it('copies an image there, publishes it, and shows it to whoever has the link', { timeout: 90_000 }, async () => {
    const crier = start(env);
    crier.child.stdin.write(`/publish to all --image ${site.url}/kite.png "A kite": Look\n`);
    await crier.says('published on Mastodon');
    await crier.says('published on Bluesky');
    expect(await listed()).toMatch(/<Key>team\/([0-9a-f]{2})\/\1[0-9a-f]{62}<\/Key>/);

    const [link = ''] = /https:\/\/crier\.example\.com\/media\/\S+\.png/.exec(crier.output()) ?? [];
    const answer = await fetch(link.replace(PUBLIC_URL, crier.url()));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(kite)).toBe(true);
    const ready = await (await fetch(`${crier.url()}/readyz`)).json();
    expect(ready).toMatchObject({ ready: true, checks: { media: 'ok' } });
    crier.child.stdin.end();
    expect(await crier.exit).toBe(0);
  });

  it('does not start on a bucket that is not there, and says which', { timeout: 60_000 }, async () => {
    const { code, log } = await runScript('', { ...env, S3_BUCKET: 'another' });
    expect(code).toBe(1);
    expect(log).toContain('has no bucket another. Make it there, or name another in S3_BUCKET.');
    expect(log).not.toContain('Crier stopped at an error of its own');
  });

  it('starts without a server that does not answer, and takes what has no image', { timeout: 60_000 }, async () => {
    await s3.close();
    const line = `/publish to bluesky --image ${site.url}/kite.png "A kite": Look\n/publish to bluesky: Words alone\n`;
    const { code, output } = await runScript(line, env);
    s3 = await startS3Server();
    // for scripts: one line was not done
    expect(code).toBe(1);
    expect(output).toContain('Crier cannot reach the place where it keeps media files just now, so this was not done.');
    expect(output).toMatch(/published on Bluesky[\s\S]*Words alone/);
  });
});
