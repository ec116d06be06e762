// Making containers: what the emulated Instagram fetches, and what it refuses. Figures and codes are those of
// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media and /error-codes (checked 2026-11-22).
import { z } from 'zod';
import { GraphError, invalid } from '../graph.ts';
import { type Pulled, pullMedia } from '../pull.ts';
import { timestamp } from '../timestamp.ts';
import { type Container, type IgAccount, type InstagramState, isWithinDay, type StoredFile } from './state.ts';

const CAPTION_MAX = 2200;
const HASHTAGS_MAX = 30;
const MENTIONS_MAX = 20;
const ALT_MAX = 1000;
const IMAGE_BYTES_MAX = 8_000_000;
const CAROUSEL = { min: 2, max: 10 };
const CONTAINERS_PER_DAY = 400;
const LOOKS_UNTIL_READY = 1;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).default(false);
const Input = z.object({
  media_type: z.string().optional(),
  image_url: z.string().optional(),
  video_url: z.string().optional(),
  caption: z.string().default(''),
  alt_text: z.string().default(''),
  is_carousel_item: flag,
  share_to_feed: flag,
  children: z.union([z.array(z.string()), z.string().transform((list) => list.split(','))]).default([]),
});
type Input = z.infer<typeof Input>;

/** Checks, fetches and stores what a request asks for. @throws GraphError */
export async function makeContainer(state: InstagramState, account: IgAccount, parameters: unknown): Promise<Container> {
  const parsed = Input.safeParse(parameters);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const input = parsed.data;
  const today = state.containers.all().filter((each) => each.accountId === account.id && isWithinDay(state, each.madeAt));
  // with which code, is not documented
  if (today.length >= CONTAINERS_PER_DAY) throw new GraphError(9, undefined, 'Too many containers in the last 24 hours.');
  checkTexts(input);
  const shape = shapeOf(input);
  const content = shape === 'CAROUSEL' ? childrenOf(state, account, input.children) : await fetched(state, shape, input);
  const container: Container = {
    id: state.nextId(),
    accountId: account.id,
    shape,
    // neither a story nor an item of a carousel has one
    caption: shape === 'STORIES' || input.is_carousel_item ? '' : input.caption,
    isItem: input.is_carousel_item,
    ...content,
    looks: 0,
    madeAt: timestamp(state.clock),
    mediaId: null,
  };
  state.containers.put(container);
  return container;
}

function checkTexts({ caption, alt_text: alt }: Input): void {
  const hashtags = caption.match(/#[\p{L}\p{N}_]/gu)?.length ?? 0;
  const mentions = caption.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_]/gu)?.length ?? 0;
  if (caption.length > CAPTION_MAX || hashtags > HASHTAGS_MAX)
    throw new GraphError(36004, 2207010, `The caption was ${caption.length} characters long, with ${hashtags} hashtags.`);
  if (mentions > MENTIONS_MAX) throw new GraphError(100, 2207040, `Cannot use more than ${MENTIONS_MAX} tags per created media.`);
  if (alt.length > ALT_MAX) throw invalid(`alt_text has more than ${ALT_MAX} characters`);
}

function shapeOf({ media_type: type, image_url: image, video_url: video, is_carousel_item: isItem }: Input): Container['shape'] {
  if (type === undefined && image !== undefined) return 'IMAGE';
  if (type === 'CAROUSEL' && !isItem) return type;
  if (type === 'REELS' && video !== undefined && !isItem) return type;
  if (type === 'STORIES' && (image ?? video) !== undefined && !isItem) return type;
  // since July 2023 a video by itself is a reel
  if (type === 'VIDEO' && video !== undefined && isItem) return type;
  throw new GraphError(100, 2207023, `The media type ${type ?? 'IMAGE'} is unknown, or lacks its address.`);
}

type Content = Pick<Container, 'files' | 'failure'>;

