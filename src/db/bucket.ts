// A bucket of a server that speaks S3: signed requests for one object each, and what a refusal is. Uses what every such server has: PUT,
// GET with ranges, HEAD, DELETE. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html (2026-11-22)
import { AwsV4Signer } from 'aws4fetch';
import pRetry from 'p-retry';
import type { Http } from '../core/http.ts';

export interface BucketOptions {
  /** Without a slash at the end, and without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** '' or with a slash at the end; before every name. */
  prefix: string;
}

export interface ObjectState {
  /** Bytes. */
  size: number;
  changedAt: Temporal.Instant;
}

/** Every function throws BucketRefusal for what the server refused, and whatever `fetch` throws where it did not answer. */
export interface Bucket {
  options: BucketOptions;
  /** @param sha256 of the bytes, in hex: the server refuses what does not arrive like that. */
  put: (name: string, bytes: Uint8Array, sha256: string) => Promise<void>;
  /** Null where there is no such object. @param range its first and its last byte */
  get: (name: string, range?: { first: number; last: number }) => Promise<Response | null>;
  state: (name: string) => Promise<ObjectState | null>;
  /** Content where there was none. Never asked twice by itself: a second asking could hit what was put after the first. */
  remove: (name: string) => Promise<void>;
  /** @throws where its objects may not be listed. AWS then also says "not allowed" of an object that is not there. */
  list: () => Promise<void>;
}

/** The server answered, and not as was asked. */
export class BucketRefusal extends Error {
  readonly status: number;
  /** `NoSuchBucket`, as the server names it; '' where it does not. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (2026-11-22) */
  readonly code: string;
  /** Where the server says which region the bucket is in. */
  readonly region: string;

  constructor(asked: string, status: number, told: string, header: string | null) {
    const code = elementOf(told, 'Code');
    super(`${asked}: ${status}${code && ` ${code}`}`);
    this.name = 'BucketRefusal';
    this.status = status;
    this.code = code;
    this.region = elementOf(told, 'Region') || (header ?? '');
  }
}

/** The error's document is flat, so that its few elements can be read as they stand. */
const elementOf = (xml: string, name: string): string => new RegExp(`<${name}>([\\w-]{1,64})</${name}>`).exec(xml)?.[1] ?? '';

/** As Node calls it. */
export const NO_SUCH_HOST = 'ENOTFOUND';
const RETRIES = { retries: 2, minTimeout: 200, factor: 3 };

/** Path-style addresses, which every server takes: `endpoint/bucket/prefix/name`. */
export function openBucket(options: BucketOptions, http: Pick<Http, 'fetch'>): Bucket {
  const addressOf = (name: string): string =>
    [options.endpoint, options.bucket, ...`${options.prefix}${name}`.split('/').map(encodeURIComponent)].join('/');
  const ask = async (
    method: string,
    url: string,
    init: { headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
  ) => {
    const { accessKeyId, secretAccessKey, region } = options;
    const signer = new AwsV4Signer({ method, url, ...init, accessKeyId, secretAccessKey, region, service: 's3' });
    const { headers } = await signer.sign();
    // not signed: what lies between may change it
    headers.set('Accept-Encoding', 'identity');
    // a redirect is for another region, for which this signature does not hold
    return http.fetch(url, { method, headers, redirect: 'manual', ...(init.body && { body: init.body }) });
  };
  const patiently = (...asked: Parameters<typeof ask>): Promise<Response> =>
    pRetry(() => ask(...asked).then((answer) => (isPassing(answer) ? refuse(asked[0], answer) : answer)), {
      ...RETRIES,
      // that there is no such host will not be otherwise in a second, and what took its whole time has had it
      shouldRetry: ({ error }) => !(error instanceof DOMException) && codeOf(error) !== NO_SUCH_HOST,
    });

  return {
    options,
    put: async (name, bytes, sha256) => {
      const headers = { 'X-Amz-Content-Sha256': sha256, 'Content-Type': 'application/octet-stream' };
      await done('PUT', await patiently('PUT', addressOf(name), { headers, body: new Uint8Array(bytes) }));
    },
    get: async (name, range) => {
      const headers = range && { Range: `bytes=${range.first}-${range.last}` };
      const answer = await patiently('GET', addressOf(name), headers ? { headers } : {});
      return answer.status === (range ? 206 : 200) ? answer : absent('GET', answer);
    },
    state: async (name) => {
      const answer = await patiently('HEAD', addressOf(name));
      if (!answer.ok) return absent('HEAD', answer);
      const changedAt = new Date(answer.headers.get('Last-Modified') ?? Number.NaN).getTime();
      const size = Number(answer.headers.get('Content-Length') ?? Number.NaN);
      if (!Number.isInteger(changedAt) || !Number.isInteger(size)) return refuse('HEAD without length and date', answer);
      return { size, changedAt: Temporal.Instant.fromEpochMilliseconds(changedAt) };
    },
    remove: async (name) => done('DELETE', await ask('DELETE', addressOf(name))),
    list: async () => {
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': '1', prefix: options.prefix });
      await done('LIST', await patiently('GET', `${options.endpoint}/${options.bucket}?${query}`));
    },
  };
}

/** Too many requests, or a trouble of the server's own. */
const isPassing = ({ status }: Response): boolean => status === 429 || status >= 500;

async function refuse(asked: string, answer: Response): Promise<never> {
  const told = (await answer.text()).slice(0, 10_000);
  throw new BucketRefusal(asked, answer.status, told, answer.headers.get('x-amz-bucket-region'));
}

/** An answer that is not read to its end keeps its connection. */
async function done(asked: string, answer: Response): Promise<void> {
  if (!answer.ok) await refuse(asked, answer);
  await answer.arrayBuffer();
}

/** Null where there is no such object. That there is no such bucket is told with the same number; HEAD's answers have no body to tell by. */
async function absent(asked: string, answer: Response): Promise<null> {
  try {
    return await refuse(asked, answer);
  } catch (error) {
    if (error instanceof BucketRefusal && error.status === 404 && ['NoSuchKey', ''].includes(error.code)) return null;
    throw error;
  }
}

/** What `fetch` gives as the reason that nothing was answered: `ECONNREFUSED`; '' where it gives none. */
export function codeOf(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return '';
}
