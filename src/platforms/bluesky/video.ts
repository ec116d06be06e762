// Hands a video to Bluesky's video service and waits until it has turned it into a blob on the account's own server.
// Why not uploadBlob, as for images: then the video is looked at only once the post is public, so that people see a post without it for
// a while, and one that the service refuses (too long, too many that day, address not confirmed) would stay without it for good. The
// service works for self-hosted servers as well: it writes the blob there with the token it is given. Where such a server takes smaller
// blobs only (PDS_BLOB_UPLOAD_LIMIT), the job fails and says so. https://docs.bsky.app/docs/tutorials/video, checked 2026-11-22.
import { setTimeout as wait } from 'node:timers/promises';
import { Agent } from '@atproto/api';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { classifyAnswer } from '../failures.ts';
import { through } from '../http.ts';
import { isLocalHost } from '../service-url.ts';
import { inVideoTurn } from '../video-turns.ts';
import type { BlueskySession } from './session.ts';

export const StoredBlob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
});
export type StoredBlob = z.infer<typeof StoredBlob>;

/** https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/video/defs.json, checked 2026-11-22; other states are on the way. */
const JobStatus = z.object({
  jobId: z.string().min(1),
  state: z.string().default(''),
  blob: StoredBlob.optional(),
  error: z.string().optional(),
  message: z.string().optional(),
  failureCode: z.string().optional(),
});
type JobStatus = z.infer<typeof JobStatus>;

const Refusal = JobStatus.pick({ error: true, message: true }).catch({});

/** The lexicon wraps a status; the service does so or not (https://github.com/bluesky-social/atproto/issues/3097, checked 2026-11-22). */
const Body = z.union([z.object({ jobStatus: z.unknown() }).transform(({ jobStatus }) => jobStatus), z.unknown()]);

/** Failures that are about the video: another try would end alike. Others may pass. */
const ABOUT_THE_VIDEO = new Set(['validation_failure', 'encoding_failure', 'pds_upload_unsupported_blob_size']);

/** Milliseconds between questions; about a minute in all, then the next try goes on asking. */
const WAITS_MS = [100, 200, 400, 800, 1500, ...Array<number>(19).fill(3000)];

const TOKEN_SECONDS = 30 * 60;
const NAME_LENGTH = 12;

export interface Job {
  /** What an earlier try stored. */
  known: string | undefined;
  /** Null where it came to nothing, so that the next try begins anew. */
  save: (jobId: string | null) => Promise<void>;
}

/**
 * The blob of a video, processed. The job is stored as soon as it is known, and a later try goes on with it.
 * @throws CrierError `rejected` where Bluesky does not take this video, `unavailable` where it takes its time; transport failures as they are
 */
export async function processVideo(
  context: PublishContext,
  session: BlueskySession,
  file: MediaFile,
  job: Job,
): Promise<StoredBlob> {
  let status = job.known === undefined ? null : await ask(context, job.known);
  if (status === null) {
    status = await upload(context, session, file);
    await job.save(status.jobId);
  }
  const { jobId } = status;
  for (const ms of WAITS_MS) {
    // first, as a video that was there before comes with an error and its blob
    if (status?.blob) return status.blob;
    if (status === null || status.state === 'JOB_STATE_FAILED') {
      await job.save(null);
      throw failed(status);
    }
    await wait(ms, undefined, { signal: context.signal });
    status = await ask(context, jobId);
  }
  if (status?.blob) return status.blob;
  throw new CrierError('unavailable', 'Bluesky is still processing the video; it will be tried again.');
}

function failed(status: JobStatus | null): CrierError {
  if (status === null) return new CrierError('unavailable', 'Bluesky lost the video while it was processing it.');
  const { message, error, failureCode } = status;
  const said = message ?? error ?? 'it did not say why';
  const kind = failureCode !== undefined && ABOUT_THE_VIDEO.has(failureCode) ? 'rejected' : 'unavailable';
  const meta = failureCode === undefined ? {} : { code: failureCode };
  return new CrierError(kind, `Bluesky could not process this video: ${said}.`.replace(/\.\.$/, '.'), { meta });
}

