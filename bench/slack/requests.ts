// Signed /schedule requests, each of which can be told by its text wherever it arrives, and sending them by the clock.
import { setTimeout as sleep } from 'node:timers/promises';
import { APP, TEAM_A } from '../../test/support/slack/cast.ts';
import { sign } from '../../test/support/slack/delivery.ts';

const { channels, people } = TEAM_A;
const CHANNELS = [channels.social, channels.random];
const PEOPLE = [people.ann, people.bob];

const wordOf = (request: number): string => `bench-${String(request).padStart(6, '0')}`;

/** Which request a text is of; null where it is of none. */
export function requestIn(text: string): number | null {
  const digits = /bench-(\d{6})/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling (2026-11-22) */
function bodyOf(request: number, apiUrl: string): string {
  const channel = CHANNELS[request % CHANNELS.length] ?? channels.social;
  const person = PEOPLE[request % PEOPLE.length] ?? people.ann;
  return new URLSearchParams({
    command: '/schedule',
    text: `in ${30 + (request % 300)} days to bluesky: We are live, says ${wordOf(request)}`,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: new URL('/response/none', apiUrl).href,
    trigger_id: `${request}.${Date.now()}.bench`,
    team_id: TEAM_A.id,
    team_domain: TEAM_A.domain,
    channel_id: channel,
    channel_name: 'social',
    user_id: person.id,
    user_name: person.name,
  }).toString();
}

export interface Ack {
  request: number;
  /** When it was to be sent, epoch milliseconds. */
  intendedAt: number;
  /** Between that moment and the whole answer, milliseconds: what was sent late counts. */
  ms: number;
  /** 0 where no answer came. */
  status: number;
}

export async function sendOne(url: string, apiUrl: string, request: number, intendedAt = Date.now()): Promise<Ack> {
  const body = bodyOf(request, apiUrl);
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(APP.signingSecret, timestamp, body),
  };
  const since = Date.now();
  const status = await answerTo(url, headers, body);
  return { request, intendedAt, ms: Date.now() - Math.min(since, intendedAt), status };
}

async function answerTo(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  } catch (error) {
    process.stderr.write(`no answer: ${error instanceof Error ? (error.cause ?? error) : error}\n`);
    return 0;
  }
}

/** An open loop: each request has its moment, whether those before it were answered or not. */
export async function sendByTheClock(url: string, apiUrl: string, load: { rate: number; seconds: number }): Promise<Ack[]> {
  const begin = Date.now() + 100;
  const acks: Promise<Ack>[] = [];
  for (let request = 1; request <= load.rate * load.seconds; request += 1) {
    const intendedAt = begin + ((request - 1) * 1_000) / load.rate;
    const early = intendedAt - Date.now();
    if (early > 0) await sleep(early);
    acks.push(sendOne(url, apiUrl, request, intendedAt));
  }
  return Promise.all(acks);
}
