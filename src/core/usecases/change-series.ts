// What every change of a series has in common: it is found by one of its posts, locked with its newest occurrence, and goes on with
// the next one where that is settled by the change.
import { invalidInput } from '../errors.ts';
import { type PostDetails, postName, type Series } from '../post.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { type ChangeDeps, type Changed, dueInstants, noSuchPost } from './change-post.ts';
import { makeNextOccurrence } from './make-next-occurrence.ts';

/**
 * `number` is that of any occurrence. `change` gets the series and its newest occurrence, and returns the notes. The details are
 * those of the newest occurrence there is afterwards.
 * @throws CrierError `invalid-input` where the post does not recur or the series has ended; `not-found`; `not-permitted`; or what
 * `change` throws. Nothing is written then.
 */
export async function changeSeries(
  deps: ChangeDeps,
  actor: Actor,
  number: number,
  verb: string,
  change: (series: Series, newest: PostDetails) => string[],
): Promise<Changed> {
  requirePermission(actor, 'write');
  const { id } = await findSeries(deps, actor, number);
  // what is settled by now is not what a person means by "the next"
  await makeNextOccurrence(deps, id);
  let notes: string[] = [];
  const changed = await deps.store.series.change(actor, id, verb, (series, newest) => {
    if (series.state === 'ended') throw hasEnded(number);
    notes = change(series, newest);
  });
  await deps.jobs.wakeAt(dueInstants(changed));
  const next = await makeNextOccurrence(deps, id);
  const details = next ?? (await deps.store.posts.find(actor.workspace.id, changed.post.number));
  return { details: details ?? changed, notes };
}

async function findSeries({ store }: ChangeDeps, actor: Actor, number: number): Promise<Series> {
  const details = await store.posts.find(actor.workspace.id, number);
  if (details === null) throw noSuchPost(number);
  if (details.series === null) {
    throw invalidInput(
      `${postName({ number })} goes out once and does not recur. For one that does: /schedule every Monday 9am to bluesky: Hello`,
    );
  }
  return details.series;
}

const hasEnded = (number: number): Error =>
  invalidInput(`The series of ${postName({ number })} has ended. Schedule it anew with /schedule.`);
