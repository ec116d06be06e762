// Compares what people asked for, what the database says and what the networks hold. Reads nothing itself.
import type { DeliveryState } from '../../src/core/delivery.ts';

/** What a person scheduled. Its text is its own. */
export interface Wanted {
  text: string;
  /** The account's id at its network. */
  accountId: string;
  /** Told that it is canceled, while nothing of it could be out. */
  isCanceled: boolean;
  /** Not to be out before that, epoch milliseconds; null where a try may have been out when it was moved. */
  notBefore: number | null;
}

export interface Stored {
  text: string;
  state: DeliveryState;
  remoteId: string | null;
}

/** A post at a network. */
export interface Shown {
  id: string;
  text: string;
  accountId: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Each by the post's text. */
export interface Verdict {
  published: string[];
  canceled: string[];
  /** To be out and is not, or not settled at the end; or out under another name than the database has. */
  lost: string[];
  /** Out more than once. */
  doubled: string[];
  /** Canceled and out all the same. */
  leaked: string[];
  /** Out before its time. */
  early: string[];
  /** A person is asked. */
  unconfirmed: string[];
  /** At a network, and wanted by nobody there. */
  strange: string[];
}

export function judge(wanted: readonly Wanted[], stored: readonly Stored[], shown: readonly Shown[]): Verdict {
  const storedOf = new Map(stored.map((each) => [each.text, each]));
  const shownOf = Map.groupBy(shown, ({ text }) => text);
  const verdict: Verdict = {
    published: [],
    canceled: [],
    lost: [],
    doubled: [],
    leaked: [],
    early: [],
    unconfirmed: [],
    strange: shown.filter(isStrange(wanted)).map(({ text }) => text),
  };
  for (const each of wanted) {
    const { text, notBefore } = each;
    const copies = shownOf.get(text) ?? [];
    if (copies.length > 1) verdict.doubled.push(text);
    if (notBefore !== null && copies.some(({ at }) => at < notBefore)) verdict.early.push(text);
    verdict[fateOf(each, storedOf.get(text), copies)].push(text);
  }
  return verdict;
}

function fateOf(
  wanted: Wanted,
  stored: Stored | undefined,
  copies: readonly Shown[],
): 'published' | 'canceled' | 'lost' | 'leaked' | 'unconfirmed' {
  if (stored?.state === 'canceled') return wanted.isCanceled && copies.length > 0 ? 'leaked' : 'canceled';
  if (wanted.isCanceled) return 'leaked';
  if (stored?.state === 'unconfirmed') return 'unconfirmed';
  return stored?.state === 'published' && copies.some(({ id }) => id === stored.remoteId) ? 'published' : 'lost';
}

function isStrange(wanted: readonly Wanted[]): (shown: Shown) => boolean {
  const accountOf = new Map(wanted.map(({ text, accountId }) => [text, accountId]));
  return ({ text, accountId }) => accountOf.get(text) !== accountId;
}

/** Whether all is as it must be. `unasked`: those unconfirmed although their network could be asked. */
export const isGood = ({ lost, doubled, leaked, early, strange }: Verdict, unasked: number): boolean =>
  [lost, doubled, leaked, early, strange].every((texts) => texts.length === 0) && unasked === 0;
