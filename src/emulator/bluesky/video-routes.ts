// app.bsky.video and the service tokens it wants: the emulated server is its own video service. Nothing is converted, a video's bytes
// become the blob as they are. Jobs live as long as the process.
import type { Context } from 'hono';
import { sign, verify } from 'hono/jwt';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import type { EmulatorApp } from '../network.ts';
import { contentId, tidSource } from './ids.ts';
import { VIDEO_MAX_BYTES } from './records.ts';
import type { BlueskyState } from './state.ts';
import type { Sessions } from './tokens.ts';
import { authRequired, invalidRequest, readParams } from './xrpc.ts';

export const serverDid = (baseUrl: string): string => `did:web:${new URL(baseUrl).hostname}`;

/** The reference PDS grants a token for one method for an hour at most: packages/pds/src/api/com/atproto/server/getServiceAuth.ts (checked 2026-11-22). */
const TOKEN_MAX_SECONDS = 60 * 60;
const UPLOAD_BLOB = 'com.atproto.repo.uploadBlob';

const ServiceAuth = z.object({ aud: z.string(), exp: z.number().optional(), lxm: z.string().optional() });
const ServiceToken = z.object({ iss: z.string(), aud: z.string(), lxm: z.string().optional(), exp: z.number() });
const JobId = z.object({ jobId: z.string() });

/** https://docs.bsky.app/docs/tutorials/video shows ENCODING and SCANNING on the way (checked 2026-11-22); one step each time a client asks. */
const STATES = ['JOB_STATE_CREATED', 'JOB_STATE_ENCODING', 'JOB_STATE_SCANNING', 'JOB_STATE_COMPLETED'] as const;

interface Job {
  jobId: string;
  did: string;
  bytes: Uint8Array<ArrayBuffer>;
  isVideo: boolean;
  /** Of STATES. */
  step: number;
}

export function mountVideoRoutes(
  app: EmulatorApp,
  state: BlueskyState,
  sessions: Sessions,
  clock: Clock,
  baseUrl: () => string,
): void {
  const seconds = (): number => Math.floor(clock.now().epochMilliseconds / 1000);
  const nextJobId = tidSource(clock.now);
  const jobs = new Map<string, Job>();

  app.get('/xrpc/com.atproto.server.getServiceAuth', async (c) => {
    const { did } = await sessions.authorize(c);
    const { aud, lxm, exp = seconds() + 60 } = readParams(c, 'com.atproto.server.getServiceAuth', ServiceAuth);
    if (exp < seconds()) throw invalidRequest('expiration is in past', 'BadExpiration');
    if (exp > seconds() + TOKEN_MAX_SECONDS) {
      throw invalidRequest('cannot request a token with an expiration more than an hour in the future', 'BadExpiration');
    }
    return c.json({ token: await sign({ iss: did, aud, exp, ...(lxm === undefined ? {} : { lxm }) }, state.secret(), 'HS256') });
  });

  /** Whose server may be written to with this token. */
  async function authorize(c: Context): Promise<string> {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const claims = await verify(token, state.secret(), { alg: 'HS256', exp: false, iat: false, nbf: false }).then(
      (payload) => ServiceToken.safeParse(payload).data,
      () => undefined,
    );
    if (claims?.aud !== serverDid(baseUrl()) || claims.lxm !== UPLOAD_BLOB || claims.exp <= seconds()) {
      throw authRequired('Invalid service token', 'InvalidToken');
    }
    return claims.iss;
  }

  // flat, and not within a jobStatus as the lexicon has it: https://github.com/bluesky-social/atproto/issues/3097 (checked 2026-11-22)
  app.post('/xrpc/app.bsky.video.uploadVideo', async (c) => {
    const did = await authorize(c);
    if (c.req.query('did') !== did) throw authRequired('The token is of another account', 'InvalidToken');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length > VIDEO_MAX_BYTES) throw invalidRequest('Video is too large', 'InvalidRequest');
    const known = [...jobs.values()].find((job) => job.did === did && contentId('blob', job.bytes) === contentId('blob', bytes));
    if (known) return c.json({ ...status(known), error: 'already_exists', message: 'Video already processed' }, 409);
    const isVideo = (await readMediaFacts(bytes))?.mimeType.startsWith('video/') ?? false;
    const job = { jobId: nextJobId(), did, bytes, isVideo, step: 0 };
    jobs.set(job.jobId, job);
    return c.json(status(job));
  });

  app.get('/xrpc/app.bsky.video.getJobStatus', (c) => {
    const { jobId } = readParams(c, 'app.bsky.video.getJobStatus', JobId);
    const job = jobs.get(jobId);
    if (!job) throw invalidRequest('Job not found');
    job.step = Math.min(job.step + 1, STATES.length - 1);
    if (!job.isVideo && STATES[job.step] !== 'JOB_STATE_CREATED') {
      const failure = { state: 'JOB_STATE_FAILED', message: 'Failed to process video', failureCode: 'encoding_failure' };
      return c.json({ jobStatus: { jobId, did: job.did, ...failure } });
    }
    const blob = STATES[job.step] === 'JOB_STATE_COMPLETED' ? { blob: store(job) } : {};
    return c.json({ jobStatus: { ...status(job), ...blob } });
  });

  const status = ({ jobId, did, step }: Job) => ({ jobId, did, state: STATES[step] });

  function store({ did, bytes }: Job) {
    const cid = contentId('blob', bytes);
    const mimeType = 'video/mp4';
    if (!state.findBlob(did, cid)) {
      state.blobs.put(cid, bytes);
      state.commit({ type: 'blob', did, cid, mimeType, size: bytes.length });
    }
    return { $type: 'blob', ref: { $link: cid }, mimeType, size: bytes.length };
  }
}
