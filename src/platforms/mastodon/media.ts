// Uploads a post's images or its video to a Mastodon server and waits until it has processed them. Attaches them to nothing.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { isVideo } from '../../core/media.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { inVideoTurn } from '../video-turns.ts';
import { type Client, isStatus } from './client.ts';

/** `url` is null while the server still works on the file (HTTP 202 and 206): https://docs.joinmastodon.org/methods/media/, 2026-11-22. */
const Attachment = z.object({ id: z.string(), url: z.string().nullish() });
type Attachment = z.infer<typeof Attachment>;

/** What a try leaves for the next, by media id. */
export const Uploads = z.object({
  uploadedAt: z.string(),
  attachments: z.record(z.string(), z.object({ id: z.string(), ready: z.boolean() })),
});
export type Uploads = z.infer<typeof Uploads>;

/** Mastodon deletes attachments that belong to no status after a day; older ones are uploaded anew. */
const UPLOADS_KEEP_HOURS = 20;

/** Milliseconds between questions whether a file is ready; a minute in all, then it is given up for this try. */
const WAITS_MS = [100, 200, 400, 800, 1500, ...Array<number>(19).fill(3000)];

function readUploads({ handles, clock }: Pick<PublishContext, 'handles' | 'clock'>): Uploads {
  const now = clock.now();
  const parsed = Uploads.safeParse(handles);
  if (parsed.success && now.since(Temporal.Instant.from(parsed.data.uploadedAt)).total('hours') < UPLOADS_KEEP_HOURS)
    return parsed.data;
  return { uploadedAt: now.toString(), attachments: {} };
}

async function upload(client: Client, file: MediaFile): Promise<Attachment> {
  const [kind = 'file', type = 'bin'] = file.mimeType.split('/');
  // the server goes by the ending too: app/models/media_attachment.rb (VIDEO_FILE_EXTENSIONS), checked 2026-11-22
  const name = `${kind}.${type === 'quicktime' ? 'mov' : type}`;
  const bytes = new File([await file.read()], name, { type: file.mimeType });
  // without skipPolling masto would wait itself, and the id would be known only after that
  // and null would go out as the word: a form knows only text
  const description = file.altText === '' ? {} : { description: file.altText };
  const created = await client.v2.media.create({ file: bytes, ...description, skipPolling: true });
  return Attachment.parse(created);
}

/** What an earlier try uploaded, or null where the server no longer has it. */
async function find(client: Client, id: string): Promise<Attachment | null> {
  try {
    return Attachment.parse(await client.v1.media.$select(id).fetch());
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw error;
  }
}

async function untilReady(client: Client, uploaded: Attachment, signal: AbortSignal): Promise<void> {
  let attachment: Attachment | null = uploaded;
  for (const ms of WAITS_MS) {
    if (attachment?.url) return;
    await wait(ms, undefined, { signal });
    attachment = await find(client, uploaded.id);
  }
  if (!attachment?.url) throw new CrierError('unavailable', 'Mastodon is still processing a file; it will be tried again.');
}

/**
 * The attachment ids of a post's files, in order. Each id is stored as soon as it is known, and again once it is ready: a ready
 * one is not asked for again, as Mastodon no longer shows it by itself once a status (of a try that was applied) has it.
 */
export async function uploadMedia(context: PublishContext, client: Client): Promise<string[]> {
  const uploads = readUploads(context);
  const store = async (file: MediaFile, id: string, ready: boolean): Promise<void> => {
    uploads.attachments[file.id] = { id, ready };
    await context.saveHandles(uploads);
  };
  const ids: string[] = [];
  for (const file of context.media) {
    const known = uploads.attachments[file.id];
    if (known?.ready) {
      ids.push(known.id);
      continue;
    }
    let attachment = known ? await find(client, known.id) : null;
    if (!attachment) {
      attachment = isVideo(file) ? await inVideoTurn(context.signal, () => upload(client, file)) : await upload(client, file);
      await store(file, attachment.id, false);
    }
    await untilReady(client, attachment, context.signal);
    await store(file, attachment.id, true);
    ids.push(attachment.id);
  }
  return ids;
}
