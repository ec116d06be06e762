// response_url: an answer to a press or a command without a token, five times within thirty minutes
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../src/core/clock.ts';
import type { Pictures } from './pictures.ts';
import { type Whisper, whisperOf } from './records.ts';
import type { TeamEmulator } from './team-emulator.ts';
import { answerJson, type Json, readBody, readJson } from './wire.ts';

const USES = 5;
const LIFE_MS = 30 * 60 * 1000;

interface Place {
  team: TeamEmulator;
  channel: string;
  userId: string;
  /** The message that was pressed, which `replace_original` replaces. */
  original: { ts: string } | Whisper | null;
}

/** What was sent to a response_url, taken or not. */
export interface UrlResponse {
  teamId: string;
  channel: string;
  userId: string;
  args: Json;
  /** Null where Slack took it. */
  error: 'used_url' | 'expired_url' | 'no_text' | 'invalid_blocks' | null;
  at: Temporal.Instant;
}

export interface ResponseUrls {
  issue: (place: Place) => string;
  /** Answers where the path is that of a response_url. @returns whether it was */
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  all: () => readonly UrlResponse[];
}

export function openResponseUrls(options: {
  origin: () => string;
  clock: Clock;
  whispers: Whisper[];
  pictures: Pictures;
  changed: () => void;
}): ResponseUrls {
  const issued: (Place & { until: number; left: number })[] = [];
  const taken: UrlResponse[] = [];
  const now = (): number => options.clock.now().epochMilliseconds;
  let count = 0;

  function whisper(place: Place, args: Json): void {
    count += 1;
    const { team, channel, userId, original } = place;
    const from = { teamId: team.team.id, channel, userId, via: 'response_url' as const };
    const isWhisper = original !== null && 'via' in original;
    if (isWhisper && (args.replace_original === true || args.delete_original === true)) {
      const index = options.whispers.findIndex(({ ts }) => ts === original.ts);
      const replacement = args.delete_original === true ? [] : [whisperOf({ ...from, ts: original.ts }, args)];
      options.whispers.splice(index, index === -1 ? 0 : 1, ...replacement);
    } else
      options.whispers.push(whisperOf({ ...from, ts: `${Math.floor(now() / 1000)}.9${String(count).padStart(5, '0')}` }, args));
  }
  async function carryOut(place: Place, args: Json): Promise<void> {
    const { team, channel, original } = place;
    const { replace_original, delete_original, response_type, ...message } = args;
    if (original !== null && !('via' in original)) {
      if (delete_original === true) return void (await team.asBot('chat.delete', { channel, ts: original.ts }));
      if (replace_original === true) return void (await team.asBot('chat.update', { ...message, channel, ts: original.ts }));
    }
    if (response_type === 'in_channel') return void (await team.asBot('chat.postMessage', { ...message, channel }));
    whisper(place, args);
  }
  function refuse(place: Place & { until: number; left: number }, args: Json): UrlResponse['error'] {
    if (now() > place.until) return 'expired_url';
    if (place.left === 0) return 'used_url';
    if (options.pictures.refuse(place.team.team.id, args.blocks, args.response_type === 'in_channel')) return 'invalid_blocks';
    return args.delete_original === true || args.text || args.blocks ? null : 'no_text';
  }
  const serve: ResponseUrls['serve'] = async (request, response) => {
    const number = /^\/response\/(\d+)$/.exec(request.url ?? '')?.[1];
    const place = number === undefined ? undefined : issued[Number(number)];
    if (!place) return false;
    const args = readJson(await readBody(request));
    const error = refuse(place, args);
    if (error === null) {
      place.left -= 1;
      await carryOut(place, args);
    }
    const { team, channel, userId } = place;
    taken.push({ teamId: team.team.id, channel, userId, args, error, at: options.clock.now() });
    options.changed();
    if (error === null) response.writeHead(200).end('ok');
    else answerJson(response, error === 'no_text' ? 400 : 404, { ok: false, error });
    return true;
  };
  return {
    issue: (place) => `${options.origin()}/response/${issued.push({ ...place, until: now() + LIFE_MS, left: USES }) - 1}`,
    serve,
    all: () => taken,
  };
}
