// The Slack app: Bolt listens, says at once that a request arrived, and hands it to whoever takes its kind. No database and no call of
// Slack stands before that word.
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Deps } from '../../core/ports.ts';
import type { Entrance } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import { openBackground } from '../background.ts';
import type { Commands } from '../run.ts';
import { EVENTS_PATH, type SlackConnection } from './connection.ts';
import { openEntrances } from './entrance.ts';
import { openKeptForms } from './form-keep.ts';
import { openLiveForms } from './form-live.ts';
import type { Front } from './front.ts';
import { listen } from './listen.ts';
import type { Outbox } from './outbox.ts';
import { type Pause, sendPatiently } from './outbox-patience.ts';
import { logForSdk } from './sdk-log.ts';
import { keepConnected, type Socket } from './socket.ts';
import { clientOptions, type Teams } from './teams.ts';

export interface SlackAppOptions {
  connection: SlackConnection;
  commands: Commands;
  deps: Deps;
  teams: Teams;
  outbox: Outbox;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** Of workspaces seen for the first time. */
  timeZone: string;
  /** How long a sent form may wait for its answer before it closes, milliseconds. Slack gives up after three seconds. */
  submitWaitMs?: number;
  /** Waits that many milliseconds; rejects when the signal aborts. Tests move time here. */
  pause?: Pause;
}

export interface SlackApp {
  /** Takes POST /slack/events, 401 for what Slack has not signed; null in Socket Mode. */
  listener: RequestListener | null;
  /** @throws where Slack refuses the app token, or cannot be reached at the start. */
  start: () => Promise<void>;
  /** Listens no more, and resolves when all that was taken is done. */
  stop: () => Promise<void>;
  /** Resolves when all that was taken until now is done. */
  idle: () => Promise<void>;
  /** Whether Slack can reach this: always in HTTP mode, where it is Slack that calls. */
  isConnected: () => boolean;
}

const SUBMIT_WAIT_MS = 2_000;
const CALL_WAIT_MAX_MS = 30_000;

export function openSlackApp(options: SlackAppOptions): SlackApp {
  const { connection, deps } = options;
  const ways = openWays(connection, deps);
  const stopping = new AbortController();
  const front = openFront(options, stopping.signal);
  const app = new App({
    receiver: ways.receiver,
    // Bolt asks for this before it says that a request arrived, so it reads nothing; the work has its access from `teams`
    authorize: async () => ({}),
    tokenVerificationEnabled: false,
    convoStore: false,
    // by the bot's user, which is not known here: front.ts
    ignoreSelf: false,
    logger: logForSdk(deps.log, 'slack bolt'),
    clientOptions: clientOptions(connection, deps.log),
  });
  listen(app, front);
  return {
    listener: ways.listener,
    start: async () => ways.socket?.start(),
    async stop() {
      stopping.abort();
      await ways.socket?.stop();
      await front.background.drain();
    },
    idle: front.background.drain,
    isConnected: () => ways.socket?.isConnected() ?? true,
  };
}

interface Ways {
  receiver: HTTPReceiver | SocketModeReceiver;
  listener: RequestListener | null;
  socket: Socket | null;
}

function openWays(connection: SlackConnection, { log }: Pick<Deps, 'log'>): Ways {
  const { appToken, signingSecret, apiUrl } = connection;
  const logger = logForSdk(log, 'slack receiver');
  if (appToken !== null) {
    const receiver = new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: clientOptions({ apiUrl }, log) },
    });
    return { receiver, listener: null, socket: keepConnected(receiver.client, log) };
  }
  if (signingSecret === null) throw new Error('Slack needs an app token or a signing secret: config.ts sees to it');
  const receiver = new HTTPReceiver({ signingSecret, endpoints: EVENTS_PATH, logger });
  return { receiver, listener: listenerOf(receiver), socket: null };
}

/** Bolt throws for every path but its own. */
const listenerOf =
  (receiver: HTTPReceiver): RequestListener =>
  (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== EVENTS_PATH) response.writeHead(404).end();
    else if (request.method !== 'POST') response.writeHead(405, { Allow: 'POST' }).end();
    else receiver.requestListener(request, response);
  };

/** `stopping` ends waits for rate limits. */
function openFront(options: SlackAppOptions, stopping: AbortSignal): Front {
  const { connection, commands, deps, teams, outbox, enter, timeZone } = options;
  const { pause = (ms, signal) => sleep(ms, undefined, { signal }) } = options;
  const patience = {
    pause,
    signal: stopping,
    maxWaitMs: CALL_WAIT_MAX_MS,
  };
  return {
    commands,
    deps,
    teams,
    outbox,
    enter,
    background: openBackground(deps.log),
    entrances: openEntrances({ clock: deps.clock, log: deps.log, timeZone }),
    keptForms: openKeptForms(deps.clock),
    liveForms: openLiveForms(),
    call: (work) => sendPatiently(patience, work),
    pause,
    submitWaitMs: options.submitWaitMs ?? SUBMIT_WAIT_MS,
    apiUrl: connection.apiUrl,
  };
}
