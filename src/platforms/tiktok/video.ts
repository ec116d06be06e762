// A video for TikTok: announced, uploaded but for its last chunk, and, once that may leave, made a post by it.
// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post and -upload-video (checked 2026-11-22).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { Refused } from '../api.ts';
import type { Client } from './client.ts';
import { type Creator, isOff, privacyFor, readCreator } from './creator.ts';
import { fingerprintOf, type Left } from './left.ts';
import { isForInbox } from './limits.ts';
import { type LastChunk, putChunk, sendAllButLast, sourceOf, UploadGone } from './upload.ts';

export interface AllButLast {
  kind: 'video';
  left: Left;
  file: MediaFile;
  last: LastChunk;
}

/** @param known what an earlier try left, and how many bytes of it TikTok has */
export async function prepareVideo(
  context: PublishContext,
  client: Client,
  file: MediaFile,
  known: { left: Left; uploaded: number } | null,
): Promise<AllButLast> {
  const goesOn = known !== null && isOpen(context, known.left);
  const left = goesOn ? known.left : await announce(context, client, file);
  const url = left.upload?.url ?? '';
  try {
    return { kind: 'video', left, file, last: await sendAllButLast(context, file, url, goesOn ? known.uploaded : 0) };
  } catch (error) {
    if (error instanceof UploadGone) await close(context, left);
    throw error;
  }
}

const isOpen = ({ clock }: PublishContext, { upload }: Left): boolean =>
  upload !== null && Temporal.Instant.compare(clock.now(), Temporal.Instant.from(upload.until)) < 0;

/** Its publish_id stays, so that the next try asks what became of it before it begins anew. */
const close = (context: PublishContext, left: Left): Promise<void> =>
  context.saveHandles({ ...left, upload: left.upload && { ...left.upload, until: context.clock.now().toString() } });

const Announced = z.object({ publish_id: z.string().min(1), upload_url: z.string().min(1) });
/** "The upload_url is valid for one hour after issuance"; what is close to its end is left alone. */
const OPEN_FOR = { minutes: 55 };

async function announce(context: PublishContext, client: Client, file: MediaFile): Promise<Left> {
  const source_info = { source: 'FILE_UPLOAD', ...sourceOf(file.size) };
  const post_info = isForInbox(context.options) ? null : await postInfo(context, client, file);
  const path = post_info ? '/v2/post/publish/video/init/' : '/v2/post/publish/inbox/video/init/';
  const json = post_info ? { post_info, source_info } : { source_info };
  const { publish_id: publishId, upload_url: url } = await client.post(path, json, Announced);
  const left: Left = {
    kind: 'video',
    fingerprint: fingerprintOf(context),
    publishId,
    upload: { url, until: context.clock.now().add(OPEN_FOR).toString(), total: file.size },
    expectsId: post_info?.privacy_level === 'PUBLIC_TO_EVERYONE',
  };
  await context.saveHandles(left);
  return left;
}

/** Without brand_content_toggle and brand_organic_toggle, which the page's table calls required and its examples leave out. */
async function postInfo({ options, text }: PublishContext, client: Client, file: MediaFile) {
  const creator = await readCreator(client);
  requireShort(creator, file);
  return {
    ...(text === '' ? {} : { title: text }),
    privacy_level: privacyFor(creator, options),
    disable_duet: isOff(creator, options, 'duet'),
    disable_comment: isOff(creator, options, 'comments'),
    disable_stitch: isOff(creator, options, 'stitch'),
  };
}

function requireShort({ maxSeconds }: Creator, { durationMs }: MediaFile): void {
  if (maxSeconds === null || durationMs === null || durationMs <= maxSeconds * 1000) return;
  const seconds = Math.ceil(durationMs / 1000);
  const sentence = `TikTok takes videos of up to ${maxSeconds} seconds from this account, and this one has ${seconds}: cut it, or send it with as=inbox.`;
  throw new CrierError('rejected', sentence);
}

/** The request that makes it public. */
export async function sendLast(context: PublishContext, { left, file, last }: AllButLast): Promise<Left> {
  const { url, total } = left.upload ?? { url: '', total: 0 };
  try {
    if (await putChunk(context, { url, file, total, ...last })) return left;
  } catch (error) {
    if (error instanceof UploadGone) await close(context, left);
    // what it has of the video is not what Crier thinks, and may be all
    if (error instanceof Refused && error.status === 416) throw unsure(error);
    throw error;
  }
  throw unsure();
}

const unsure = (cause?: unknown): CrierError =>
  new CrierError('outcome-unknown', 'TikTok does not say whether it has all of the video.', { cause });
