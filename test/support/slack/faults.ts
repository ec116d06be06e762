// Slack having a bad day, as a test asks for it: the next call of a method fails, once.
import { type Json, text } from './wire.ts';

export type Fault =
  /** Slack's own refusal: `{ ok: false, error }`. */
  | { error: string }
  /** Too many requests, with Retry-After in seconds (https://docs.slack.dev/apis/web-api/rate-limits). */
  | { status: 429; retryAfter: number }
  /** Slack is broken: an HTML page and no JSON. */
  | { status: 500 | 502 | 503 }
  /** The connection is cut, before the call does anything or after it has done everything. */
  | { cut: 'before' | 'after' }
  /** The call is done when this is. */
  | { hold: Promise<unknown> }
  /** The same by the clock. */
  | { delayMs: number };

interface Planned {
  method: string;
  channel: string | undefined;
  fault: Fault;
}

export interface Faults {
  plan: (planned: Planned) => void;
  /** The fault planned for this call, which is then spent. */
  take: (method: string, args: Json) => Fault | null;
}

export function openFaults(): Faults {
  const planned: Planned[] = [];
  return {
    plan: (fault) => void planned.push(fault),
    take: (method, args) => {
      const channel = text(args.channel);
      const index = planned.findIndex((one) => one.method === method && (one.channel ?? channel) === channel);
      return index === -1 ? null : (planned.splice(index, 1)[0]?.fault ?? null);
    },
  };
}
