// Tries again what failed, at once and with its tries counted anew.
import { invalidInput } from '../errors.ts';
import { postName } from '../post.ts';
import type { Actor } from '../workspace.ts';
import { type ChangeDeps, type Changed, changePost, makeDue, refuseDisconnected, refuseUnpublishable } from './change-post.ts';

/** @throws CrierError `invalid-input` where nothing failed or an account is not connected; `not-found`; `not-permitted`. */
export async function retryPost(deps: ChangeDeps, actor: Actor, number: number): Promise<Changed> {
  return changePost(deps, actor, number, 'retried', (post) => {
    const failed = post.deliveries.filter((delivery) => delivery.state === 'failed');
    if (failed.length === 0) throw invalidInput(`Nothing of ${postName(post.post)} has failed, so there is nothing to retry.`);
    refuseDisconnected(deps, failed);
    refuseUnpublishable(deps, post, failed);
    makeDue(failed, deps.clock.now());
    return [];
  });
}
