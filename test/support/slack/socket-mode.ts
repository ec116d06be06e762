// Slack's side of Socket Mode: addresses that work once, hello, envelopes and their acknowledgements
// (https://docs.slack.dev/apis/events-api/using-socket-mode).
import type { IncomingMessage, Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { APP } from './cast.ts';
import { type Changes, isObject, type Json, readJson, text } from './wire.ts';

export interface Envelope {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
  /** 1 for the first time it is sent again, with Slack's reason. */
  retryAttempt?: number;
  retryReason?: string;
  /** Given to send the very same envelope twice. */
  envelopeId?: string;
}

export interface Ack {
  envelopeId: string;
  /** What the app answered with: field errors of a modal, a message; null where it only acknowledged. */
  payload: Json | null;
  ms: number;
}

export interface SocketMode {
  /** apps.connections.open */
  open: () => Json;
  /** Waits for a connection, sends, waits for the acknowledgement. */
  send: (envelope: Envelope) => Promise<Ack>;
  connections: () => number;
  /** Asks every connection to go and come back, as Slack does now and then. */
  disconnect: (reason: 'warning' | 'refresh_requested' | 'link_disabled') => void;
  /** The network fails: no closing frame, no goodbye. */
  drop: () => void;
  acks: () => readonly Ack[];
  /** Says goodbye properly; after a second without an answer, without one. */
  close: () => Promise<void>;
}

export function openSocketMode(server: Server, options: { origin: () => string; changes: Changes }): SocketMode {
  const { changes } = options;
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connected = new Set<WebSocket>();
  const acks: Ack[] = [];
  const sent = new Map<string, number>();

  function hear(data: RawData): void {
    const message = readJson(data.toString());
    const envelopeId = text(message.envelope_id);
    const since = sent.get(envelopeId);
    if (since === undefined) throw new Error(`The app acknowledged ${envelopeId}, which Slack did not send.`);
    // Bolt sends `{}` for an acknowledgement that says nothing
    const payload = isObject(message.payload) && Object.keys(message.payload).length > 0 ? message.payload : null;
    acks.push({ envelopeId, payload, ms: performance.now() - since });
    changes.changed();
  }
  function greet(socket: WebSocket): void {
    connected.add(socket);
    socket.on('message', hear);
    socket.on('close', () => {
      connected.delete(socket);
      changes.changed();
    });
    const info = { host: 'applink-1', build_number: 1, approximate_connection_time: 18_060 };
    const connection_info = { app_id: APP.id };
    socket.send(JSON.stringify({ type: 'hello', num_connections: connected.size, debug_info: info, connection_info }));
    changes.changed();
  }
  server.on('upgrade', (request: IncomingMessage, stream, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return void stream.destroy();
    sockets.handleUpgrade(request, stream, head, greet);
  });

  const send: SocketMode['send'] = async (envelope) => {
    const newest = (): WebSocket | undefined => [...connected].at(-1);
    const socket = await changes.until(newest, 'a connection in Socket Mode');
    const envelopeId = envelope.envelopeId ?? crypto.randomUUID();
    const before = acks.filter((ack) => ack.envelopeId === envelopeId).length;
    sent.set(envelopeId, performance.now());
    const { type, payload, retryAttempt = 0, retryReason = '' } = envelope;
    const retries = type === 'events_api' ? { retry_attempt: retryAttempt, retry_reason: retryReason } : {};
    const accepts = type !== 'events_api';
    socket.send(JSON.stringify({ envelope_id: envelopeId, type, payload, accepts_response_payload: accepts, ...retries }));
    const answered = (): Ack | undefined => acks.filter((ack) => ack.envelopeId === envelopeId)[before];
    return changes.until(answered, `the acknowledgement of a ${type} envelope`);
  };
  return {
    open: () => {
      const ticket = crypto.randomUUID();
      tickets.add(ticket);
      const url = `${options.origin().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${APP.id}`;
      return { ok: true, url };
    },
    send,
    connections: () => connected.size,
    disconnect: (reason) => {
      for (const socket of connected) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
      }
    },
    drop: () => connected.forEach((socket) => void socket.terminate()),
    acks: () => acks,
    close: async () => {
      const leaving = [...connected].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      const last = setTimeout(() => connected.forEach((socket) => void socket.terminate()), 1000);
      for (const socket of connected) socket.close(1001);
      await Promise.all(leaving);
      clearTimeout(last);
      sockets.close();
    },
  };
}
