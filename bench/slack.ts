// npm run bench:slack -- [--rate 50] [--seconds 30]
// That many signed /schedule requests a second to a whole Crier, and what became of each: acknowledged when, stored, answered by a card.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { APP, TEAM_A } from '../test/support/slack/cast.ts';
import { startCrier } from './crier.ts';
import { runSql, startBenchServer } from './databases.ts';
import { percentile } from './measure.ts';
import { startSlack } from './slack/api.ts';
import type { Card } from './slack/api-process.ts';
import { type Ack, requestIn, sendByTheClock, sendOne } from './slack/requests.ts';

/** Slack gives an app three seconds; this is what we ask of ours. Milliseconds. */
const ACK_P99_BELOW_MS = 300;
/** The first requests of a process compile it, and the first of a team makes its workspace. Not counted. */
const WARM_UP = 20;
const FIRST_WARM_UP = 900_000;
/** How long the work behind the acks may go on without any progress, milliseconds. */
const STANDSTILL_MS = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { rate: number; seconds: number } {
  const { values } = parseArgs({
    options: { rate: { type: 'string', default: '50' }, seconds: { type: 'string', default: '30' } },
  });
  return { rate: Number(values.rate), seconds: Number(values.seconds) };
}

interface Outcome {
  /** The request of each stored post: twice where it was stored twice. */
  stored: number[];
  cards: Card[];
}

const isCounted = (request: number): boolean => request < FIRST_WARM_UP;

async function look(databaseUrl: string, cards: () => Promise<Card[]>): Promise<Outcome> {
  const rows = await runSql(databaseUrl, 'select text from post');
  const stored = rows.flatMap(({ text }) => requestIn(String(text)) ?? []);
  return { stored: stored.filter(isCounted), cards: (await cards()).filter(({ request }) => isCounted(request)) };
}

/** What the acknowledged work led to, once all of it is there or nothing more comes. */
async function untilDone(lookNow: () => Promise<Outcome>, sent: number): Promise<Outcome> {
  let movedAt = Date.now();
  let outcome = await lookNow();
  while (outcome.stored.length < sent || outcome.cards.length < sent) {
    if (Date.now() - movedAt > STANDSTILL_MS) return outcome;
    await sleep(250);
    const next = await lookNow();
    if (next.stored.length + next.cards.length > outcome.stored.length + outcome.cards.length) movedAt = Date.now();
    outcome = next;
  }
  // whatever would come twice has a moment to come
  await sleep(1_000);
  return lookNow();
}

async function warmUp(eventsUrl: string, apiUrl: string): Promise<void> {
  for (let request = FIRST_WARM_UP; request < FIRST_WARM_UP + WARM_UP; request += 1) {
    const { status } = await sendOne(eventsUrl, apiUrl, request);
    if (status !== 200) throw new Error(`the first requests are answered with ${status}`);
  }
}

/** @returns whether all is as it must be */
function report(acks: readonly Ack[], { stored, cards }: Outcome): boolean {
  const ms = acks.map((ack) => ack.ms);
  const p99 = percentile(ms, 99);
  const intended = new Map(acks.map(({ request, intendedAt }) => [request, intendedAt]));
  const cardMs = cards.map(({ request, at }) => at - (intended.get(request) ?? at));
  const lost = acks.length - new Set(stored).size;
  const doubled = stored.length - new Set(stored).size;
  const posted = new Set(cards.map(({ request }) => request)).size;
  say(`sent=${acks.length} not_200=${acks.filter(({ status }) => status !== 200).length}`);
  say(`ack_p50_ms=${percentile(ms, 50).toFixed(0)} ack_p99_ms=${p99.toFixed(0)} ack_max_ms=${Math.max(...ms).toFixed(0)}`);
  say(`stored=${new Set(stored).size} lost=${lost} doubled=${doubled}`);
  say(`cards=${posted} cards_doubled=${cards.length - posted}`);
  if (cards.length > 0) say(`card_p50_ms=${percentile(cardMs, 50).toFixed(0)} card_p99_ms=${percentile(cardMs, 99).toFixed(0)}`);
  return lost === 0 && doubled === 0 && p99 < ACK_P99_BELOW_MS;
}

const load = readArguments();
const slack = await startSlack();
const server = await startBenchServer();
let isGood = false;
try {
  isGood = await server.withDatabase(async (url) => {
    const crier = await startCrier(url, {
      SLACK_SIGNING_SECRET: APP.signingSecret,
      SLACK_BOT_TOKEN: TEAM_A.botToken,
      SLACK_API_URL: slack.apiUrl,
    });
    const eventsUrl = `${crier.url}/slack/events`;
    try {
      await warmUp(eventsUrl, slack.apiUrl);
      say(`rate=${load.rate}/s seconds=${load.seconds}; an ack counts from the moment its request was to be sent`);
      say('four processes share this machine: Crier, PostgreSQL (commits on disk), an emulated Slack, and the sender');
      const acks = await sendByTheClock(eventsUrl, slack.apiUrl, load);
      return report(acks, await untilDone(() => look(url, slack.cards), acks.length));
    } finally {
      say(`crier_exit=${await crier.stop()}`);
    }
  });
} finally {
  await server.stop();
  slack.stop();
}
process.exit(isGood ? 0 : 1);
