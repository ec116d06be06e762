// Files of a reply, uploaded to Slack: into the channel where all may see them, else into the direct messages of whoever asked, since what
// one person alone sees in a channel holds no files. Messages are the outbox' matter.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { ReplyFile } from '../reply.ts';
import type { Outcome } from '../run.ts';
import type { Front } from './front.ts';
import { badStatus, brokenOff } from './outbox-errors.ts';
import { type Ask, isDirect } from './place.ts';
import { slackCodeOf } from './refusals.ts';

const UploadPlace = z.object({ upload_url: z.url(), file_id: z.string() });
const Opened = z.object({ channel: z.object({ id: z.string() }) });

const UPLOAD_TIMEOUT_MS = 60_000;

/**
 * Hands the files over, before what is said of them. Returns the reply as it is left to say, with the place of the files where that is
 * another one.
 * @throws CrierError `rejected` where the app lacks the permission and the files are more than pictures of what is said; else as the
 * outbox does.
 */
export async function handOverFiles(front: Front, ask: Ask, { reply: whole, ...how }: Outcome): Promise<Outcome> {
  const { files = [], ...reply } = whole;
  if (files.length === 0) return { ...how, reply };
  const isForAll = ask.way === 'mention' && !reply.private;
  const isThere = isForAll || isDirect(ask.place.channel);
  try {
    const to = isThere ? placeOf(ask) : { channel_id: await openDirect(front, ask) };
    await upload(front, ask, to, files);
  } catch (error) {
    if (slackCodeOf(error) !== 'missing_scope') throw error;
    // of pictures, all that they show is said beside them
    if (!files.every(({ altText }) => altText !== undefined)) throw mayNotUpload(error);
    return { ...how, reply: { ...reply, notes: [...(reply.notes ?? []), MAY_NOT_UPLOAD] } };
  }
  return { ...how, reply: isThere ? reply : { ...reply, notes: [...(reply.notes ?? []), sentDirectly(files)] } };
}

interface Target {
  channel_id: string;
  thread_ts?: string;
}

const placeOf = ({ place: { channel, thread } }: Ask): Target => ({
  channel_id: channel,
  ...(thread === undefined ? {} : { thread_ts: thread }),
});

const sentDirectly = ({ length }: readonly ReplyFile[]): string =>
  `${length === 1 ? 'The file is' : 'The files are'} in your direct messages with Crier.`;

const openDirect = async (front: Front, { access, userId }: Ask): Promise<string> =>
  Opened.parse(await front.call(() => access.client.conversations.open({ users: userId }))).channel.id;

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal (checked 2026-11-22) */
async function upload(front: Front, { access: { client } }: Ask, to: Target, files: readonly ReplyFile[]): Promise<void> {
  const ids: string[] = [];
  for (const { name, bytes, altText } of files) {
    const about = { filename: name, length: bytes.byteLength, ...(altText === undefined ? {} : { alt_text: altText }) };
    const place = UploadPlace.parse(await front.call(() => client.files.getUploadURLExternal(about)));
    await front.call(() => send(place.upload_url, bytes));
    ids.push(place.file_id);
  }
  const [first, ...rest] = ids.map((id, index) => ({ id, title: files[index]?.name ?? id }));
  if (first) await front.call(() => client.files.completeUploadExternal({ files: [first, ...rest], ...to }));
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

const MAY_NOT_UPLOAD =
  'Crier may not upload files in this Slack workspace. Whoever runs Crier adds the permission files:write and installs the app again.';

const mayNotUpload = (cause: unknown): CrierError => new CrierError('rejected', MAY_NOT_UPLOAD, { cause });
