// Making containers: what the emulated Threads fetches, and what it refuses. Parameters are those of
// https://developers.facebook.com/documentation/threads/reference/publishing (checked 2026-11-22); of the codes Meta documents none, and those
// here are Instagram's for the same and what others report of Threads.
import { z } from 'zod';
import { GraphError, invalid } from '../graph.ts';
import { type Pulled, pullMedia } from '../pull.ts';
import { timestamp } from '../timestamp.ts';
import { countCharacters, linksIn } from './counting.ts';
import { type Container, isWithinDay, type StoredFile, type ThreadsAccount, type ThreadsState } from './state.ts';

const TEXT_MAX = 500;
const LINKS_MAX = 5;
const ALT_MAX = 1000;
const TOPIC_MAX = 50;
const IMAGE_BYTES_MAX = 8_000_000;
const VIDEO_BYTES_MAX = 1_000_000_000;
const CAROUSEL = { min: 2, max: 20 };
const LOOKS_UNTIL_READY = 1;
const AUDIENCES = ['everyone', 'accounts_you_follow', 'mentioned_only', 'parent_post_author_only', 'followers_only'];

const Input = z.object({
  media_type: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL']),
  text: z.string().default(''),
  image_url: z.string().optional(),
  video_url: z.string().optional(),
  alt_text: z.string().default(''),
  is_carousel_item: z.enum(['true', 'false']).default('false'),
  children: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter((id) => id !== '')),
  reply_to_id: z.string().optional(),
  reply_control: z.enum(AUDIENCES).default('everyone'),
  topic_tag: z
    .string()
    .min(1)
    .max(TOPIC_MAX)
    .regex(/^[^.&]+$/)
    .optional(),
  link_attachment: z.url().optional(),
});
type Input = z.infer<typeof Input>;

/** Checks, fetches and stores what a request asks for. @throws GraphError */
export async function makeContainer(state: ThreadsState, account: ThreadsAccount, input: Input): Promise<Container> {
  checkTexts(input);
  const { reply_to_id: replyTo = null, media_type: shape } = input;
  if (replyTo !== null && state.posts.get(replyTo)?.accountId !== account.id)
    throw invalid(`The post with id ${replyTo} cannot be found, or is another's.`);
  const container: Container = {
    id: state.nextId(),
    accountId: account.id,
    shape,
    text: input.text,
    replyTo,
    audience: input.reply_control,
    topic: input.topic_tag ?? null,
    link: input.link_attachment ?? null,
    isItem: input.is_carousel_item === 'true',
    ...(await contentOf(state, account, input)),
    looks: 0,
    madeAt: timestamp(state.clock),
    postId: null,
  };
  state.containers.put(container);
  return container;
}

export function readInput(parameters: unknown): Input {
  const parsed = Input.safeParse(parameters);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  return parsed.data;
}

function checkTexts({ media_type: shape, text, alt_text: alt, link_attachment: link, is_carousel_item: isItem }: Input): void {
  if (countCharacters(text) > TEXT_MAX) throw invalid(`Param text must be at most ${TEXT_MAX} characters long.`);
  if (linksIn(text, link).size > LINKS_MAX) throw invalid('THREADS_API__LINK_LIMIT_EXCEEDED');
  if (alt.length > ALT_MAX) throw invalid(`Param alt_text must be at most ${ALT_MAX} characters long.`);
  if (link !== undefined && shape !== 'TEXT') throw new GraphError(-1, 4279047, 'A link can be attached to posts of text alone.');
  if (shape === 'TEXT' && text === '' && link === undefined) throw invalid('Param text is required.');
  if (isItem === 'true' && shape !== 'IMAGE' && shape !== 'VIDEO') throw invalid('An item is an image or a video.');
}

type Content = Pick<Container, 'files' | 'failure'>;

