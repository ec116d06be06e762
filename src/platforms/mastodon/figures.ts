// How statuses did and how many follow the account, as its own server counts. Mastodon counts no views, and tells nobody who kept a status.
import { z } from 'zod';
import { type PostFigures, UNTOLD, UNTOLD_ACCOUNT } from '../../core/figures.ts';
import type { Platform } from '../../core/platform.ts';
import { type Client, clientFor, isStatus } from './client.ts';

/** `check_statuses_limit` in app/controllers/api/v1/statuses_controller.rb of mastodon (DEFAULT_STATUSES_LIMIT, checked 2026-11-22). */
const MOST_IDS = 20;

/** Left out by some of the other servers that speak Mastodon's API. */
const Count = z
  .int()
  .nonnegative()
  .nullish()
  .transform((count) => count ?? null);
/** https://docs.joinmastodon.org/entities/Status/ (checked 2026-11-22, but for quotes, which servers have since 4.5). */
const Counted = z.object({
  id: z.string(),
  favouritesCount: Count,
  repliesCount: Count,
  reblogsCount: Count,
  quotesCount: Count,
});
type Counted = z.infer<typeof Counted>;

/** A quote shares a status as a boost does. */
const sharesOf = ({ reblogsCount, quotesCount }: Counted): number | null =>
  reblogsCount === null ? null : reblogsCount + (quotesCount ?? 0);

const asFigures = (status: Counted): PostFigures => ({
  ...UNTOLD,
  likes: status.favouritesCount,
  comments: status.repliesCount,
  shares: sharesOf(status),
});

/** https://docs.joinmastodon.org/methods/statuses/#index (checked 2026-11-22): since 4.3. */
async function readTogether(client: Client, ids: readonly string[]): Promise<Counted[]> {
  const found: Counted[] = [];
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const some = await client.v1.statuses.fetch({ id: ids.slice(from, from + MOST_IDS) });
    found.push(...z.array(Counted).parse(some));
  }
  return found;
}

async function readEach(client: Client, ids: readonly string[]): Promise<Counted[]> {
  const found: Counted[] = [];
  for (const id of ids) {
    try {
      found.push(Counted.parse(await client.v1.statuses.$select(id).fetch()));
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
    }
  }
  return found;
}

async function readAll(client: Client, ids: readonly string[]): Promise<Counted[]> {
  try {
    return await readTogether(client, ids);
  } catch (error) {
    // of several it never says 404: this is a server before 4.3
    if (!isStatus(error, 404)) throw error;
    return readEach(client, ids);
  }
}

/** A token that was typed may be without the scope `read:statuses`, which the server answers with 403: then nothing is told. */
export const figures: NonNullable<Platform['figures']> = async (context) => {
  const client = clientFor(context);
  const ids = context.posts.map(({ remoteId }) => remoteId);
  try {
    const statuses = await readAll(client, ids);
    return new Map(statuses.map((status) => [status.id, asFigures(status)]));
  } catch (error) {
    if (!isStatus(error, 403)) throw error;
    return new Map(ids.map((id) => [id, UNTOLD]));
  }
};

const Own = z.object({ followersCount: Count });

/**
 * https://docs.joinmastodon.org/methods/accounts/#verify_credentials (checked 2026-11-23): the account as it sees itself, since some servers
 * show others no followers where the account hides them (unverified). Without the scope `read:accounts` nothing is told.
 */
export const accountFigures: NonNullable<Platform['accountFigures']> = async (access) => {
  try {
    const { followersCount } = Own.parse(await clientFor(access).v1.accounts.verifyCredentials());
    return { ...UNTOLD_ACCOUNT, followers: followersCount };
  } catch (error) {
    if (!isStatus(error, 403)) throw error;
    return UNTOLD_ACCOUNT;
  }
};
