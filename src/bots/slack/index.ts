// Slack as one chat: access to teams, installing, the app that listens, and the ways out, put together for main.ts.
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrierError } from '../../core/errors.ts';
import type { Chat, Deps, Log } from '../../core/ports.ts';
import type { Entrance, News } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import type { Reply } from '../reply.ts';
import type { Commands } from '../run.ts';
import type { SayingChat } from '../saying-chat.ts';
import { openSlackApp, type SlackApp } from './app.ts';
import { INSTALL_PATH, type SlackConnection } from './connection.ts';
import { greeting } from './greeting.ts';
import { openInstall } from './install.ts';
import { openOutbox } from './outbox.ts';
import { type Pause, sendPatiently } from './outbox-patience.ts';
import { sayPrivately } from './privately.ts';
import { slackCodeOf } from './refusals.ts';
import { handleRemoval } from './removal.ts';
import { renderReply } from './render.ts';
import { openSayIn } from './say-in.ts';
import { openTeams, type TeamAccess, type Teams } from './teams.ts';
import { openTell } from './tell.ts';

export { deriveStateSecret } from './connection.ts';

export interface SlackOptions {
  connection: SlackConnection;
  commands: Commands;
  deps: Deps;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** Of workspaces seen for the first time. */
  timeZone: string;
  renderNews: (news: News) => Reply;
  newsCard: (news: News) => Promise<Reply>;
}

export interface SlackChat extends Chat, SayingChat {
  name: 'slack';
  /** For every request below /slack/; null where there is none to take. */
  listener: RequestListener | null;
  /** Begins to listen. @throws CrierError `invalid-input` where Slack refuses a token of the settings for good. */
  start: () => Promise<void>;
  /** Listens no more, and resolves when all that was acknowledged is done. */
  stop: () => Promise<void>;
  /** Resolves when the last message has left; none is sent after that. */
  close: () => Promise<void>;
  /** @throws where Slack cannot be heard or does not take our token. */
  check: () => Promise<void>;
  /** How it stands, in a line, once it has started. */
  standing: () => string;
}

export function openSlack(options: SlackOptions): SlackChat {
  const { connection, deps, renderNews, newsCard } = options;
  const { store, clock, log } = deps;
  const teams = openTeams({ connection, store, log });
  const outbox = openOutbox({ log, apiUrl: connection.apiUrl });
  const onDeadToken = (teamId: string): Promise<void> => handleRemoval({ store, teams, log }, teamId, 'refused');
  const telling = openTell({ teams, outbox, store, renderNews, newsCard, onDeadToken, log });
  const app = openSlackApp({ ...options, teams, outbox });
  const closing = new AbortController();
  const patience = { pause: pauseFor, signal: closing.signal, maxWaitMs: CALL_WAIT_MAX_MS };
  const call = <T>(work: () => Promise<T>): Promise<T> => sendPatiently(patience, work);
  const greet = async (access: TeamAccess, userId: string): Promise<void> => {
    await outbox.post(access, { channel: userId }, renderReply(greeting(access.teamName)));
  };
  const install = connection.oauth
    ? openInstall({ oauth: connection.oauth, apiUrl: connection.apiUrl, store, teams, clock, log, greet })
    : null;
  let ownTeam: TeamAccess | null = null;

  return {
    name: 'slack',
    tell: telling.tell,
    sayTo: ({ teamId, userId, channel }, reply) => sayPrivately({ teams, outbox }, { teamId, userId }, { channel }, reply),
    sayIn: openSayIn({ teams, outbox, onDeadToken, clock, log, call }),
    listener: route(app.listener, install),
    async start() {
      ownTeam = await findOwnTeam(teams, log);
      await startApp(app);
      log.info({ mode: connection.appToken === null ? 'http' : 'socket', team: ownTeam?.teamName }, 'Slack is on');
    },
    stop: app.stop,
    async close() {
      closing.abort();
      await telling.drain();
      await outbox.drain();
    },
    async check() {
      if (!app.isConnected()) throw new Error('Socket Mode is not connected');
      if (connection.botToken !== null && !(await teams.own())) throw new Error('Slack refuses SLACK_BOT_TOKEN');
    },
    standing: () => standing(connection, ownTeam),
  };
}

const CALL_WAIT_MAX_MS = 30_000;
const pauseFor: Pause = (ms, signal) => sleep(ms, undefined, { signal });

/** Slack out of reach is no reason not to start: whoever needs the team asks again. */
async function findOwnTeam(teams: Teams, log: Log): Promise<TeamAccess | null> {
  try {
    return await teams.own();
  } catch (error) {
    log.warn({ err: error }, 'Slack could not be asked which team SLACK_BOT_TOKEN is for');
    return null;
  }
}

async function startApp(app: SlackApp): Promise<void> {
  try {
    await app.start();
  } catch (error) {
    const code = slackCodeOf(error);
    if (code === null) throw error;
    const cure =
      'Make one with the scope connections:write on the page "Basic Information" of the app, and see that Socket Mode is on.';
    throw new CrierError('invalid-input', `Slack does not take SLACK_APP_TOKEN (${code}). ${cure}`, { cause: error });
  }
}

function standing({ botToken, oauth }: SlackConnection, ownTeam: TeamAccess | null): string {
  const byHand = ownTeam
    ? `in ${ownTeam.teamName}`
    : 'Slack does not take SLACK_BOT_TOKEN, or could not be asked; the log says which';
  const byOAuth = oauth ? [`install it at ${oauth.publicUrl}${INSTALL_PATH}`] : [];
  return [...(botToken === null ? [] : [byHand]), ...byOAuth].join('; ');
}

/** Installing has two paths of its own; all else below /slack/ is the app's. */
function route(app: RequestListener | null, install: ReturnType<typeof openInstall> | null): RequestListener | null {
  if (!app && !install) return null;
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const listener = install?.(pathname) ?? app;
    if (listener) listener(request, response);
    else response.writeHead(404).end();
  };
}
