// Asks a network for figures of posts, and finds the one that it refuses among others that it tells of: those are not to go without.
import type { Account } from '../account.ts';
import type { ErrorKind } from '../errors.ts';
import { type PostFigures, UNTOLD } from '../figures.ts';
import type { DuePost } from '../figures-store.ts';
import { type Answer, ask } from './ask-for-figures.ts';
import type { RefreshDeps } from './refresh-account.ts';

/** By delivery id. */
type Told = ReadonlyMap<string, PostFigures>;

const NOTHING: ReadonlyMap<string, PostFigures> = new Map();

/** Of these, another request for other posts may go well. */
const MAY_BE_ONE: readonly ErrorKind[] = ['rejected', 'not-found', 'not-permitted', 'invalid-input'];

/**
 * What the network does not have (any more), or refuses alone, tells nothing: it is not asked for again until its next time.
 * @throws where the database does not answer
 */
export async function askForPosts(deps: RefreshDeps, account: Account, posts: readonly DuePost[]): Promise<Answer<Told>> {
  const answer = await askOnceForPosts(deps, account, posts);
  return answer.ok || posts.length === 1 || !MAY_BE_ONE.includes(answer.error.kind)
    ? answer
    : askByHalves(deps, account, posts, answer);
}

async function askOnceForPosts(deps: RefreshDeps, account: Account, posts: readonly DuePost[]): Promise<Answer<Told>> {
  const answer = await ask(deps, account, async ({ figures }, access) => figures?.({ ...access, posts }) ?? NOTHING);
  if (!answer.ok) return answer;
  const told = posts.map(({ deliveryId, remoteId }) => [deliveryId, answer.told.get(remoteId) ?? UNTOLD] as const);
  return { ok: true, told: new Map(told) };
}

/** Where neither half is told, it is not about one post: no more is asked. @param refused what was said of all of them */
async function askByHalves(
  deps: RefreshDeps,
  account: Account,
  posts: readonly DuePost[],
  refused: Answer<Told>,
): Promise<Answer<Told>> {
  const [post] = posts;
  if (post && posts.length === 1) return { ok: true, told: new Map([[post.deliveryId, UNTOLD]]) };
  const middle = Math.ceil(posts.length / 2);
  const [one, other] = [posts.slice(0, middle), posts.slice(middle)];
  const [ofOne, ofOther] = [await askOnceForPosts(deps, account, one), await askOnceForPosts(deps, account, other)];
  if (!ofOne.ok && !ofOther.ok) return refused;
  const whole = [await goOn(deps, account, one, ofOne), await goOn(deps, account, other, ofOther)];
  const failed = whole.find((each) => !each.ok);
  return failed ?? { ok: true, told: new Map(whole.flatMap((each) => (each.ok ? [...each.told] : []))) };
}

const goOn = async (
  deps: RefreshDeps,
  account: Account,
  posts: readonly DuePost[],
  answer: Answer<Told>,
): Promise<Answer<Told>> =>
  answer.ok || !MAY_BE_ONE.includes(answer.error.kind) ? answer : askByHalves(deps, account, posts, answer);
