// Files of a reply, handed to Slack: a picture is shown in the message itself, where messages hold pictures. All else is uploaded into
// the channel where all may have it, and into the direct messages of whoever asked where only they may.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import { filesOf, type Reply, type ReplyFile } from '../reply.ts';
import { isPicture, NO_PICTURES, type Pictures } from './blocks-picture.ts';
import type { Front } from './front.ts';
import type { Ask } from './place.ts';
import { slackCodeOf } from './refusals.ts';
import type { TeamAccess } from './teams.ts';
import { type Target, upload } from './uploads.ts';

const Opened = z.object({ channel: z.object({ id: z.string() }) });

type Ways = Pick<Front, 'call'>;

/** The reply as it is left to say, and what its message shows. */
export interface Handed {
  reply: Reply;
  pictures: Pictures;
}

export interface Sharing {
  /** The message holds pictures. */
  showsPictures: boolean;
  /** Where the reply stands. */
  place: Target;
  /** All else is for this person alone, in their direct messages; null: for everybody who is there. */
  aloneTo: string | null;
}

/**
 * Hands the files over, before what is said of them.
 * @throws CrierError `rejected` where the app lacks the permission and the files are more than pictures of what is said; else as the
 * outbox does.
 */
export async function handOver(ways: Ways, access: TeamAccess, reply: Reply, sharing: Sharing): Promise<Handed> {
  const files = filesOf(reply);
  if (files.length === 0) return { reply, pictures: NO_PICTURES };
  const shown = sharing.showsPictures ? files.filter(isPicture) : [];
  const others = files.filter((file) => !shown.includes(file));
  try {
    const ids = await upload(ways, access, shown, null);
    const notes = await share(ways, access, others, sharing);
    return { reply: withNotes(reply, notes), pictures: new Map(shown.map((file, index) => [file, ids[index] ?? ''])) };
  } catch (error) {
    if (slackCodeOf(error) !== 'missing_scope') throw error;
    // of pictures, all that they show is said beside them
    if (!files.every(({ altText }) => altText !== undefined)) throw mayNotUpload(error);
    return { reply: withNotes(reply, [MAY_NOT_UPLOAD]), pictures: NO_PICTURES };
  }
}

/** What is to be said of where they are. */
async function share(
  ways: Ways,
  access: TeamAccess,
  files: readonly ReplyFile[],
  { place, aloneTo }: Sharing,
): Promise<string[]> {
  if (files.length === 0) return [];
  const direct = aloneTo === null ? place.channel_id : await openDirect(ways, access, aloneTo);
  const isThere = direct === place.channel_id;
  await upload(ways, access, files, isThere ? place : { channel_id: direct });
  return isThere ? [] : [sentDirectly(files)];
}

const withNotes = (reply: Reply, notes: readonly string[]): Reply =>
  notes.length === 0 ? reply : { ...reply, notes: [...(reply.notes ?? []), ...notes] };

/** The place of an answer, for a file. */
export const placeOf = ({ place: { channel, thread } }: Pick<Ask, 'place'>): Target => ({
  channel_id: channel,
  ...(thread === undefined ? {} : { thread_ts: thread }),
});

const sentDirectly = ({ length }: readonly ReplyFile[]): string =>
  `${length === 1 ? 'The file is' : 'The files are'} in your direct messages with Crier.`;

const openDirect = async ({ call }: Ways, { client }: TeamAccess, userId: string): Promise<string> =>
  Opened.parse(await call(() => client.conversations.open({ users: userId }))).channel.id;

const MAY_NOT_UPLOAD =
  'Crier may not upload files in this Slack workspace. Whoever runs Crier adds the permission files:write and installs the app again.';

const mayNotUpload = (cause: unknown): CrierError => new CrierError('rejected', MAY_NOT_UPLOAD, { cause });
