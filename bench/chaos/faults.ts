// What goes wrong at the networks: slow answers, broken connections, refusals, drawn anew every second from a seed.
import type { FaultOrder } from '../../src/emulator/faults.ts';
import type { EmulatedNetwork, RecordedRequest } from '../../src/emulator/network.ts';
import type { Random } from './random.ts';

const EVERY_MS = 1_000;
const SENDS_EACH = 10;
const ASKS_EACH = 4;

type Fault = Omit<FaultOrder, 'match'>;

const MAKES_A_POST = {
  bluesky: 'POST /xrpc/com.atproto.repo.createRecord',
  mastodon: 'POST /api/v1/statuses',
} as const;
const ASKS_FOR_POSTS = {
  bluesky: ['/xrpc/com.atproto.repo.getRecord'],
  mastodon: ['/api/v1/accounts/', '/api/v1/statuses/'],
} as const;

type Networks = Readonly<Record<'bluesky' | 'mastodon', EmulatedNetwork>>;

/** Begins at once. @param canBeAsked whether every question is answered */
export function startFaults(networks: Networks, random: Random, canBeAsked: boolean): { stop: () => void } {
  const orderAnew = (): void => {
    for (const id of ['bluesky', 'mastodon'] as const) {
      const { faults } = networks[id];
      faults.clear();
      for (let n = 0; n < SENDS_EACH; n += 1) faults.order({ match: MAKES_A_POST[id], ...whileSending(random) });
      for (const path of canBeAsked ? [] : ASKS_FOR_POSTS[id]) {
        for (let n = 0; n < ASKS_EACH; n += 1) faults.order({ match: `GET ${path}*`, ...whileAsking(random) });
      }
    }
  };
  orderAnew();
  const timer = setInterval(orderAnew, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      for (const { faults } of Object.values(networks)) faults.clear();
    },
  };
}

/** The post is made before the delay, so a worker that is killed meanwhile leaves one behind that nobody was told of. */
function whileSending(random: Random): Fault {
  const kind = random.between(1, 100);
  if (kind <= 50) return { delayMs: random.between(30, 400) };
  if (kind <= 68) return { delayMs: random.between(600, 3_000) };
  if (kind <= 77) return { drop: 'after-applying', delayMs: random.between(0, 200) };
  if (kind <= 85) return { drop: 'before-applying' };
  if (kind <= 91) return { status: 500 };
  if (kind <= 95) return { status: 500, apply: true };
  return { status: 429, headers: { 'retry-after': '1' } };
}

function whileAsking(random: Random): Fault {
  const kind = random.between(1, 100);
  if (kind <= 60) return { delayMs: random.between(10, 300) };
  if (kind <= 75) return { drop: 'before-applying' };
  if (kind <= 90) return { status: 500 };
  return { status: 429, headers: { 'retry-after': '1' } };
}

/** Whether a question about a post of this account went unanswered or was refused, between two instants. */
export function couldNotBeAsked(
  requests: readonly RecordedRequest[],
  { network, accountId, from, until }: { network: 'bluesky' | 'mastodon'; accountId: string; from: number; until: number },
): boolean {
  const isQuestion = ({ method, path }: RecordedRequest): boolean =>
    method === 'GET' &&
    (network === 'bluesky'
      ? path.startsWith(ASKS_FOR_POSTS.bluesky[0])
      : path === `/api/v1/accounts/${accountId}/statuses` || path.endsWith('/source'));
  return requests.some((request) => {
    const at = Date.parse(request.at);
    return isQuestion(request) && isNoAnswer(request) && at >= from && at <= until;
  });
}

/** That there is no such post (400) is an answer. */
const isNoAnswer = ({ status }: RecordedRequest): boolean => status === null || status === 429 || status >= 500;