/** Of every public server; one on a local address cannot be reached from there, and is asked itself (the emulated network answers). */
const serviceFor = ({ account }: PublishContext): string =>
  isLocalHost(new URL(account.service).hostname) ? account.service : 'https://video.bsky.app';

async function upload(context: PublishContext, session: BlueskySession, file: MediaFile): Promise<JobStatus> {
  const token = await uploadToken(context, session);
  const ending = file.mimeType === 'video/quicktime' ? 'mov' : file.mimeType.replace(/^video\//, '');
  const query = new URLSearchParams({ did: session.did, name: `${file.hash.slice(0, NAME_LENGTH)}.${ending}` });
  const url = `${serviceFor(context)}/xrpc/app.bsky.video.uploadVideo?${query}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': file.mimeType };
  const { signal, http } = context;
  // without the time limit of an ordinary request, which is too short for a large file: the try as a whole has its own. In a Blob it
  // leaves piece by piece, so that a slow line is told from a dead one
  const send = async (): Promise<Response> => {
    const body = new Blob([await file.read()], { type: file.mimeType });
    return fetch(url, through(http.dispatcher, { method: 'POST', headers, body, signal }));
  };
  const response = await inVideoTurn(signal, send);
  const { body, status } = await read(response);
  if (!status) throw refused(response, body);
  return status;
}

/** Null for a job the service does not know (any more). */
async function ask(context: PublishContext, jobId: string): Promise<JobStatus | null> {
  const url = `${serviceFor(context)}/xrpc/app.bsky.video.getJobStatus?${new URLSearchParams({ jobId })}`;
  const response = await context.http.fetch(url, { signal: context.signal });
  const { body, status } = await read(response);
  if (status) return status;
  if (response.status === 400 || response.status === 404) return null;
  throw refused(response, body);
}

/** An answer of any status may name a job: that of the same video, sent before, comes with the error `already_exists`. */
async function read(response: Response): Promise<{ body: unknown; status: JobStatus | null }> {
  const text = await response.text();
  const body = Body.parse(isJson(response) ? JSON.parse(text) : undefined);
  return { body, status: JobStatus.safeParse(body).data ?? null };
}

const isJson = ({ headers }: Response): boolean => /\bjson\b/i.test(headers.get('content-type') ?? '');

/** The service's 401 and 403 are about this upload and not about the login. */
function refused({ status, ok, headers }: Response, body: unknown): CrierError {
  const { error, message } = Refusal.parse(body);
  const meta = { status, ...(error === undefined ? {} : { code: error }) };
  if (error === 'unconfirmed_email') {
    const cure =
      "Bluesky takes videos only from accounts with a confirmed email address: confirm it in Bluesky's settings, and retry.";
    return new CrierError('rejected', cure, { meta });
  }
  const said = message ?? error ?? '';
  if (status === 401 || status === 403) {
    return new CrierError(
      'rejected',
      `Bluesky's video service takes no videos of this account (${status})${said && `: ${said}`}`,
      { meta },
    );
  }
  // a success that names no job is one that was not understood
  const answer = { status: ok ? 502 : status, header: (name: string) => headers.get(name), message: said, cause: body };
  return classifyAnswer("Bluesky's video service", answer);
}

const Session = z.object({
  didDoc: z.object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })) }).optional(),
});

/** A token with which the video service may write a blob to the account's server. */
async function uploadToken({ account, clock, http }: PublishContext, session: BlueskySession): Promise<string> {
  const { agent, options } = session;
  const own = Session.parse((await session.run(() => agent.com.atproto.server.getSession(undefined, options))).data);
  const listed = own.didDoc?.service.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
  const server = typeof listed === 'string' && URL.canParse(listed) ? listed : account.service;
  // a server's DID need not be its host's name: https://github.com/bluesky-social/pds/issues/298, checked 2026-11-22
  const { data } = await new Agent({ service: server, fetch: http.fetch }).com.atproto.server.describeServer(undefined, options);
  const exp = Math.floor(clock.now().epochMilliseconds / 1000) + TOKEN_SECONDS;
  const request = { aud: data.did, lxm: 'com.atproto.repo.uploadBlob', exp } as const;
  return (await session.run(() => agent.com.atproto.server.getServiceAuth(request, options))).data.token;
}
