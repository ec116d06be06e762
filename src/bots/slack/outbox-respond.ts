// One answer through a response_url: five uses within thirty minutes, no token.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
import { z } from 'zod';
import type { CrierError } from '../../core/errors.ts';
import { badStatus, brokenOff, refusal } from './outbox-errors.ts';
import type { Message } from './render.ts';

const TIMEOUT_MS = 10_000;

/** @throws CrierError, see `Outbox`. */
export async function sendResponse(
  fetch: typeof globalThis.fetch,
  url: string,
  message: Message,
  { replaceOriginal, inChannel }: { replaceOriginal: boolean; inChannel: boolean },
): Promise<void> {
  const body = JSON.stringify({
    text: message.text,
    blocks: message.blocks,
    response_type: inChannel ? 'in_channel' : 'ephemeral',
    // said outright: without it, an answer to a press in a message for one person alone replaces that message
    replace_original: replaceOriginal,
  });
  const response = await reach(fetch, url, body);
  const code = await codeIn(response);
  if (response.ok && code === null) return;
  throw failure(response, code);
}

async function reach(fetch: typeof globalThis.fetch, url: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  try {
    return await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw error instanceof Error ? brokenOff(error) : error;
  }
}

const Refused = z.object({ ok: z.literal(false), error: z.string() });

/** Slack says `ok`, or a code: bare (`expired_url`), or in the Web API's JSON. Null where it says neither. */
async function codeIn(response: Response): Promise<string | null> {
  if (response.headers.get('content-type')?.includes('json')) {
    return Refused.safeParse(await response.json()).data?.error ?? null;
  }
  const text = (await response.text()).trim();
  return text !== 'ok' && /^[a-z_]+$/.test(text) ? text : null;
}

function failure(response: Response, code: string | null): CrierError {
  if (response.status !== 429) return code === null ? badStatus(response.status) : refusal(code);
  const seconds = Number(response.headers.get('retry-after'));
  return refusal('rate_limited', seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {});
}
