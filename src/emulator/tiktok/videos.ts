// Videos for the emulated TikTok: announced, and sent in chunks. With the last one, a video is looked at and becomes a post.
// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post, -upload-video and
// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide (checked 2026-11-22).
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { readMediaFacts } from '../blobs.ts';
import { secret } from '../grants.ts';
import { ok, readJson } from './api.ts';
import { Branded, CHUNK, checkCaps, checkChunks, checkPrivacy, PRIVACY, VideoSource, videoProblem, words } from './rules.ts';
import type { Account, Task, TikTokState, Upload } from './state.ts';
import { finish, fresh, type Publishing } from './tasks.ts';

const CAPTION = 2_200;
const VideoPost = z.strictObject({
  post_info: z.strictObject({
    title: words(CAPTION),
    privacy_level: PRIVACY,
    video_cover_timestamp_ms: z.int().optional(),
    is_aigc: z.boolean().optional(),
    disable_comment: z.boolean().optional(),
    disable_duet: z.boolean().optional(),
    disable_stitch: z.boolean().optional(),
    ...Branded,
  }),
  source_info: VideoSource,
});
const VideoDraft = z.strictObject({ source_info: VideoSource });

const TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];
/** The upload_url is good for an hour. */
const UPLOAD_FOR = { hours: 1 };

export function mountVideos(publishing: Publishing): void {
  const { app, gate } = publishing;

  app.post('/v2/post/publish/video/init/', async (c) => {
    const account = gate.enter(c, 'video/init', ['video.publish']);
    const { post_info, source_info } = await readJson(c, VideoPost);
    checkPrivacy(account, post_info.privacy_level);
    const said = { text: post_info.title, privacy: post_info.privacy_level, isForInbox: false };
    return c.json(ok(beginUpload(publishing, account, source_info, said)));
  });

  app.post('/v2/post/publish/inbox/video/init/', async (c) => {
    const account = gate.enter(c, 'inbox/video/init', ['video.upload']);
    const { source_info } = await readJson(c, VideoDraft);
    return c.json(ok(beginUpload(publishing, account, source_info, { text: '', privacy: '', isForInbox: true })));
  });

  app.put('/video/', (c) => takeChunk(publishing, c));
}

type Words = Pick<Task, 'text' | 'privacy' | 'isForInbox'>;

function beginUpload(
  { state, clock, baseUrl }: Publishing,
  account: Account,
  source: z.infer<typeof VideoSource>,
  { text, privacy, isForInbox }: Words,
) {
  checkChunks(source);
  checkCaps(state, account, isForInbox, clock);
  const id = `${isForInbox ? 'v_inbox_file' : 'v_pub_file'}~v2-1.${state.nextId()}`;
  const about = { id, accountId: account.id, kind: 'video' as const, title: '', text, privacy, isForInbox };
  state.tasks.put({ ...about, ...fresh(clock), size: source.video_size });
  const [uploadId, token] = [state.nextId(), secret()];
  const until = clock.now().add(UPLOAD_FOR);
  state.uploads.set(uploadId, { taskId: id, token, chunkSize: source.chunk_size, parts: [], received: 0, until });
  return { publish_id: id, upload_url: `${baseUrl()}/video/?upload_id=${uploadId}&upload_token=${token}` };
}

async function takeChunk({ state, clock }: Publishing, c: Context): Promise<Response> {
  const id = c.req.query('upload_id') ?? '';
  const upload = state.uploads.get(id);
  const task = upload && state.tasks.get(upload.taskId);
  if (!upload || !task || upload.token !== c.req.query('upload_token')) return c.body(null, 404);
  if (Temporal.Instant.compare(upload.until, clock.now()) <= 0) return c.body(null, 403);
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const problem = problemOf(c, upload, task, bytes.length);
  if (problem !== null) return c.body(null, problem, { 'content-range': rangeOf(upload, task) });
  upload.parts.push(bytes);
  upload.received += bytes.length;
  const headers = { 'content-range': rangeOf(upload, task) };
  if (upload.received < task.size) return c.body(null, 206, headers);
  await take(state, task, upload, clock);
  state.uploads.delete(id);
  return c.body(null, 201, headers);
}

const rangeOf = ({ received }: Upload, { size }: Task): string => `bytes 0-${received}/${size}`;

function problemOf(c: Context, { received, chunkSize }: Upload, { size }: Task, length: number): 400 | 416 | null {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(c.req.header('content-range') ?? '');
  if (!range || !TYPES.includes(c.req.header('content-type') ?? '')) return 400;
  const [first, last, total] = range.slice(1).map(Number);
  if (first === undefined || last === undefined || last - first + 1 !== length) return 400;
  if (total !== size || first !== received || last >= size) return 416;
  const isLast = last === size - 1;
  const isCut = isLast ? length <= CHUNK.lastMax && length >= Math.min(chunkSize, size) : length === chunkSize;
  return isCut ? null : 400;
}

async function take(state: TikTokState, task: Task, { parts }: Upload, clock: Clock): Promise<void> {
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  const facts = await readMediaFacts(bytes);
  const problem = videoProblem(facts, task.isForInbox);
  state.looks.set(task.id, 0);
  if (problem !== null || !facts) return state.tasks.put({ ...task, failReason: problem });
  const name = state.nextId();
  state.tables.blobs.put(name, bytes);
  finish(state, { ...task, files: [{ name, mimeType: facts.mimeType, size: bytes.length }] }, clock);
}
