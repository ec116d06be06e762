import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { openHttp } from '../../src/platforms/http.ts';
import { openMediaFetcher } from '../../src/platforms/media-fetcher.ts';
import { deadAddress, serveLocally } from '../support/local-server.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const picture = (): Sharp => sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } });
const unused = new AbortController().signal;

async function serve(listener: RequestListener): Promise<string> {
  const server = await serveLocally(listener);
  closers.push(server.close);
  return `${server.url}/picture`;
}

function open({ maxBytes = 100_000, timeoutMs = 5000, allowPrivateHosts = ['127.0.0.1'] } = {}) {
  const http = openHttp({ allowPrivateHosts, timeoutMs: 5000 });
  closers.push(http.close);
  return openMediaFetcher({ http, maxBytes, timeoutMs });
}

describe('an image by URL', () => {
  it.each([
    ['image/jpeg', () => picture().jpeg().toBuffer()],
    ['image/png', () => picture().png().toBuffer()],
    ['image/webp', () => picture().webp().toBuffer()],
    ['image/gif', () => picture().gif().toBuffer()],
    ['image/avif', () => picture().avif().toBuffer()],
  ])('is read as %s from its bytes, whatever the server claims', async (mimeType, make) => {
    const bytes = await make();
    const url = await serve((_, response) => void response.setHeader('content-type', 'text/plain').end(bytes));
    const hash = createHash('sha256').update(bytes).digest('hex');
    const image = await open().fetch({ url }, unused);
    expect({ ...image, bytes: Buffer.from(image.bytes) }).toEqual({
      bytes,
      hash,
      mimeType,
      width: 40,
      height: 30,
      durationMs: null,
    });
  });

  it('has the dimensions a viewer sees, after its EXIF rotation', async () => {
    const bytes = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const url = await serve((_, response) => void response.end(bytes));
    expect(await open().fetch({ url }, unused)).toMatchObject({ width: 30, height: 40 });
  });

  it('follows a redirect', async () => {
    const bytes = await picture().png().toBuffer();
    const url = await serve((request, response) => {
      if (request.url === '/moved') response.end(bytes);
      else response.writeHead(302, { location: '/moved' }).end();
    });
    expect(await open().fetch({ url }, unused)).toMatchObject({ mimeType: 'image/png' });
  });
});

describe('a video by URL', () => {
  const clip = (name: string) => readFile(join(import.meta.dirname, '../fixtures/media', name));

  it.each([
    ['clip.mp4', 'video/mp4', 64, 48],
    ['clip.webm', 'video/webm', 64, 48],
    ['clip.mov', 'video/quicktime', 64, 48],
    ['turned.mp4', 'video/mp4', 48, 64],
  ])('is read from its bytes: %s is %s, as a viewer sees it, with its duration', async (name, mimeType, width, height) => {
    const bytes = await clip(name);
    const url = await serve((_, response) => void response.setHeader('content-type', 'image/png').end(bytes));
    const hash = createHash('sha256').update(bytes).digest('hex');
    const video = await open().fetch({ url }, unused);
    expect({ ...video, bytes: Buffer.from(video.bytes) }).toEqual({ bytes, hash, mimeType, width, height, durationMs: 2000 });
  });

  it.each([
    ['with its length told', true],
    ['in pieces of a length nobody tells', false],
  ])('arrives byte by byte as it was sent, %s', async (_, isTold) => {
    const bytes = await clip('clip.mp4');
    const url = await serve((_request, response) => {
      if (isTold) response.setHeader('content-length', bytes.length);
      for (let from = 0; from < bytes.length; from += 1000) response.write(bytes.subarray(from, from + 1000));
      response.end();
    });
    expect(Buffer.from((await open().fetch({ url }, unused)).bytes)).toEqual(bytes);
  });

  it.each([
    ['clip.mp4', 3000],
    ['clip.mp4', 7900],
    ['clip.webm', 1000],
    ['clip.mov', 3000],
  ])('is refused where it was cut off: %s after %i bytes', async (name, length) => {
    const bytes = (await clip(name)).subarray(0, length);
    const url = await serve((_, response) => void response.end(bytes));
    await expect(open().fetch({ url }, unused)).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: `${url} is not whole, it ends too early: upload it anew and use that.`,
    });
  });

  it('is refused where it is sound alone', async () => {
    const bytes = await clip('sound.m4a');
    const url = await serve((_, response) => void response.end(bytes));
    await expect(open().fetch({ url }, unused)).rejects.toThrow('has sound and no picture');
  });
});

