// A whole Crier in Slack for tests: the real Bolt app before the test Slack, by signed requests or Socket Mode, with the commands, a
// real database, and the networks of the newsroom. What leaves for Slack is held against its documented limits.
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import sharp from 'sharp';
import type { Command } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { renderNews } from '../../../src/bots/news.ts';
import { newsCard } from '../../../src/bots/news-card.ts';
import { openCommands } from '../../../src/bots/run.ts';
import { openSlackApp, type SlackAppOptions } from '../../../src/bots/slack/app.ts';
import type { SlackConnection } from '../../../src/bots/slack/connection.ts';
import { openOutbox } from '../../../src/bots/slack/outbox.ts';
import { openTeams } from '../../../src/bots/slack/teams.ts';
import { openTell } from '../../../src/bots/slack/tell.ts';
import type { Deps } from '../../../src/core/ports.ts';
import type { PostDetails } from '../../../src/core/post.ts';
import type { Settlement } from '../../../src/core/store.ts';
import { tellNews } from '../../../src/core/usecases/tell-news.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { openHttp } from '../../../src/platforms/http.ts';
import { openMediaFetcher } from '../../../src/platforms/media-fetcher.ts';
import { type Newsroom, openNewsroom, PASSWORD } from '../../core/usecases/newsroom.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { APP, TEAM_A, TEAM_B, type Team } from '../../support/slack/cast.ts';
import { type SlackClient, slackClient } from '../../support/slack/client.ts';
import { type Door, overHttp, overSocket } from '../../support/slack/delivery.ts';
import { openSlackServer, type SlackServer } from '../../support/slack/server.ts';
import type { Json } from '../../support/slack/wire.ts';
import { problemsOfMessage, problemsOfView } from './block-kit-rules.ts';

export const TABLES = 'workspace, installation, seen_event, media';

export interface SlackDesk {
  slack: SlackServer;
  newsroom: Newsroom;
  log: KeptLog;
  /** People of team A and of team B, in front of their Slack. */
  a: SlackClient;
  b: SlackClient;
  /** Where signed requests go; '' in Socket Mode. */
  url: string;
  /** What was refused of what Crier sent, by Slack's documented limits; once it is closed, secrets in the log too. */
  problems: string[];
  /** Somebody of a team, as the database has them. */
  enter: (team: Team, person?: keyof Team['people']) => Promise<Actor>;
  /** Posts of a team, the newest first. */
  posts: (team?: Team) => Promise<PostDetails[]>;
  /** Whatever is due has this outcome, and its threads are told. */
  settle: (how: Partial<Settlement>) => Promise<void>;
  /** Resolves when all that was acknowledged is done. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
}

export interface SlackDeskOptions extends Partial<Pick<SlackAppOptions, 'submitWaitMs' | 'pause'>> {
  mode?: 'http' | 'socket';
  /** Commands of the test's own, beside those there are. */
  extra?: readonly Command[];
  /** Parts in the place of the real ones: a store that does not answer. */
  adapt?: (deps: Deps) => Deps;
}

export async function openSlackDesk({
  mode = 'http',
  extra = [],
  adapt = (deps) => deps,
  ...rest
}: SlackDeskOptions = {}): Promise<SlackDesk> {
  const newsroom = await openNewsroom({ connect: false });
  await newsroom.database.pool.query(`truncate ${TABLES} cascade`);
  const problems: string[] = [];
  const slack = await openSlackServer({ clock: newsroom.clock, judge: (method, args) => judge(method, args, problems) });
  const log = keptLog();
  const { host } = new URL(slack.apiUrl);
  const http = openHttp({ allowPrivateHosts: [host], timeoutMs: 5_000 });
  const mediaFetcher = openMediaFetcher({ http, maxBytes: 1_000_000, timeoutMs: 5_000 });
  const deps: Deps = adapt({ ...newsroom.deps, log, mediaFetcher });
  const { store } = newsroom;
  for (const team of [TEAM_A, TEAM_B]) await install(newsroom, team);

  const connection = connectionFor(slack, mode);
  const teams = openTeams({ connection, store, log });
  const outbox = openOutbox({ log, apiUrl: slack.apiUrl });
  const enter = store.workspaces.enter;
  const options = {
    connection,
    commands: openCommands([...commands, ...extra]),
    deps,
    teams,
    outbox,
    enter,
    timeZone: 'Europe/London',
  };
  const app = openSlackApp({ ...options, ...rest });
  const server = await serve(app.listener);
  await app.start();
  const door: Door = mode === 'socket' ? overSocket(slack) : overHttp({ url: server.url, signingSecret: APP.signingSecret });

  const enterAs: SlackDesk['enter'] = (team, person = 'ann') =>
    store.workspaces.enter({ ...WHO, teamId: team.id, userId: team.people[person].id });
  const tellAll = async (): Promise<void> => {
    const telling = openTell({
      teams,
      outbox,
      store,
      log,
      renderNews: (news) => renderNews(news, newsroom.deps.platforms),
      newsCard: (news) => newsCard(newsroom.deps, news),
      onDeadToken: async () => undefined,
    });
    await tellNews(newsroom.deps, [{ name: 'slack', tell: telling.tell }]);
    await telling.drain();
  };
  return {
    slack,
    newsroom,
    log,
    problems,
    a: slackClient(slack, door, TEAM_A),
    b: slackClient(slack, door, TEAM_B),
    url: server.url,
    enter: enterAs,
    posts: async (team = TEAM_A) => {
      const { workspace } = await enterAs(team);
      return (await store.posts.list(workspace.id, { kind: 'recent' }, { offset: 0, limit: 50 })).items;
    },
    settle: async (how) => {
      await settleDue(newsroom, how);
      await tellAll();
    },
    idle: app.idle,
    close: async () => {
      await app.stop();
      await outbox.drain();
      problems.push(...secretsIn(log, slack));
      await server.close();
      await http.close();
      await slack.close();
    },
  };
}

