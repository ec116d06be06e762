// Files on their way to Slack: an address for each, the bytes, and a word that they are all there. With a place they are shared there;
// without one only this app can read them, and they are shown by the blocks of its messages.
import { z } from 'zod';
import type { ReplyFile } from '../reply.ts';
import type { Front } from './front.ts';
import { badStatus, brokenOff } from './outbox-errors.ts';
import type { TeamAccess } from './teams.ts';

const UploadPlace = z.object({ upload_url: z.url(), file_id: z.string() });

const UPLOAD_TIMEOUT_MS = 60_000;

export interface Target {
  channel_id: string;
  thread_ts?: string;
}

/**
 * https://docs.slack.dev/reference/methods/files.completeUploadExternal (checked 2026-11-22)
 * @returns Slack's ids, in the order of the files
 * @throws CrierError as the outbox does; `rejected` with `missing_scope` where the app lacks files:write
 */
export async function upload(
  { call }: Pick<Front, 'call'>,
  { client }: TeamAccess,
  files: readonly ReplyFile[],
  to: Target | null,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, bytes, altText } of files) {
    const about = { filename: name, length: bytes.byteLength, ...(altText === undefined ? {} : { alt_text: altText }) };
    const place = UploadPlace.parse(await call(() => client.files.getUploadURLExternal(about)));
    await call(() => send(place.upload_url, bytes));
    ids.push(place.file_id);
  }
  const [first, ...rest] = ids.map((id, index) => ({ id, title: files[index]?.name ?? id }));
  if (!first) return ids;
  const all: [typeof first, ...typeof rest] = [first, ...rest];
  await call(() => client.files.completeUploadExternal(to === null ? { files: all } : { files: all, ...to }));
  return ids;
}

/** The address is good for this file alone and takes no token. Sent twice, it is the same file. */
async function send(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: bytes, signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) }).catch(
    (error: unknown) => {
      throw error instanceof Error ? brokenOff(error) : error;
    },
  );
  await response.body?.cancel();
  if (!response.ok) throw badStatus(response.status);
}