async function contentOf(state: ThreadsState, { id }: ThreadsAccount, input: Input): Promise<Content> {
  const { media_type: shape, image_url: image, video_url: video } = input;
  if (shape === 'TEXT') return { files: [], failure: null };
  if (shape === 'CAROUSEL') return childrenOf(state, id, input.children);
  const url = shape === 'IMAGE' ? image : video;
  if (url === undefined) throw invalid(`Param ${shape.toLowerCase()}_url is required.`);
  const pulled = await pullMedia(url);
  if (shape === 'VIDEO') return videoContent(state, url, pulled, input.alt_text);
  if (!pulled && !(await isThere(url))) throw new GraphError(1, 2207052, 'The media could not be fetched from this URI.');
  checkImage(pulled);
  return { files: [keep(state, pulled, input.alt_text)], failure: null };
}

function childrenOf(state: ThreadsState, accountId: string, ids: readonly string[]): Content {
  const wrong = (): GraphError =>
    new GraphError(100, 4279004, `The children with IDs ${ids.join(', ')} are invalid, nonexistent, or expired.`);
  if (ids.length < CAROUSEL.min || ids.length > CAROUSEL.max) throw wrong();
  const items = ids.map((id) => {
    const item = state.containers.get(id);
    if (!item?.isItem || item.accountId !== accountId || statusOf(state, item) !== 'FINISHED') throw wrong();
    return item;
  });
  return { files: items.flatMap(({ files }) => files), failure: null };
}

/** A video is looked at after the answer: what is wrong with it, the status says. */
async function videoContent(state: ThreadsState, url: string, pulled: Pulled | null, alt: string): Promise<Content> {
  if (!pulled) return { files: [], failure: (await isThere(url)) ? 'FAILED_PROCESSING_VIDEO' : 'FAILED_DOWNLOADING_VIDEO' };
  const failure = videoFailure(pulled);
  return { files: failure === null ? [keep(state, pulled, alt)] : [], failure };
}

function videoFailure({ bytes, facts: { mimeType, width, height, durationMs } }: Pulled): string | null {
  if ((mimeType !== 'video/mp4' && mimeType !== 'video/quicktime') || bytes.length > VIDEO_BYTES_MAX)
    return 'FAILED_PROCESSING_VIDEO';
  if (durationMs === null || durationMs > 300_000) return 'INVALID_DURATION';
  const ratio = width / height;
  return ratio < 0.01 || ratio > 10 ? 'INVALID_ASPEC_RATIO' : null;
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

function checkImage(pulled: Pulled | null): asserts pulled is Pulled {
  const { mimeType = '', width = 1, height = 1 } = pulled?.facts ?? {};
  if (!pulled || (mimeType !== 'image/jpeg' && mimeType !== 'image/png'))
    throw new GraphError(36001, 2207005, 'The image format is not supported. Supported formats are: JPEG, PNG.');
  if (pulled.bytes.length > IMAGE_BYTES_MAX)
    throw new GraphError(36000, 2207004, 'The image is too large to download. It should be less than 8 MB.');
  const ratio = width / height;
  if (ratio < 0.1 || ratio > 10)
    throw new GraphError(36003, 2207009, `The submitted image with aspect ratio ${ratio.toFixed(3)} cannot be published.`);
}

function keep({ nextId, blobs }: ThreadsState, { bytes, facts }: Pulled, alt: string): StoredFile {
  const name = nextId();
  blobs.put(name, bytes);
  return { name, mimeType: facts.mimeType, size: bytes.length, alt };
}

/** Processed once it was asked for, or after half a minute; a text at once. */
export function statusOf(state: ThreadsState, { shape, failure, looks, madeAt, postId }: Container): string {
  if (postId !== null) return 'PUBLISHED';
  if (!isWithinDay(state, madeAt)) return 'EXPIRED';
  const age = state.clock.now().since(Temporal.Instant.from(madeAt)).total('seconds');
  if (shape !== 'TEXT' && looks <= LOOKS_UNTIL_READY && age < 30) return 'IN_PROGRESS';
  return failure === null ? 'FINISHED' : 'ERROR';
}
