// Publishing posts that are made of a container, and looking for them, as Instagram and Threads have it. What a container is made of and how
// an account's own posts are listed, the networks' own folders say.
import { CrierError } from '../core/errors.ts';
import type { FindContext, FindResult, PublishContext, Published } from '../core/platform.ts';
import { type ContainerDesk, lookAtPost, type Ready, readyContainer, type Wish } from './containers.ts';
import { whilePreparing } from './failures.ts';

export interface ContainerPosts {
  desk: ContainerDesk;
  /** Where a person sees the account's posts. */
  profile: string;
  /** Own posts since then that may be it, the first one first, none that another delivery owns; null where it cannot be told. */
  candidates: (since: Temporal.Instant, isTaken: FindContext['isTaken']) => Promise<readonly Published[] | null>;
}

export interface PublishSteps {
  /** @throws CrierError `rejected` for what there is no container for */
  wish: () => Wish;
  /** Asked before a container is made, see `readyContainer`. @throws CrierError `rate-limited` */
  allowNew: () => Promise<void>;
  classify: (error: unknown) => CrierError;
  /** The one request that makes a container public. Returns the post's id. */
  publish: (containerId: string) => Promise<string>;
  /** The post's own address. */
  permalinkOf: (id: string) => Promise<string>;
}

export async function publishContainer(context: PublishContext, posts: ContainerPosts, steps: PublishSteps): Promise<Published> {
  const { classify } = steps;
  const ready = await whilePreparing(classify, () => {
    context.signal.throwIfAborted();
    return readyContainer(context, posts.desk, steps.wish(), steps.allowNew);
  });
  if (ready.isPublished) return whilePreparing(classify, () => publishedEarlier(posts, ready));
  await context.beforeSend();
  const remoteId = await steps.publish(ready.id);
  // the post is out: what fails from here on only costs its exact address
  const url = await steps.permalinkOf(remoteId).catch(() => posts.profile);
  return { remoteId, url };
}

/** A container is published once at most, so this was an earlier try of the same delivery. */
async function publishedEarlier(posts: ContainerPosts, { since }: Ready): Promise<Published> {
  const [first] = (await posts.candidates(since, async () => false)) ?? [];
  if (first) return first;
  throw notListed(posts);
}

const notListed = ({ desk, profile }: ContainerPosts): CrierError =>
  new CrierError(
    'unavailable',
    `${desk.network} says that this post is out, and does not show it yet: it is asked again. Look at ${profile} before you have it posted anew.`,
  );

/** The quota is of the last 24 hours, so that it grows again by and by; when, neither network says. */
const QUOTA_WAIT_MS = 2 * 3_600_000;

/**
 * Where the network tells both figures, of the last 24 hours.
 * @param what `posts`
 * @throws CrierError `rate-limited` at the end of what it lets programs publish per account and day
 */
export function requireQuota(network: string, what: string, used: number | undefined, total: number | undefined): void {
  if (used === undefined || total === undefined || used < total) return;
  const sentence = `${network} takes ${total} ${what} a day of one account from programs, and this account has had them; Crier tries again later.`;
  throw new CrierError('rate-limited', sentence, { retryAfterMs: QUOTA_WAIT_MS });
}

/**
 * A network that cannot be asked now proves nothing.
 * @param isLogin whether the login is the reason, which is mended first
 * @throws where `isLogin`; CrierError `unavailable` where it is out and not listed yet
 */
export async function findContainerPost(
  context: FindContext,
  posts: ContainerPosts,
  isLogin: (error: unknown) => boolean,
): Promise<FindResult> {
  const result = await search(context, posts).catch((error: unknown): FindResult => {
    if (isLogin(error)) throw error;
    return { kind: 'cannot-say' };
  });
  if (result !== 'not listed') return result;
  throw notListed(posts);
}

async function search(
  { handles, since, isTaken }: FindContext,
  { desk, candidates }: ContainerPosts,
): Promise<FindResult | 'not listed'> {
  const state = await lookAtPost(desk, handles);
  // ready and not published, or never to be published any more
  if (state === 'FINISHED' || state === 'ERROR' || state === 'EXPIRED') return { kind: 'absent' };
  if (state === 'IN_PROGRESS') return { kind: 'cannot-say' };
  const found = await candidates(since, isTaken);
  const [first] = found ?? [];
  if (first) return { kind: 'found', ...first };
  if (!found || state === 'gone') return { kind: 'cannot-say' };
  return state === 'PUBLISHED' ? 'not listed' : { kind: 'absent' };
}
