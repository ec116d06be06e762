// Whether a bucket can be used, asked when Crier starts: what is wrong with the settings is said then, in a sentence, and not when the first
// post with an image is due.
import { randomBytes } from 'node:crypto';
import { CrierError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { type Bucket, BucketRefusal, codeOf, NO_SUCH_HOST } from './bucket.ts';
import { hashOf } from './media-names.ts';

const BYTES = new TextEncoder().encode('Crier looks whether it can write here. This may be deleted.\n');

/**
 * Does once what Crier will do: lists, writes, reads and deletes. A server that does not answer, or is in trouble, may be well later: that is
 * logged, and Crier starts.
 * @throws CrierError `unavailable` naming the setting that is wrong, or what the key may not do.
 */
export async function checkBucket(bucket: Bucket, log: Pick<Log, 'warn'>): Promise<void> {
  const name = `check-${randomBytes(8).toString('hex')}`;
  const steps: readonly [string, () => Promise<unknown>][] = [
    ['list its objects (s3:ListBucket)', bucket.list],
    ['write into it (s3:PutObject)', () => bucket.put(name, BYTES, hashOf(BYTES))],
    ['read from it (s3:GetObject)', async () => (await bucket.get(name))?.arrayBuffer()],
    ['delete from it (s3:DeleteObject)', () => bucket.remove(name)],
  ];
  for (const [verb, step] of steps) {
    try {
      await step();
    } catch (error) {
      const sentence = startSentence(error, bucket.options, verb);
      if (sentence !== null) throw new CrierError('unavailable', sentence, { cause: error });
      log.warn({ err: error }, 'the bucket for media files does not answer; posts with images wait until it does');
      return;
    }
  }
}

interface Where {
  endpoint: string;
  bucket: string;
  region: string;
}

/** Null where it may pass by itself. Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (2026-11-22) */
function startSentence(error: unknown, { endpoint, bucket, region }: Where, verb: string): string | null {
  if (codeOf(error) === NO_SUCH_HOST) return `There is no host ${new URL(endpoint).hostname}. Check S3_ENDPOINT.`;
  if (!(error instanceof BucketRefusal) || error.status === 429 || error.status >= 500) return null;
  const at = `The server at ${endpoint}`;
  switch (error.code) {
    case 'NoSuchBucket':
      return `${at} has no bucket ${bucket}. Make it there, or name another in S3_BUCKET.`;
    case 'InvalidAccessKeyId':
      return `${at} does not know the key in S3_ACCESS_KEY_ID. Check it, and that it was made for this server.`;
    case 'SignatureDoesNotMatch':
      return `${at} does not take the signature. Check that S3_SECRET_ACCESS_KEY is the secret of S3_ACCESS_KEY_ID, whole and without spaces, and S3_REGION.`;
    case 'RequestTimeTooSkewed':
      return `${at} finds that this machine's clock is wrong. Set it by NTP.`;
  }
  if (error.region !== '' && error.region !== region)
    return `The bucket ${bucket} is in another region. Set S3_REGION=${error.region}, and S3_ENDPOINT to the address of that region.`;
  if (error.status >= 300 && error.status < 400)
    return `${at} sends us elsewhere. Check that S3_ENDPOINT is the address of the bucket's region, with https:// where the server wants it.`;
  if (error.status === 401 || error.status === 403)
    return `${at} does not let the key in S3_ACCESS_KEY_ID use the bucket ${bucket}: it may not ${verb}. docs/operations.md has the policy that Crier needs.`;
  return `${at} does not answer as an S3 server does (${error.message}). Check S3_ENDPOINT and S3_BUCKET.`;
}
