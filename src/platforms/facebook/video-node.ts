// What has become of a Page's video, and where a person sees it. Uploads nothing and changes nothing.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { PublishContext, Published } from '../../core/platform.ts';
import { untilReady } from '../until-ready.ts';
import type { Graph } from './client.ts';

const Phase = z.object({
  status: z.string().default(''),
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
});

/** https://developers.facebook.com/docs/graph-api/reference/video-status (checked 2026-11-22). */
const VideoNode = z.object({
  status: z.object({
    video_status: z.string().default(''),
    processing_phase: Phase.optional(),
    publishing_phase: Phase.optional(),
  }),
  permalink_url: z.string().optional(),
});
type VideoNode = z.infer<typeof VideoNode>;

export const readVideo = (graph: Graph, videoId: string): Promise<VideoNode> =>
  graph({ path: `/${videoId}`, query: { fields: 'status,permalink_url' } }, VideoNode);

/** Processing and publishing begin with the end of the upload, and not before. */
export const isEnded = ({ status }: VideoNode): boolean =>
  ['processing', 'ready'].includes(status.video_status) ||
  [status.processing_phase, status.publishing_phase].some((phase) => ['in_progress', 'complete'].includes(phase?.status ?? ''));

const failureIn = ({
  status: { video_status: state, processing_phase: processing, publishing_phase: publishing },
}: VideoNode) => {
  const phases = [processing, publishing].filter((phase) => phase?.status === 'error');
  if (state !== 'error' && phases.length === 0) return null;
  const [first] = phases.flatMap((phase) => phase?.errors ?? []);
  return new CrierError('rejected', `Facebook could not process this video${first?.message ? `: ${first.message}` : '.'}`);
};

/** Facebook gives a path where the video became a reel, `/reel/77/`, and it may be a whole address. */
export function publishedVideo(
  { service, remoteId }: PublishContext['account'],
  videoId: string,
  node: Pick<VideoNode, 'permalink_url'> | null,
): Published {
  const url = new URL(node?.permalink_url ?? `/${remoteId}/videos/${videoId}/`, service).href;
  return { remoteId: videoId, url };
}

/** A minute at most; what takes longer shows up on the Page when it is ready. */
const WAITS_MS = [200, 400, 800, 1500, 3000, 5000, 5000, 10_000, 15_000, 20_000];

/**
 * Looks after a video that is public: Facebook may still find that it cannot show it.
 * @throws CrierError `rejected` with Facebook's word for that, and nothing else: the post is out, whatever becomes of a look
 */
export async function lookAfter(context: PublishContext, graph: Graph, videoId: string): Promise<Published> {
  const look = async (): Promise<VideoNode | null> => {
    const node = await readVideo(graph, videoId);
    const failure = failureIn(node);
    if (failure) throw failure;
    return node.status.video_status === 'ready' ? node : null;
  };
  const node = await untilReady(context.signal, look, {
    stillWorking: 'Facebook is still processing the video.',
    waitsMs: WAITS_MS,
  }).catch((error: unknown) => {
    if (error instanceof CrierError && error.kind === 'rejected') throw error;
    return null;
  });
  return publishedVideo(context.account, videoId, node);
}
