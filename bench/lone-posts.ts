// How late a post is that is alone at its instant: the whole path from the wake-up to the request that would leave.
import type { Account } from '../src/core/account.ts';
import type { NewPost } from '../src/core/post-store.ts';
import { openCrier } from './contenders/crier.ts';
import { connectAccount, enterWorkspace } from './contenders/crier-seed.ts';
import { percentile } from './measure.ts';

/** Milliseconds. The gap is no multiple of anything that ticks, and long, since a job next door would wake Agenda too. */
const FIRST_AFTER = 3_000;
const GAP = 1_337;

/** Schedules each post at an instant of its own. Returns the lateness in milliseconds at p50 and p99. */
export async function measureLonePosts(url: string, posts: number): Promise<{ p50: number; p99: number }> {
  const lateness: number[] = [];
  const all = Promise.withResolvers<void>();
  const onRequest = (text: string): void => {
    lateness.push(Date.now() - Number(text));
    if (lateness.length === posts) all.resolve();
  };
  const crier = await openCrier({ url, onRequest });
  try {
    const actor = await enterWorkspace(crier.store, 1);
    const { account } = await connectAccount(crier.store, actor, 1);
    await crier.jobs.start();
    const first = Date.now() + FIRST_AFTER;
    for (let n = 0; n < posts; n += 1) {
      const at = Temporal.Instant.fromEpochMilliseconds(first + n * GAP);
      await crier.store.posts.create(actor, newPost(at, account));
      await crier.jobs.wakeAt([at]);
    }
    await all.promise;
    return { p50: percentile(lateness, 50), p99: percentile(lateness, 99) };
  } finally {
    await crier.close();
  }
}

/** Its text says when it is due. */
function newPost(at: Temporal.Instant, account: Account): NewPost {
  return {
    text: String(at.epochMilliseconds),
    variants: {},
    mediaIds: [],
    hashtags: [],
    campaign: null,
    slot: { at, wallTime: at.toZonedDateTimeISO('UTC').toPlainDateTime().toString(), timeZone: 'UTC' },
    origin: { chat: 'terminal', channel: 'here', message: null },
    deliveries: [{ account, state: 'scheduled', holdReason: null, dueAt: at }],
  };
}
