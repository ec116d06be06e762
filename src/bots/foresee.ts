// Which slot a post would get that is still being typed. Nothing is kept for it: somebody else may be given that slot first.
import type { Account } from '../core/account.ts';
import { CrierError } from '../core/errors.ts';
import { parsePostName } from '../core/post.ts';
import { resolveTargets } from '../core/targets.ts';
import { describeWhen } from '../core/time/format.ts';
import { CHANGEABLE, deliveriesIn } from '../core/usecases/change-post.ts';
import type { SlotKind } from '../core/usecases/choose-slot.ts';
import { foreseeSlot } from '../core/usecases/queue-post.ts';
import { showPost } from '../core/usecases/show-post.ts';
import { zoneOf } from '../core/workspace.ts';
import type { Call } from './command.ts';
import { isBest } from './commands/best-time.ts';
import { readPostSentence } from './commands/post-sentence.ts';
import { describeTyping, type TimeEcho } from './live-echo.ts';

/** Which post it is for: a new one to `targets` (empty: to all), or a stored one by its name. */
export type Recipient = { targets: string } | { post: string };

type Asking = Pick<Call, 'actor'> & { deps: Pick<Call['deps'], 'clock' | 'store' | 'platforms'> };

/** The time and why it is that one; or why there is none. */
export async function foresee(call: Asking, kind: SlotKind, recipient: Recipient): Promise<TimeEcho> {
  const { deps, actor } = call;
  try {
    const { at, notes } = await foreseeSlot(deps, actor, { kind, ...(await accountsOf(call, recipient)) });
    const here = at.withTimeZone(zoneOf(actor));
    return { lines: [describeWhen(here, deps.clock.now()), ...notes], isTime: true, at: at.toInstant() };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    return { lines: [error.userMessage], isTime: false, at: null };
  }
}

async function accountsOf(
  { deps, actor }: Asking,
  recipient: Recipient,
): Promise<{ accounts: Account[]; exceptNumber: number | null }> {
  if ('post' in recipient) {
    const number = parsePostName(recipient.post);
    const open = deliveriesIn(await showPost(deps, actor, number), CHANGEABLE, 'moved');
    return { accounts: open.map(({ account }) => account), exceptNumber: number };
  }
  const all = await deps.store.accounts.list(actor.workspace.id);
  return { accounts: resolveTargets(recipient.targets.trim() || 'all', all, deps.platforms), exceptNumber: null };
}

const POSTING = /^\/(?<command>schedule|queue)\s+(?<sentence>[\s\S]+)$/i;
const MOVING = /^\/post\s+(?<post>\S+)\s+(?:(?<queue>queue)|move\s+(?:to\s+)?(?<when>[\s\S]+))$/i;

/** What a line that is being typed would mean, in a line; null where there is nothing to say yet. Only a slot has to be asked for. */
export function describeLine(line: string, call: Asking): string | null | Promise<string | null> {
  const asked = slotIn(line);
  if (asked === null) return describeTyping(line, call.actor, call.deps.clock.now());
  return foresee(call, asked.kind, asked.recipient).then(({ lines }) => lines.join(' · '));
}

function slotIn(line: string): { kind: SlotKind; recipient: Recipient } | null {
  const { post, queue, when = '' } = MOVING.exec(line)?.groups ?? {};
  if (post !== undefined) {
    if (queue !== undefined) return { kind: 'queue', recipient: { post } };
    return isBest(when) ? { kind: 'best', recipient: { post } } : null;
  }
  const { command = '', sentence = '' } = POSTING.exec(line)?.groups ?? {};
  const said = readPostSentence(sentence);
  const recipient = { targets: said.targets ?? '' };
  if (command.toLowerCase() === 'queue') return said.targets === undefined ? null : { kind: 'queue', recipient };
  return isBest(said.when ?? '') ? { kind: 'best', recipient } : null;
}
