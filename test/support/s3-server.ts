// A server that speaks S3, on loopback, with one empty bucket for one test. It takes any signature of its one key.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { BucketOptions } from '../../src/db/bucket.ts';

export interface S3Server {
  bucket: BucketOptions;
  close: () => Promise<void>;
}

export async function startS3Server(prefix = 'team/media/'): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'crier-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    // Signature Version 4 in headers is read by it and not calculated
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: 'crier', configs: [] }],
  });
  const { port } = await server.run();
  const key = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  return {
    bucket: { endpoint: `http://127.0.0.1:${port}`, bucket: 'crier', region: 'us-east-1', prefix, ...key },
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