function childrenOf(state: InstagramState, account: IgAccount, ids: string[]): Content {
  if (ids.length < CAROUSEL.min || ids.length > CAROUSEL.max)
    throw new GraphError(100, 2207028, `A carousel needs ${CAROUSEL.min} to ${CAROUSEL.max} photos or videos.`);
  const items = ids.map((id) => {
    const item = state.containers.get(id);
    if (!item?.isItem || item.accountId !== account.id || !isWithinDay(state, item.madeAt))
      throw new GraphError(24, 2207006, `The media with ${id} cannot be found`);
    if (statusOf(state, item) !== 'FINISHED') throw notReady();
    return item;
  });
  return { files: items.flatMap(({ files }) => files), failure: null };
}

export const notReady = (): GraphError =>
  new GraphError(9007, 2207027, 'The media is not ready for publishing, please wait for a moment');

async function fetched(state: InstagramState, shape: Container['shape'], input: Input): Promise<Content> {
  const url = input.video_url ?? input.image_url ?? '';
  const pulled = await pullMedia(url);
  if (!pulled && !(await isThere(url)))
    throw new GraphError(9004, 2207052, `The media could not be fetched from this uri: ${new URL(url).origin}`);
  if (input.video_url === undefined) {
    checkImage(pulled, shape);
    return { files: [keep(state, pulled, input.alt_text)], failure: null };
  }
  // a video is looked at after the answer: what is wrong with it, the status says
  if (!pulled || !isGoodVideo(pulled, shape)) return { files: [], failure: 2207026 };
  return { files: [keep(state, pulled, '')], failure: null };
}

/** For what was fetched and could not be read. */
const isThere = async (url: string): Promise<boolean> =>
  URL.canParse(url) &&
  fetch(url).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );

function checkImage(pulled: Pulled | null, shape: Container['shape']): asserts pulled is Pulled {
  if (pulled?.facts.mimeType !== 'image/jpeg')
    throw new GraphError(36001, 2207005, 'The image format is not supported. Supported formats are: JPEG.');
  if (pulled.bytes.length > IMAGE_BYTES_MAX)
    throw new GraphError(36000, 2207004, 'The image is too large to download. It should be less than 8 MiB.');
  const ratio = pulled.facts.width / pulled.facts.height;
  if (shape !== 'STORIES' && (ratio < 0.8 || ratio > 1.91))
    throw new GraphError(36003, 2207009, `The submitted image with aspect ratio ${ratio.toFixed(3)} cannot be published.`);
}

function isGoodVideo({ bytes, facts: { mimeType, width, height, durationMs } }: Pulled, shape: Container['shape']): boolean {
  const isStory = shape === 'STORIES';
  const ratio = width / height;
  return (
    (mimeType === 'video/mp4' || mimeType === 'video/quicktime') &&
    durationMs !== null &&
    durationMs >= 3000 &&
    durationMs <= (isStory ? 60_000 : 900_000) &&
    bytes.length <= (isStory ? 100_000_000 : 300_000_000) &&
    ratio >= (isStory ? 0.1 : 0.01) &&
    ratio <= 10 &&
    width <= 1920
  );
}

function keep({ nextId, blobs }: InstagramState, { bytes, facts }: Pulled, alt: string): StoredFile {
  const name = nextId();
  blobs.put(name, bytes);
  return { name, mimeType: facts.mimeType, size: bytes.length, alt };
}

/** Processed once it was asked for, or after half a minute. */
export function statusOf(state: InstagramState, { failure, looks, madeAt, mediaId }: Container): string {
  if (mediaId !== null) return 'PUBLISHED';
  if (!isWithinDay(state, madeAt)) return 'EXPIRED';
  const age = state.clock.now().since(Temporal.Instant.from(madeAt)).total('seconds');
  if (looks <= LOOKS_UNTIL_READY && age < 30) return 'IN_PROGRESS';
  return failure === null ? 'FINISHED' : 'ERROR';
}
