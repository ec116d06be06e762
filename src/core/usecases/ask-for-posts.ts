// Asks a network for figures of posts, and finds the one that it refuses among others that it tells of: those are not to go without.
import type { Account } from '../account.ts';
import type { CrierError, ErrorKind } from '../errors.ts';
import { type PostFigures, UNTOLD } from '../figures.ts';
import type { DuePost } from '../figures-store.ts';
import { type Answer, ask } from './ask-for-figures.ts';
import type { RefreshDeps } from './refresh-account.ts';

/** By delivery id. */
type Told = ReadonlyMap<string, PostFigures>;

const NOTHING: ReadonlyMap<string, PostFigures> = new Map();

/** Of these, another request for other posts may go well. */
const MAY_BE_ONE: readonly ErrorKind[] = ['rejected', 'not-found', 'not-permitted', 'invalid-input'];
const mayBeOne = ({ kind }: Pick<CrierError, 'kind'>): boolean => MAY_BE_ONE.includes(kind);

/**
 * What the network does not have (any more), or refuses alone, tells nothing: it is not asked for again until its next time.
 * @throws where the database does not answer
 */
export async function askForPosts(deps: RefreshDeps, account: Account, posts: readonly DuePost[]): Promise<Answer<Told>> {
  const answer = await askOnceForPosts(deps, account, posts);
  return answer.ok || posts.length === 1 || !mayBeOne(answer.error) ? answer : askByHalves(deps, account, posts, answer);
}

async function askOnceForPosts(deps: RefreshDeps, account: Account, posts: readonly DuePost[]): Promise<Answer<Told>> {
  const answer = await ask(deps, account, async ({ figures }, access) => figures?.({ ...access, posts }) ?? NOTHING);
  if (!answer.ok) return answer;
  const told = posts.map(({ deliveryId, remoteId }) => [deliveryId, answer.told.get(remoteId) ?? UNTOLD] as const);
  return { ok: true, told: new Map(told) };
}

/**
 * Where neither half is told, it is not about one post: no more is asked. Nor where the network then fails in another way, such as by
 * wanting to be left alone: that is what the answer is. @param refused what was said of all of them
 */
async function askByHalves(
  deps: RefreshDeps,
  account: Account,
  posts: readonly DuePost[],
  refused: Answer<Told>,
): Promise<Answer<Told>> {
  const [post] = posts;
  if (post && posts.length === 1) return { ok: true, told: new Map([[post.deliveryId, UNTOLD]]) };
  const middle = Math.ceil(posts.length / 2);
  const halves: { half: readonly DuePost[]; answer: Answer<Told> }[] = [];
  for (const half of [posts.slice(0, middle), posts.slice(middle)]) {
    const answer = await askOnceForPosts(deps, account, half);
    if (!answer.ok && !mayBeOne(answer.error)) return answer;
    halves.push({ half, answer });
  }
  if (halves.every(({ answer }) => !answer.ok)) return refused;
  const told: [string, PostFigures][] = [];
  for (const { half, answer } of halves) {
    const whole = answer.ok ? answer : await askByHalves(deps, account, half, answer);
    if (!whole.ok) return whole;
    told.push(...whole.told);
  }
  return { ok: true, told: new Map(told) };
}
