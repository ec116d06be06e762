// The two ways Slack reaches an app: signed requests (https://docs.slack.dev/authentication/verifying-requests-from-slack)
// and envelopes in Socket Mode. Both give back what the app answered and how long it took.
import { createHmac } from 'node:crypto';
import type { Envelope, SocketMode } from './socket-mode.ts';
import { isObject, type Json } from './wire.ts';

export interface Delivered {
  /** 200 in Socket Mode. */
  status: number;
  /** The answer's JSON; null where it says nothing. */
  body: Json | null;
  /** The answer as it came over HTTP; '' in Socket Mode. */
  text: string;
  /** From sending to the whole answer. */
  ms: number;
  /** What was sent; `again` sends it once more. */
  sent: Envelope;
}

/** How one request differs from an honest, first one. */
export interface Manner {
  /** Seconds since 1970 in x-slack-request-timestamp; now. An old one makes a replay. */
  timestamp?: number;
  /** A forged signature. */
  signature?: string;
  /** 1 for the first redelivery: x-slack-retry-num. */
  retry?: number;
  retryReason?: string;
}

export interface Door {
  deliver: (envelope: Envelope, manner?: Manner) => Promise<Delivered>;
}

/** Commands are forms, presses a form with `payload`, events JSON. */
function bodyOf({ type, payload }: Envelope): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return { body: new URLSearchParams(pairs).toString(), contentType: 'application/x-www-form-urlencoded' };
}

export function sign(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function readAnswer(text: string): Json | null {
  if (!text.startsWith('{')) return null;
  const read: unknown = JSON.parse(text);
  return isObject(read) ? read : null;
}

/** @param options.url the request URL of the app, such as `http://127.0.0.1:1234/slack/events` */
export function overHttp(options: { url: string; signingSecret: string }): Door {
  return {
    deliver: async (sent, manner = {}) => {
      const { body, contentType } = bodyOf(sent);
      // the app compares with the real time, so this is the one place that asks for it
      const timestamp = manner.timestamp ?? Math.floor(Date.now() / 1000);
      const { signature = sign(options.signingSecret, timestamp, body), retry, retryReason = 'http_timeout' } = manner;
      const headers: Record<string, string> = {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature,
        ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': retryReason }),
      };
      const since = performance.now();
      const response = await fetch(options.url, { method: 'POST', headers, body, redirect: 'manual' });
      const text = await response.text();
      return { status: response.status, body: readAnswer(text), text, ms: performance.now() - since, sent };
    },
  };
}

export function overSocket({ socket }: { socket: SocketMode }): Door {
  return {
    deliver: async (sent, { retry, retryReason = 'timeout' } = {}) => {
      const { payload, ms } = await socket.send({
        ...sent,
        ...(retry === undefined ? {} : { retryAttempt: retry, retryReason }),
      });
      return { status: 200, body: payload, text: '', ms, sent };
    },
  };
}
