// Says what nobody just asked for into a channel, or under the card of a post: a digest, how a post did. What was said with a key is not
// said with it again, as far as Slack can tell.
import type { Clock } from '../../core/clock.ts';
import { CrierError } from '../../core/errors.ts';
import type { ChatPlace, Log } from '../../core/ports.ts';
import type { Reply } from '../reply.ts';
import type { Said } from '../saying-chat.ts';
import { handOver } from './files-out.ts';
import type { Front } from './front.ts';
import type { Outbox } from './outbox.ts';
import { isClosedChannel, isClosedThread, readFailure } from './outbox-errors.ts';
import { findByKey } from './outbox-marks.ts';
import { isDeadToken } from './refusals.ts';
import { renderReply } from './render.ts';
import { readMessage } from './spot.ts';
import type { TeamAccess, Teams } from './teams.ts';

export interface SayInOptions extends Pick<Front, 'call'> {
  teams: Pick<Teams, 'access'>;
  outbox: Pick<Outbox, 'post'>;
  /** Slack refuses the team's token: Crier was removed, or its access taken. */
  onDeadToken: (teamId: string) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** Whoever takes longer than this to hand over files may find that another process has said it meanwhile. */
const LOOK_AGAIN_AFTER_SECONDS = 60;

type SayIn = (place: ChatPlace, reply: Reply, key: string) => Promise<Said>;

export const openSayIn =
  (options: SayInOptions): SayIn =>
  async ({ teamId, channel, post }, reply, key) => {
    const to = post === null ? { channel } : { channel, thread: readMessage(post.message).thread };
    try {
      const access = await options.teams.access(teamId);
      if (!(await isSaid(options, access, to, key))) await say(options, access, to, reply, key);
      return 'said';
    } catch (error) {
      if (isDeadToken(error)) await options.onDeadToken(teamId);
      if (isDeadToken(error) || isRemoved(error) || isClosedChannel(error) || isClosedThread(error)) return 'closed';
      throw error;
    }
  };

/** What `teams.access` throws where Crier is not installed. */
const isRemoved = (error: unknown): boolean => error instanceof CrierError && error.kind === 'not-found';

interface To {
  channel: string;
  thread?: string;
}

/** That nobody can look is no reason to keep silent. @throws where there is nothing to be said in any more */
async function isSaid({ log }: SayInOptions, { client }: TeamAccess, to: To, key: string): Promise<boolean> {
  try {
    return (await findByKey(client, to, key)) !== null;
  } catch (thrown) {
    const error = readFailure(thrown);
    if (!(error instanceof CrierError) || isDeadToken(error) || isClosedChannel(error) || isClosedThread(error)) throw error;
    log.warn({ err: error, ...to }, 'Slack could not be asked whether something was said already');
    return false;
  }
}

/** @throws as the outbox */
async function say(options: SayInOptions, access: TeamAccess, to: To, reply: Reply, key: string): Promise<void> {
  const { clock } = options;
  const { channel, thread } = to;
  const place = { channel_id: channel, ...(thread === undefined ? {} : { thread_ts: thread }) };
  const lookAgainAt = clock.now().add({ seconds: LOOK_AGAIN_AFTER_SECONDS });
  const handed = await handOver(options, access, reply, { showsPictures: true, place, aloneTo: null });
  const tookLong = Temporal.Instant.compare(clock.now(), lookAgainAt) > 0;
  if (tookLong && (await isSaid(options, access, to, key))) return;
  await options.outbox.post(access, to, renderReply(handed.reply, handed.pictures), key);
}