describe('a file of a chat', () => {
  const HEADERS = { authorization: 'Bearer xoxb-1', 'x-files': 'of the chat' };
  const shared = (url: string) => ({ url, name: 'kite.png', headers: HEADERS });
  /** Serves the picture and keeps what it was asked with. */
  async function gallery(): Promise<{ url: string; asked: IncomingHttpHeaders[] }> {
    const bytes = await picture().png().toBuffer();
    const asked: IncomingHttpHeaders[] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers);
      response.end(bytes);
    });
    return { url, asked };
  }

  it('is fetched with the chat’s headers', async () => {
    const { url, asked } = await gallery();
    expect(await open().fetch(shared(url), unused)).toMatchObject({ mimeType: 'image/png' });
    expect(asked).toMatchObject([HEADERS]);
  });

  it('keeps them on a redirect within its own host', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const bytes = await picture().png().toBuffer();
    const url = await serve((request, response) => {
      asked.push(request.headers);
      if (request.url === '/moved') response.end(bytes);
      else response.writeHead(307, { location: '/moved' }).end();
    });
    await open().fetch(shared(url), unused);
    expect(asked).toMatchObject([HEADERS, HEADERS]);
  });

  it('sends none of them on to another host, nor back again from there', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const bytes = await picture().png().toBuffer();
    let elsewhere = '';
    const home = await serve((request, response) => {
      asked.push(request.headers);
      if (request.url === '/back') response.end(bytes);
      else response.writeHead(302, { location: elsewhere }).end();
    });
    elsewhere = await serve((request, response) => {
      asked.push(request.headers);
      response.writeHead(302, { location: new URL('/back', home).href }).end();
    });
    await open().fetch(shared(home), unused);
    expect(asked.map((headers) => [headers.authorization, headers['x-files']])).toEqual([
      [HEADERS.authorization, HEADERS['x-files']],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it.each<[string, RequestListener, string]>([
    [
      'a login page that is answered with success',
      (_, response) =>
        response.setHeader('content-type', 'text/html').end('\n<!DOCTYPE html><html><title>Sign in</title></html>'),
      'kite.png could not be read from the chat: the app may lack the permission to read files.',
    ],
    ['a refusal', (_, response) => response.writeHead(403).end(), 'kite.png could not be read from the chat: it answered 403.'],
    [
      'no image',
      (_, response) => response.end('hello'),
      'kite.png is not a file Crier can read; it takes JPEG, PNG, WebP, GIF, AVIF, MP4, WebM, MOV and PDF.',
    ],
    [
      'too many bytes',
      (_, response) => response.end(Buffer.alloc(200_000)),
      'kite.png is larger than 0.1 MB; use a smaller one.',
    ],
    [
      'a redirect without end',
      (_, response) => response.writeHead(302, { location: '/picture' }).end(),
      'kite.png could not be fetched: its address leads from one to the next without end.',
    ],
    [
      'a redirect to something that is not the web',
      (_, response) => response.writeHead(302, { location: 'ftp://example.com/kite.png' }).end(),
      'kite.png cannot be fetched: it must be at an http:// or https:// address.',
    ],
  ])('is named and not its address: %s', async (_, listener, userMessage) => {
    const url = await serve(listener);
    await expect(open().fetch(shared(url), unused)).rejects.toMatchObject({ kind: 'invalid-input', userMessage });
  });

  it('is not named by its address where it has no name', async () => {
    const url = await serve((_, response) => void response.writeHead(404).end());
    const error = open().fetch({ url, headers: HEADERS }, unused);
    await expect(error).rejects.toThrow('The file could not be read from the chat: it answered 404.');
  });
});

describe('a document', () => {
  it('is taken as what it is', async () => {
    const url = await serve((_, response) => void response.end('%PDF-1.7\n1 0 obj\n%%EOF\n'));
    const file = await open().fetch({ url }, unused);
    expect(file).toMatchObject({ mimeType: 'application/pdf', width: 0, height: 0, durationMs: null });
  });

  it('is refused where it ends too early', async () => {
    const url = await serve((_, response) => void response.end('%PDF-1.7\n1 0 obj\n'));
    await expect(open().fetch({ url }, unused)).rejects.toThrow(`${url} is not whole, it ends too early`);
  });
});

describe('what cannot be used is refused with the reason', () => {
  it('a file without anything in it', async () => {
    const url = await serve((_, response) => void response.end());
    await expect(open().fetch({ url }, unused)).rejects.toThrow(/not a file Crier can read/);
  });

  it('a page', async () => {
    const url = await serve((_, response) => void response.setHeader('content-type', 'image/png').end('<html></html>'));
    await expect(open().fetch({ url }, unused)).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: `${url} is not a file Crier can read; it takes JPEG, PNG, WebP, GIF, AVIF, MP4, WebM, MOV and PDF.`,
    });
  });

  it('a vector image', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    const url = await serve((_, response) => void response.end(svg));
    await expect(open().fetch({ url }, unused)).rejects.toThrow(/not a file Crier can read/);
  });

  it('an image that was cut off', async () => {
    const bytes = await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
      .png()
      .toBuffer();
    const url = await serve((_, response) => void response.end(bytes.subarray(0, bytes.length / 2)));
    await expect(open({ maxBytes: 1_000_000 }).fetch({ url }, unused)).rejects.toThrow('is not whole, it ends too early');
  });

  it('a missing file', async () => {
    const url = await serve((_, response) => void response.writeHead(404).end());
    await expect(open().fetch({ url }, unused)).rejects.toThrow(/the server answered 404/);
  });

  it('a file whose length says it is too big, without reading it', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-length', '100001');
      response.flushHeaders();
    });
    await expect(open().fetch({ url }, unused)).rejects.toThrow(/larger than 0\.1 MB/);
  });

  it('a body that goes on and on, as soon as it passes the limit', async () => {
    const url = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(20_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await expect(open().fetch({ url }, unused)).rejects.toThrow(/larger than 0\.1 MB/);
  });

  it('a private address', async () => {
    const url = await serve((_, response) => void response.end());
    await expect(open({ allowPrivateHosts: [] }).fetch({ url }, unused)).rejects.toThrow(/CRIER_ALLOW_PRIVATE_HOSTS/);
  });

  it('a server that does not answer in time', async () => {
    const url = await serve(() => undefined);
    await expect(open({ timeoutMs: 100 }).fetch({ url }, unused)).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('in time'),
    });
  });

  it('a server that is not there', async () => {
    await expect(open().fetch({ url: await deadAddress() }, unused)).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  it.each(['ftp://example.com/a.png', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'picture.png'])('%s', async (url) => {
    await expect(open().fetch({ url }, unused)).rejects.toMatchObject({ kind: 'invalid-input' });
  });
});

it('a fetch that was called off is no fault of the image', async () => {
  const url = await serve(() => undefined);
  await expect(open().fetch({ url }, AbortSignal.abort(new Error('draining')))).rejects.toThrow('draining');
});
