// Uploads a post's files to X in chunks, waits until X has processed them, and describes them. Attaches them to nothing.
// https://docs.x.com/x-api/media/quickstart/media-upload-chunked; the addresses are those of its OpenAPI description (2.167).
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { Refused } from '../api.ts';
import { untilReady } from '../until-ready.ts';
import { inVideoTurn } from '../video-turns.ts';
import { type Client, clientFor } from './client.ts';

/** `GET /2/media/upload` has it while X works on the file; without it, the file is ready. */
const Processing = z.object({
  state: z.enum(['pending', 'in_progress', 'succeeded', 'failed']),
  check_after_secs: z.number().nonnegative().optional(),
  error: z.object({ message: z.string().optional() }).optional(),
});
type Processing = z.infer<typeof Processing>;
const Answer = z.object({
  data: z.object({ id: z.string(), expires_after_secs: z.number().optional(), processing_info: Processing.optional() }),
});
type Answer = z.infer<typeof Answer>['data'];

/** `sent`: chunks X has. Then it was told that these are all (`whole`), then X had processed it (`processed`), then it was described (`ready`). */
const Upload = z.object({
  id: z.string(),
  progress: z.enum(['begun', 'whole', 'processed', 'ready']),
  sent: z.int().nonnegative(),
  until: z.string(),
});
type Upload = z.infer<typeof Upload>;
/** What a try leaves for the next, by media id. */
export const Uploads = z.object({ uploads: z.record(z.string(), Upload) });

/** Bytes. X names none; its own sample sends as much: https://github.com/xdevplatform/large-video-upload-python (checked 2026-11-22). */
const CHUNK = 4 * 1024 * 1024;
/** X told 86,400 seconds in its example; what is close to its end is uploaded anew. */
const KEEPS_SECONDS = 86_400;
const MARGIN = Temporal.Duration.from({ hours: 1 });
/** `alt_text` of `POST /2/media/metadata`. */
const MAX_ALT_TEXT = 1000;
/** Questions whether a file is ready; X says itself how long to wait between them. */
const WAITS_MS = [...Array<number>(9).fill(1000), ...Array<number>(27).fill(3000)];

/** The media ids of a post's files, in order. Everything is stored the moment it is known. */
export async function uploadMedia(context: PublishContext): Promise<string[]> {
  const client = clientFor(context);
  const uploads = readUploads(context);
  const ids: string[] = [];
  for (const file of context.media) {
    const save = async (upload: Upload): Promise<Upload> => {
      uploads[file.id] = upload;
      await context.saveHandles({ uploads });
      return upload;
    };
    const { id } = await finish({ context, client, file, save }, uploads[file.id]);
    ids.push(id);
  }
  return ids;
}

function readUploads({ handles, clock }: PublishContext): Record<string, Upload> {
  const now = clock.now().add(MARGIN);
  const known = Object.entries(Uploads.safeParse(handles).data?.uploads ?? {});
  return Object.fromEntries(known.filter(([, { until }]) => Temporal.Instant.compare(now, Temporal.Instant.from(until)) < 0));
}

interface Job {
  context: PublishContext;
  client: Client;
  file: MediaFile;
  save: (upload: Upload) => Promise<Upload>;
}

/** What an earlier try began, X may have forgotten meanwhile: then it begins again. */
async function finish(job: Job, known: Upload | undefined): Promise<Upload> {
  if (known?.progress === 'ready') return known;
  if (known) {
    try {
      return await goOn(job, known);
    } catch (error) {
      if (!(error instanceof Refused) || ![400, 404].includes(error.status)) throw error;
    }
  }
  return goOn(job, null);
}

async function goOn(job: Job, known: Upload | null): Promise<Upload> {
  const { file, context, save } = job;
  const isWhole = known !== null && known.progress !== 'begun';
  const send = () => sendAll(job, known);
  const upload = isWhole ? known : isVideo(file) ? await inVideoTurn(context.signal, send) : await send();
  const processed = upload.progress === 'whole' ? await untilProcessed(job, upload) : upload;
  await describe(job, processed);
  return save({ ...processed, progress: 'ready' });
}

async function sendAll({ client, file, context, save }: Job, known: Upload | null): Promise<Upload> {
  // before X is asked for anything: a file that cannot be read leaves nothing behind there
  const bytes = await file.read();
  let upload = known ?? (await save(await begin(client, file, context)));
  for (let index = upload.sent; index * CHUNK < bytes.length; index += 1) {
    const form = new FormData();
    form.set('segment_index', String(index));
    form.set('media', new Blob([bytes.subarray(index * CHUNK, (index + 1) * CHUNK)]), 'chunk');
    await client.send({ method: 'POST', path: `/2/media/upload/${upload.id}/append`, form });
    upload = await save({ ...upload, sent: index + 1 });
  }
  const { data } = await client.ask({ method: 'POST', path: `/2/media/upload/${upload.id}/finalize` }, Answer);
  const progress = data.processing_info ? 'whole' : 'processed';
  return save({ ...upload, progress, until: untilOf(data, context) });
}

async function begin(client: Client, { mimeType, size }: MediaFile, context: PublishContext): Promise<Upload> {
  const category = isVideo({ mimeType }) ? 'tweet_video' : mimeType === 'image/gif' ? 'tweet_gif' : 'tweet_image';
  const json = { media_type: mimeType, total_bytes: size, media_category: category };
  const { data } = await client.ask({ method: 'POST', path: '/2/media/upload/initialize', json }, Answer);
  return { id: data.id, progress: 'begun', sent: 0, until: untilOf(data, context) };
}

const untilOf = ({ expires_after_secs: seconds = KEEPS_SECONDS }: Answer, { clock }: PublishContext): string =>
  clock
    .now()
    .add({ seconds: Math.floor(seconds) })
    .toString();

/** @throws CrierError `rejected` where X could not do with the file, `unavailable` where it takes long */
async function untilProcessed({ client, context, file, save }: Job, upload: Upload): Promise<Upload> {
  let askedMs = 0;
  const kind = isVideo(file) ? 'video' : 'image';
  const look = async (): Promise<Processing | 'done' | null> => {
    const query = { command: 'STATUS', media_id: upload.id };
    const { processing_info: info } = (await client.ask({ path: '/2/media/upload', query }, Answer)).data;
    if (!info || info.state === 'succeeded') return 'done';
    askedMs = (info.check_after_secs ?? 0) * 1000;
    return info.state === 'failed' ? info : null;
  };
  const waiting = { stillWorking: `X is still processing the ${kind}; it will be tried again.`, waitsMs: WAITS_MS };
  const found = await untilReady(context.signal, look, { ...waiting, askedMs: () => askedMs });
  if (found === 'done') return save({ ...upload, progress: 'processed' });
  const said = found.error?.message ? `: ${found.error.message}` : '.';
  throw new CrierError('rejected', `X could not process the ${kind}${said}`, { meta: { state: found.state } });
}

/** "Alt text can only be added to images": https://docs.x.com/x-api/fundamentals/data-dictionary. What is longer than X takes is cut. */
async function describe({ client, file }: Job, { id }: Upload): Promise<void> {
  if (file.altText === '' || isVideo(file)) return;
  const points = [...file.altText];
  const text = points.length > MAX_ALT_TEXT ? `${points.slice(0, MAX_ALT_TEXT - 1).join('')}…` : file.altText;
  await client.send({ method: 'POST', path: '/2/media/metadata', json: { id, metadata: { alt_text: { text } } } });
}
