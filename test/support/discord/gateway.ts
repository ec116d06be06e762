// The gateway: hello, identify, resume with replay, heartbeats, shards and close codes, in uncompressed JSON.
// Transport compression is refused; `compress` in IDENTIFY is taken and left unused, since compressing is then up to the server.
// https://docs.discord.com/developers/events/gateway (2026-11-22)
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord.js';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import type { Changes } from './changes.ts';
import { intentsAllow, PRIVILEGED, seenWith } from './intents.ts';
import { shardOf } from './snowflakes.ts';

const Frame = z.object({ op: z.number().int(), d: z.unknown().optional() });
const Identify = z.looseObject({
  token: z.string(),
  intents: z.number().int(),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
  presence: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  compress: z.boolean().optional(),
});
export type Identify = z.infer<typeof Identify>;
const Resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

interface Dispatch {
  op: typeof Op.Dispatch;
  t: string;
  s: number;
  d: object;
}
export interface Session {
  id: string;
  shard: [id: number, count: number];
  identify: Identify;
  /** Sequence number of the last event. */
  seq: number;
  resumes: number;
  connected: boolean;
}
interface Held extends Session {
  events: Dispatch[];
  socket: WebSocket | null;
  /** It can be resumed no more. */
  over: boolean;
}

export interface Gateway {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Sends an event to the sessions of that server's shard that asked for it; what is of no server goes to shard 0. */
  dispatch: (event: string, data: object, guildId: string | null) => void;
  /** Sessions that are connected or can be resumed. */
  sessions: () => Session[];
  /** How many sessions were ever started. */
  started: () => number;
  /** Heartbeats that came, over all connections. */
  heartbeats: () => number;
  /** Cuts connections, without a close frame or with a code; the sessions live on and can be resumed. */
  drop: (options?: { shard?: number; code?: number }) => void;
  /** Op 7: asks to reconnect and resume. */
  askToReconnect: (shard?: number) => void;
  /** Op 9: the session is over, or with `resumable` is to be resumed. */
  invalidate: (options?: { shard?: number; resumable?: boolean }) => void;
  /** Forgets every session, so that a resume is answered with op 9. */
  forget: () => void;
  /** Whether heartbeats are answered. */
  acknowledge: (on: boolean) => void;
  /** Op 1: asks for a heartbeat now. */
  requestHeartbeat: (shard?: number) => void;
  /** Whether connections are taken at all; refused ones get 503. */
  accept: (on: boolean) => void;
  close: () => void;
}

const SENDS_PER_MINUTE = 120;

/** Text to JSON to a frame; both steps fail alike. */
const FrameText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    context.addIssue({ code: 'custom', message: String(error) });
    return z.NEVER;
  }
});
const readFrame = (raw: RawData): z.ZodSafeParseResult<z.infer<typeof Frame>> => FrameText.pipe(Frame).safeParse(raw.toString());

