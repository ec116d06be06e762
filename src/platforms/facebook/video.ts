// Uploads a Page's video in pieces that go on where they stopped, and makes it public by ending the upload. The session and the
// video's id are there from the first request on, so that ending an upload twice makes no second video.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaFile, PublishContext } from '../../core/platform.ts';
import { graphErrorIn } from '../graph-errors.ts';
import { inVideoTurn } from '../video-turns.ts';
import { type Graph, GraphId } from './client.ts';
import { classifyFacebookError } from './errors.ts';

/** What a try leaves for the next. Offsets are bytes: what Facebook wants next, and up to where; equal once it has all. */
export const VideoHandles = z.object({
  startedAt: z.string(),
  sessionId: z.string(),
  videoId: GraphId,
  startOffset: z.number(),
  endOffset: z.number(),
});
export type VideoHandles = z.infer<typeof VideoHandles>;

/** For how long a session is gone on with; Facebook names no time (unverified). */
const SESSION_HOURS = 20;

const Offset = z.coerce.number().int().nonnegative();
const Offsets = z.object({ start_offset: Offset, end_offset: Offset });
const Started = Offsets.extend({ upload_session_id: z.string(), video_id: GraphId });
const Success = z.object({ success: z.literal(true) });

/**
 * Returned with the offsets that Facebook wants, where a piece came from elsewhere:
 * https://developers.facebook.com/documentation/video-api/reference/error-codes (checked 2026-11-22).
 */
const WRONG_OFFSET = 1_363_037;
/** As often as that is mended within one try. */
const MOST_CORRECTIONS = 5;

function readSession({ handles, clock }: Pick<PublishContext, 'handles' | 'clock'>): VideoHandles | null {
  const read = VideoHandles.safeParse(handles);
  const isFresh = read.success && clock.now().since(Temporal.Instant.from(read.data.startedAt)).total('hours') < SESSION_HOURS;
  return isFresh ? read.data : null;
}

const formOf = (values: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

/** `upload_phase`: https://developers.facebook.com/docs/graph-api/reference/page/videos (checked 2026-11-22). */
async function start(context: PublishContext, graph: Graph, { size }: MediaFile): Promise<VideoHandles> {
  const form = formOf({ upload_phase: 'start', file_size: String(size) });
  const started = await graph({ method: 'POST', path: `/${context.account.remoteId}/videos`, form }, Started);
  const session = {
    startedAt: context.clock.now().toString(),
    sessionId: started.upload_session_id,
    videoId: started.video_id,
    startOffset: started.start_offset,
    endOffset: started.end_offset,
  };
  await context.saveHandles(session);
  return session;
}

/** What Facebook wants after a piece, or instead of it. */
async function transfer(graph: Graph, pageId: string, session: VideoHandles, bytes: Uint8Array<ArrayBuffer>) {
  const { sessionId, startOffset, endOffset } = session;
  const form = formOf({ upload_phase: 'transfer', upload_session_id: sessionId, start_offset: String(startOffset) });
  form.set('video_file_chunk', new File([bytes.subarray(startOffset, endOffset)], 'piece', { type: 'application/octet-stream' }));
  try {
    return { ...(await graph({ method: 'POST', path: `/${pageId}/videos`, form }, Offsets)), isCorrection: false };
  } catch (error) {
    const said = graphErrorIn(error);
    const wanted = said?.error_subcode === WRONG_OFFSET ? Offsets.safeParse(said.error_data) : null;
    if (!wanted?.success) throw error;
    return { ...wanted.data, isCorrection: true };
  }
}

async function transferAll(context: PublishContext, graph: Graph, file: MediaFile, begun: VideoHandles): Promise<void> {
  const bytes = await file.read();
  let session = begun;
  let corrections = 0;
  while (session.startOffset < session.endOffset) {
    context.signal.throwIfAborted();
    const {
      start_offset: startOffset,
      end_offset: endOffset,
      isCorrection,
    } = await transfer(graph, context.account.remoteId, session, bytes);
    if (isCorrection || startOffset <= session.startOffset) corrections += 1;
    if (corrections > MOST_CORRECTIONS)
      throw new CrierError(
        'unavailable',
        'Facebook asked for the same piece of the video again and again; it will be tried again.',
      );
    session = { ...session, startOffset, endOffset };
    await context.saveHandles(session);
  }
}

/**
 * Everything of a video but its end: nobody sees it yet. A session of an earlier try that Facebook refuses by now is left for a
 * new one.
 */
export async function uploadVideo(context: PublishContext, graph: Graph, file: MediaFile): Promise<VideoHandles> {
  const goOn = async (session: VideoHandles): Promise<VideoHandles> => {
    if (session.startOffset < session.endOffset)
      await inVideoTurn(context.signal, () => transferAll(context, graph, file, session));
    return session;
  };
  const earlier = readSession(context);
  if (earlier) {
    try {
      return await goOn(earlier);
    } catch (error) {
      if (classifyFacebookError(error).kind !== 'rejected') throw error;
    }
  }
  return goOn(await start(context, graph, file));
}

/** The request that makes the video public. */
export async function endUpload(context: PublishContext, graph: Graph, { sessionId }: VideoHandles): Promise<void> {
  const { text, options, account } = context;
  const form = formOf({
    upload_phase: 'finish',
    upload_session_id: sessionId,
    ...(text === '' ? {} : { description: text }),
    ...(options.title === undefined ? {} : { title: options.title }),
  });
  await graph({ method: 'POST', path: `/${account.remoteId}/videos`, form }, Success);
}
