// An app that hears everything Slack sends and answers what the test wants it to: for tests that need no Bolt.
import type { Delivered, Door } from './delivery.ts';
import type { Envelope } from './socket-mode.ts';
import { type Json, text } from './wire.ts';

export interface QuietApp extends Door {
  /** What was sent to it, oldest first. */
  told: Envelope[];
  /** What it answers; null says nothing. */
  answer: Json | null;
  /** A field of the last payload, such as `trigger_id` or `response_url`. */
  last: (field: string) => string;
}

export function quietApp(): QuietApp {
  const told: Envelope[] = [];
  const app: QuietApp = {
    told,
    answer: null,
    last: (field) => text(told.at(-1)?.payload[field]),
    deliver: async (sent): Promise<Delivered> => {
      told.push(sent);
      return { status: 200, body: app.answer, text: '', ms: 0, sent };
    },
  };
  return app;
}
