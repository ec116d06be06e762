// Whether MongoDB answers, and whether the bucket for media can be used. The latter writes one small object and deletes it.
import { MongoClient } from 'mongodb';
import type { Config } from '../../src/config.ts';
import { openBucket } from '../../src/db/bucket.ts';
import { checkBucket } from '../../src/db/bucket-check.ts';
import { openHttp } from '../../src/platforms/http.ts';
import { type Finding, note, ok, wordsOf, wrong } from './finding.ts';
import { PATIENCE_MS } from './ways.ts';

export async function lookAtMongo({ mongoUrl }: Pick<Config, 'mongoUrl'>): Promise<readonly Finding[]> {
  const about = 'MONGO_URL';
  if (mongoUrl === null) return [note(about, 'It is not set: Agenda keeps its wake-ups in PostgreSQL.')];
  try {
    const limits = { serverSelectionTimeoutMS: PATIENCE_MS, connectTimeoutMS: PATIENCE_MS, socketTimeoutMS: PATIENCE_MS };
    const client = new MongoClient(mongoUrl, limits);
    try {
      await client.db('admin').command({ ping: 1 });
    } finally {
      await client.close();
    }
    return [ok(about, 'MongoDB answers.')];
  } catch (error) {
    const cure = 'Check that MongoDB runs, and host, user and password in MONGO_URL. Without MONGO_URL, Agenda uses PostgreSQL.';
    return [wrong(about, `MongoDB does not answer: ${wordsOf(error).replaceAll(mongoUrl, about)}.`, cure)];
  }
}

/** @throws CrierError naming the setting that is wrong, or what the key may not do */
export async function lookAtBucket({ s3 }: Pick<Config, 's3'>): Promise<readonly Finding[]> {
  if (s3 === null) return [];
  const http = openHttp({ allowPrivateHosts: [new URL(s3.endpoint).host], timeoutMs: PATIENCE_MS });
  try {
    let away: string | null = null;
    const warn = (fields: object): void => {
      away = wordsOf('err' in fields ? fields.err : null);
    };
    await checkBucket(openBucket(s3, http), { warn });
    if (away === null) return [ok('S3_BUCKET', `The bucket ${s3.bucket} can be listed, written, read and cleaned up.`)];
    const cure = 'Check that the server runs, and that S3_ENDPOINT names it.';
    return [wrong('S3_ENDPOINT', `The server at ${s3.endpoint} does not answer: ${away}.`, cure)];
  } finally {
    await http.close();
  }
}
