// What is said at start about a bucket that cannot be used. Answers as AWS documents them: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (2026-11-22)
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import { type BucketOptions, openBucket } from '../../src/db/bucket.ts';
import { checkBucket } from '../../src/db/bucket-check.ts';
import { deadAddress, serveLocally } from '../support/local-server.ts';
import { type KeptLog, keptLog } from '../support/log.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';

let server: S3Server;
let log: KeptLog;
beforeEach(async () => {
  server = await startS3Server();
  log = keptLog();
});
afterEach(() => server.close());

const check = (more: Partial<BucketOptions> = {}): Promise<void> =>
  checkBucket(openBucket({ ...server.bucket, ...more }, { fetch }), log);

async function sentence(more: Partial<BucketOptions>): Promise<string> {
  try {
    await check(more);
  } catch (error) {
    if (error instanceof CrierError) return error.userMessage;
    throw error;
  }
  throw new Error('it was found well');
}

describe('a bucket that can be used', () => {
  it('is found well, and nothing is left in it', async () => {
    await check();
    const listed = await fetch(`${server.bucket.endpoint}/crier?list-type=2`);
    expect(await listed.text()).toContain('<KeyCount>0</KeyCount>');
    expect(log.lines).toEqual([]);
  });
});

describe('a bucket that cannot be used', () => {
  it('is named where there is none of that name', async () => {
    expect(await sentence({ bucket: 'another' })).toContain(
      'has no bucket another. Make it there, or name another in S3_BUCKET.',
    );
  });

  it('is told by its key where the server does not know that', async () => {
    expect(await sentence({ accessKeyId: 'another' })).toContain('does not know the key in S3_ACCESS_KEY_ID');
  });

  it('is told by its host where there is none of that name', async () => {
    const missing = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) });
    const bucket = openBucket(
      { ...server.bucket, endpoint: 'https://s3.example.invalid' },
      { fetch: () => Promise.reject(missing) },
    );
    await expect(checkBucket(bucket, log)).rejects.toMatchObject({
      userMessage: 'There is no host s3.example.invalid. Check S3_ENDPOINT.',
    });
  });

  it.each([
    { status: 403, code: 'SignatureDoesNotMatch', says: 'S3_SECRET_ACCESS_KEY is the secret of S3_ACCESS_KEY_ID' },
    { status: 403, code: 'RequestTimeTooSkewed', says: "this machine's clock is wrong" },
    { status: 403, code: 'AccessDenied', says: 'it may not list its objects (s3:ListBucket)' },
    { status: 400, code: 'AuthorizationHeaderMalformed', more: '<Region>eu-west-1</Region>', says: 'Set S3_REGION=eu-west-1' },
    { status: 301, code: 'PermanentRedirect', says: 'sends us elsewhere' },
    { status: 404, code: '', says: 'does not answer as an S3 server does (LIST: 404)' },
  ])('is told with its cure: $status $code', async ({ status, code, more = '', says }) => {
    const other = await serveLocally((_request, response) => {
      const told = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message>${more}</Error>`;
      response.writeHead(status, { 'Content-Type': 'application/xml' }).end(told);
    });
    const said = await sentence({ endpoint: other.url, secretAccessKey: 'the-secret' });
    await other.close();
    expect(said).toContain(says);
    expect(said).not.toContain('the-secret');
  });

  it('is told by what the key may not do', async () => {
    const other = await serveLocally((request, response) => {
      const isAllowed = request.method !== 'DELETE';
      response.writeHead(isAllowed ? 200 : 403).end(isAllowed ? '' : '<Error><Code>AccessDenied</Code></Error>');
    });
    const said = await sentence({ endpoint: other.url });
    await other.close();
    expect(said).toContain('it may not delete from it (s3:DeleteObject)');
  });
});

describe('a bucket that does not answer', () => {
  it.each([503, 0])('keeps nobody from starting: %d', async (status) => {
    const other = await serveLocally((_request, response) => response.writeHead(status).end());
    await check({ endpoint: status === 0 ? await deadAddress() : other.url });
    await other.close();
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('does not answer') }]);
  });
});