export function openGateway(options: {
  token: () => string;
  heartbeatIntervalMs: number;
  allowedIntents: number;
  changes: Changes;
  nextId: () => string;
  resumeUrl: () => string;
  /** READY without what only the gateway knows, and the servers of the shard as GUILD_CREATE data. */
  ready: (shard: [number, number], intents: number) => { data: object; guilds: { id: string; data: object }[] };
}): Gateway {
  const { changes, nextId } = options;
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Held>();
  let heartbeats = 0;
  let acknowledging = true;
  let accepting = true;

  const send = (socket: WebSocket, frame: object): void =>
    void (socket.readyState === socket.OPEN && socket.send(JSON.stringify(frame)));
  const connected = (shard?: number): { session: Held; socket: WebSocket }[] =>
    [...sessions.values()].flatMap((session) =>
      session.socket && (shard === undefined || session.shard[0] === shard) ? [{ session, socket: session.socket }] : [],
    );

  function sendEvent(session: Held, event: string, data: object): void {
    session.seq += 1;
    const frame: Dispatch = { op: Op.Dispatch, t: event, s: session.seq, d: data };
    session.events.push(frame);
    if (session.socket) send(session.socket, frame);
  }

  function identify(socket: WebSocket, d: unknown): Held | null {
    const read = Identify.safeParse(d);
    if (!read.success) return refuse(socket, Close.DecodeError);
    const asked = read.data;
    const shard = asked.shard ?? [0, 1];
    if (asked.token !== options.token()) return refuse(socket, Close.AuthenticationFailed);
    if (shard[0] < 0 || shard[0] >= shard[1]) return refuse(socket, Close.InvalidShard);
    if ((asked.intents & PRIVILEGED & ~options.allowedIntents) !== 0) return refuse(socket, Close.DisallowedIntents);
    const session: Held = {
      id: nextId(),
      shard,
      identify: asked,
      seq: 0,
      resumes: 0,
      connected: true,
      events: [],
      socket,
      over: false,
    };
    sessions.set(session.id, session);
    const { data, guilds } = options.ready(shard, asked.intents);
    sendEvent(session, 'READY', { v: 10, ...data, session_id: session.id, resume_gateway_url: options.resumeUrl(), shard });
    for (const guild of guilds)
      if (intentsAllow('GUILD_CREATE', asked.intents, false)) sendEvent(session, 'GUILD_CREATE', guild.data);
    return session;
  }

  function resume(socket: WebSocket, d: unknown): Held | null {
    const read = Resume.safeParse(d);
    if (!read.success) return refuse(socket, Close.DecodeError);
    const { token, session_id, seq } = read.data;
    if (token !== options.token()) return refuse(socket, Close.AuthenticationFailed);
    const session = sessions.get(session_id);
    if (!session || session.over) {
      send(socket, { op: Op.InvalidSession, d: false });
      return null;
    }
    if (seq > session.seq) return refuse(socket, Close.InvalidSeq);
    session.socket?.terminate();
    Object.assign(session, { socket, connected: true, resumes: session.resumes + 1 });
    for (const event of session.events.filter((each) => each.s > seq)) send(socket, event);
    sendEvent(session, 'RESUMED', {});
    return session;
  }

  function refuse(socket: WebSocket, code: number): null {
    socket.close(code);
    return null;
  }

  function take(socket: WebSocket): void {
    let session: Held | null = null;
    let sends = 0;
    const started = performance.now();
    socket.on('message', (raw: RawData) => {
      sends += 1;
      if (sends > SENDS_PER_MINUTE && performance.now() - started < 60_000) return socket.close(Close.RateLimited);
      const frame = readFrame(raw);
      if (!frame.success) return socket.close(Close.DecodeError);
      const { op, d } = frame.data;
      if (op === Op.Heartbeat) {
        heartbeats += 1;
        if (acknowledging) send(socket, { op: Op.HeartbeatAck });
      } else if (op === Op.Identify || op === Op.Resume) {
        if (session?.socket === socket) return socket.close(Close.AlreadyAuthenticated);
        session = op === Op.Identify ? identify(socket, d) : resume(socket, d);
      } else if (session?.socket !== socket) socket.close(Close.NotAuthenticated);
      else if (op !== Op.PresenceUpdate && op !== Op.RequestGuildMembers) socket.close(Close.UnknownOpcode);
      changes.happened();
    });
    socket.on('close', (code) => {
      if (session?.socket === socket) Object.assign(session, { socket: null, connected: false });
      // a close with 1000 or 1001 ends the session for good
      if (session && (code === 1000 || code === 1001)) session.over = true;
      changes.happened();
    });
    send(socket, { op: Op.Hello, d: { heartbeat_interval: options.heartbeatIntervalMs } });
  }

  return {
    upgrade: (request, socket, head) => {
      const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
      if (!accepting) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      server.handleUpgrade(request, socket, head, (ws) => {
        if (query.get('v') !== '10') ws.close(Close.InvalidAPIVersion);
        else if (query.get('encoding') !== 'json' || query.has('compress')) ws.close(Close.DecodeError, 'uncompressed JSON only');
        else take(ws);
      });
    },
    dispatch: (event, data, guildId) => {
      for (const session of sessions.values()) {
        if (session.over || shardOf(guildId, session.shard[1]) !== session.shard[0]) continue;
        const { intents } = session.identify;
        if (intentsAllow(event, intents, guildId === null))
          sendEvent(session, event, seenWith(event, data, intents, guildId === null));
      }
      changes.happened();
    },
    sessions: () =>
      [...sessions.values()].filter((each) => !each.over).map(({ events: _, socket: __, over: ___, ...session }) => session),
    started: () => sessions.size,
    heartbeats: () => heartbeats,
    drop: ({ shard, code } = {}) => {
      for (const { socket } of connected(shard)) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    askToReconnect: (shard) => {
      for (const { socket } of connected(shard)) send(socket, { op: Op.Reconnect, d: null });
    },
    invalidate: ({ shard, resumable = false } = {}) => {
      for (const { session, socket } of connected(shard)) {
        Object.assign(session, { over: !resumable, socket: null, connected: false });
        send(socket, { op: Op.InvalidSession, d: resumable });
      }
    },
    forget: () => {
      for (const session of sessions.values()) session.over = true;
    },
    acknowledge: (on) => {
      acknowledging = on;
    },
    requestHeartbeat: (shard) => {
      for (const { socket } of connected(shard)) send(socket, { op: Op.Heartbeat, d: null });
    },
    accept: (on) => {
      accepting = on;
    },
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
