// POST /api/<method>: faults, tokens and refusals first, then what the front answers itself, then emulate. Every call is recorded.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../src/core/clock.ts';
import { APP } from './cast.ts';
import { dress, type Wardrobe } from './dress.ts';
import type { Fault, Faults } from './faults.ts';
import type { Files } from './files.ts';
import type { OAuth } from './oauth.ts';
import type { Pictures } from './pictures.ts';
import { type ApiCall, type Whisper, whisperOf } from './records.ts';
import type { SocketMode } from './socket-mode.ts';
import { refusalOf } from './strictness.ts';
import type { TeamEmulator } from './team-emulator.ts';
import type { Token, Tokens } from './tokens.ts';
import type { ViewBook } from './view-book.ts';
import { answerJson, answerPage, bearer, isObject, type Json, readArguments, readBody, text } from './wire.ts';

/** Slack's judgement of blocks and views that emulate does not make: an error such as `invalid_blocks`, or null. */
export type Judge = (method: string, args: Json) => string | null;

export interface WebApi {
  serve: (request: IncomingMessage, response: ServerResponse, method: string) => Promise<void>;
}

interface Options {
  teams: (id: string) => TeamEmulator;
  tokens: Tokens;
  faults: Faults;
  views: ViewBook;
  files: Files;
  pictures: Pictures;
  oauth: OAuth;
  socket: () => SocketMode;
  wardrobe: Wardrobe;
  whispers: Whisper[];
  judge: Judge;
  clock: Clock;
  record: (call: ApiCall) => void;
}

interface Asked {
  method: string;
  args: Json;
  token: string | null;
  authorization: string | undefined;
}

interface Answer {
  status: number;
  body: Json;
  teamId: string | null;
  headers?: Record<string, string>;
}

const blocksOf = ({ blocks, view }: Json): unknown => blocks ?? (isObject(view) ? view.blocks : undefined);

const refusal = (error: string): Json => ({ ok: false, error });

export function openWebApi(options: Options): WebApi {
  /** What needs no workspace's token. */
  async function withoutTeam({ method, args, token, authorization }: Asked): Promise<Answer | null> {
    if (method === 'api.test') return { status: 200, body: { ok: true }, teamId: null };
    if (method === 'apps.connections.open') {
      const body = token === APP.appToken ? options.socket().open() : refusal(token === null ? 'not_authed' : 'invalid_auth');
      return { status: 200, body, teamId: null };
    }
    if (method !== 'oauth.v2.access') return null;
    const { answer, teamId } = await options.oauth.exchange(args, authorization);
    return { status: 200, body: answer, teamId };
  }

  async function withTeam({ method, args }: Asked, token: string, { team, scopes }: Token): Promise<Json> {
    const emulator = options.teams(team.id);
    if (method === 'files.info') return options.files.info(text(args.file), team.id);
    if (method === 'auth.revoke' || method === 'apps.uninstall') {
      if (method === 'auth.revoke') options.tokens.revoke(token, 'token_revoked');
      else options.tokens.revokeAll(team.id, 'account_inactive');
      return { ok: true, revoked: true };
    }
    const refused =
      options.judge(method, args) ?? (await refusalOf(method, args, emulator, { left: options.wardrobe.left, scopes }));
    if (refused) return refusal(refused);
    const unshown = options.pictures.refuse(team.id, blocksOf(args), method !== 'chat.postEphemeral');
    if (unshown) return unshown;
    if (method.startsWith('views.')) return options.views.call(method, token, args, emulator);
    const answer = await emulator.call(token, method, args);
    if (method === 'files.completeUploadExternal' && answer.ok === true) options.pictures.completed(team.id, answer);
    if (method === 'chat.postEphemeral' && answer.ok === true) {
      const to = { teamId: team.id, channel: text(args.channel), userId: text(args.user), ts: text(answer.message_ts) };
      options.whispers.push(whisperOf({ ...to, via: method }, args));
    }
    return dress(method, args, answer, team, options.wardrobe);
  }

  async function answer(asked: Asked): Promise<Answer> {
    const free = await withoutTeam(asked);
    if (free) return free;
    const token = options.tokens.read(asked.token);
    if (typeof token === 'string' || asked.token === null) return { status: 200, body: refusal(String(token)), teamId: null };
    return { status: 200, body: await withTeam(asked, asked.token, token), teamId: token.team.id };
  }

  /** What a planned fault answers in place of the call; null where the call is carried out all the same. */
  function failed(fault: Fault, teamId: string | null): Answer | null {
    if ('error' in fault) return { status: 200, body: refusal(fault.error), teamId };
    if ('cut' in fault) return fault.cut === 'before' ? { status: 0, body: {}, teamId } : null;
    if (!('status' in fault)) return null;
    if (fault.status !== 429) return { status: fault.status, body: {}, teamId };
    return { status: 429, body: refusal('ratelimited'), teamId, headers: { 'retry-after': String(fault.retryAfter) } };
  }
  async function settle(asked: Asked, fault: Fault | null): Promise<Answer> {
    if (fault === null) return answer(asked);
    if ('hold' in fault) await fault.hold;
    if ('delayMs' in fault) await pause(fault.delayMs);
    const owner = options.tokens.read(asked.token);
    const settled = failed(fault, typeof owner === 'string' ? null : owner.team.id) ?? (await answer(asked));
    return 'cut' in fault ? { ...settled, status: 0 } : settled;
  }

  return {
    serve: async (request, response, method) => {
      const args = readArguments(request, await readBody(request));
      const { authorization } = request.headers;
      const asked: Asked = { method, args, token: bearer(request) ?? (text(args.token) || null), authorization };
      const { status, body, teamId, headers } = await settle(asked, options.faults.take(method, args));
      if (status === 0) request.socket.destroy();
      else if (status >= 500) answerPage(response, status, '<h1>Server Error</h1>');
      else answerJson(response, status, body, headers);
      options.record({ method, teamId, args, answer: body, ok: body.ok === true, status, at: options.clock.now() });
    },
  };
}