const WHO = { chat: 'slack', teamName: 'Team', userName: 'Somebody', role: 'admin', timeZone: 'Europe/London' } as const;

function connectionFor(slack: SlackServer, mode: 'http' | 'socket'): SlackConnection {
  const isSocket = mode === 'socket';
  return {
    signingSecret: isSocket ? null : APP.signingSecret,
    appToken: isSocket ? APP.appToken : null,
    botToken: null,
    oauth: null,
    apiUrl: slack.apiUrl,
  };
}

/** Whatever became of the requests, no log line may hold what lets in whoever reads it. */
function secretsIn({ lines }: KeptLog, { apiUrl }: SlackServer): string[] {
  const written = inspect(lines, { depth: 12, maxStringLength: null, maxArrayLength: null });
  const { origin } = new URL(apiUrl);
  const secrets = [TEAM_A.botToken, TEAM_B.botToken, APP.appToken, APP.signingSecret, PASSWORD];
  return [...secrets, `${origin}/response/`, `${origin}/files-pri/`]
    .filter((secret) => written.includes(secret))
    .map((secret) => `the log holds ${secret}`);
}

/** Crier is in the team, which has an account on each network. */
async function install({ store }: Newsroom, team: Team): Promise<void> {
  const { name: teamName, botToken: token, botUserId, botId } = team;
  await store.installations.save('slack', team.id, {
    ...{ teamName, token, botUserId, botId },
    scopes: [],
    installerId: team.people.ann.id,
  });
  const actor = await store.workspaces.enter({ ...WHO, teamId: team.id, userId: team.people.ann.id });
  for (const platform of ['bluesky', 'mastodon']) {
    const handle = `@${team.domain}`;
    const account = { platform, handle, service: `https://${platform}.example`, remoteId: `${platform}-${team.id}` };
    const rest = { announcedLimits: null, expiresAt: null, credentials: { password: PASSWORD } };
    await store.accounts.connect(actor, { ...account, ...rest });
  }
}

function judge(method: string, args: Json, problems: string[]): string | null {
  const { view, blocks, text = '' } = args;
  const found = view ? problemsOfView(view) : blocks ? problemsOfMessage({ text, blocks }) : [];
  problems.push(...found.map((problem) => `${method}: ${problem}`));
  return found.length > 0 ? 'invalid_blocks' : null;
}

async function serve(
  listener: ReturnType<typeof openSlackApp>['listener'],
): Promise<{ url: string; close: () => Promise<void> }> {
  if (!listener) return { url: '', close: async () => undefined };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function settleDue({ clock, store }: Newsroom, how: Partial<Settlement>): Promise<void> {
  const now = clock.now();
  const request = { now, leaseUntil: now.add({ minutes: 5 }), limit: 100, perAccount: 100, busyAccountIds: [] };
  const unsaid = { outcome: 'not-applied', state: 'failed', published: null, holdReason: null, dueAt: null } as const;
  for (const claim of await store.queue.claimDue(request)) {
    const rest = { countsAsTry: true, errorKind: null, errorMessage: null, tell: true };
    await store.queue.settle(claim, { ...unsaid, ...rest, ...how }, now);
  }
}

/** A small red image. */
export const redPng = async (): Promise<Uint8Array> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** The `action_id` of the button with this label, in a message, a modal or App Home. */
export function buttonOf(shown: { blocks: readonly unknown[] }, label: string): string {
  const buttons = shown.blocks.flatMap((block) => (isActions(block) ? block.elements : []));
  const found = buttons.find(({ text }) => text?.text === label);
  if (!found) throw new Error(`no button "${label}" among ${buttons.map(({ text }) => text?.text).join(', ')}`);
  return found.action_id;
}

interface ShownButton {
  action_id: string;
  text?: { text: string };
}

const isActions = (block: unknown): block is { elements: ShownButton[] } =>
  typeof block === 'object' && block !== null && 'type' in block && block.type === 'actions';

/** Everything that stands in a message or a view. */
export const wordsIn = (shown: object): string => JSON.stringify(shown);
