// What a member wants to see at a glance: what goes out next, drafts, what waits for them, and accounts that need a person.
import type { Account } from '../account.ts';
import type { DeliveryState } from '../delivery.ts';
import type { Deps } from '../ports.ts';
import type { PostDetails } from '../post.ts';
import type { Page } from '../post-store.ts';
import { EXPIRES_SOON_HOURS } from '../preview.ts';
import { type Actor, requirePermission } from '../workspace.ts';

export interface Overview {
  upcoming: PostDetails[];
  drafts: Page<PostDetails>;
  /** The member's own posts that cannot go on without a person. */
  waiting: Page<PostDetails>;
  /** Every account of the workspace. */
  accounts: Account[];
  /** Of those, the ones that are disconnected, or whose login runs out soon. */
  ailing: Account[];
}

const SHOWN = 5;
/** Among the first of these by time, what is held stands too: it is not what goes out next. */
const LOOKED_THROUGH = 50;
const ON_THE_WAY: readonly DeliveryState[] = ['scheduled', 'publishing', 'retrying'];

/** @throws CrierError `not-permitted`. */
export async function readOverview({ store, clock }: Pick<Deps, 'store' | 'clock'>, actor: Actor): Promise<Overview> {
  requirePermission(actor, 'view');
  const { workspace, member } = actor;
  const [upcoming, drafts, waiting, accounts] = await Promise.all([
    store.posts.list(workspace.id, { kind: 'upcoming' }, { offset: 0, limit: LOOKED_THROUGH }),
    store.posts.list(workspace.id, { kind: 'drafts' }, { offset: 0, limit: SHOWN }),
    store.posts.list(workspace.id, { kind: 'waiting', authorId: member.id }, { offset: 0, limit: SHOWN }),
    store.accounts.list(workspace.id),
  ]);
  const soon = clock.now().add({ hours: EXPIRES_SOON_HOURS });
  return {
    upcoming: upcoming.items
      .filter(({ deliveries }) => deliveries.some(({ state }) => ON_THE_WAY.includes(state)))
      .slice(0, SHOWN),
    drafts,
    waiting,
    accounts,
    ailing: accounts.filter(
      ({ state, expiresAt }) =>
        state === 'disconnected' || (expiresAt !== null && Temporal.Instant.compare(expiresAt, soon) <= 0),
    ),
  };
}
