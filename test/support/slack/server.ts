// A Slack to test against: the Web API, Socket Mode, response_urls, file downloads and the install page on one loopback port,
// for two teams (cast.ts), each with an emulate instance behind it. What people do in it is in client.ts.
//
//   const slack = await openSlackServer();                        // afterAll: await slack.close()
//   new WebClient(TEAM_A.botToken, { slackApiUrl: slack.apiUrl });
//   const ann = slackClient(slack, overHttp({ url, signingSecret: APP.signingSecret }));   // or overSocket(slack)
//   await ann.command({ command: '/schedule', text: 'tomorrow 9:00 Hello' });
//   const card = await slack.waitForMessage(TEAM_A.channels.social, ({ text }) => text.includes('Hello'));
//   await ann.press(card, 'cancel');
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../../src/core/clock.ts';
import { clockAt } from '../clock.ts';
import { BOT_SCOPES, TEAM_A, TEAM_B, type Team } from './cast.ts';
import type { Wardrobe } from './dress.ts';
import { type Fault, openFaults } from './faults.ts';
import { type Files, openFiles, type SharedFile, type SlackFileObject } from './files.ts';
import { type Consent, type OAuth, openOAuth } from './oauth.ts';
import { openPictures } from './pictures.ts';
import type { ApiCall, ShownView, SlackMessage, Whisper } from './records.ts';
import { openResponseUrls, type ResponseUrls, type UrlResponse } from './response-urls.ts';
import { openRooms, type Rooms } from './rooms.ts';
import { openSocketMode, type SocketMode } from './socket-mode.ts';
import { openTeamEmulator, type TeamEmulator } from './team-emulator.ts';
import { openTokens } from './tokens.ts';
import { openViewBook, type ViewBook } from './view-book.ts';
import { type Judge, openWebApi } from './web-api.ts';
import { answerPage, type Changes, type Json, openChanges } from './wire.ts';

export interface SlackServerOptions {
  /** For triggers, response_urls and what is recorded. Without one, a clock that stands still: nothing runs out. */
  clock?: Clock;
  /** Scopes of the bots installed from the start. */
  scopes?: readonly string[];
  /** Judges blocks and views before emulate sees them. */
  judge?: Judge;
  port?: number;
}

export interface SlackServer extends Rooms {
  /** For `slackApiUrl`, with the slash at its end. */
  apiUrl: string;
  /** The page that asks whether the app may be installed. */
  authorizeUrl: string;

  /** All calls of a method, oldest first; all calls there were without one. */
  calls: (method?: string) => ApiCall[];
  /** The first call that fits, also one already made. */
  waitForCall: (method: string, fits?: (call: ApiCall) => boolean) => Promise<ApiCall>;
  /** Forgets the calls so far. */
  forgetCalls: () => void;
  waitForMessage: (channel: string, fits?: (message: SlackMessage) => boolean) => Promise<SlackMessage>;
  waitForReply: (channel: string, ts: string, fits?: (message: SlackMessage) => boolean) => Promise<SlackMessage>;
  /** Open modals, the topmost last. */
  views: (userId?: string) => ShownView[];
  /** The topmost modal of a person, as soon as it fits. */
  waitForView: (userId: string, fits?: (view: ShownView) => boolean) => Promise<ShownView>;
  home: (userId: string) => ShownView | null;
  /** What only this person sees, by chat.postEphemeral or by response_url, as it is now. */
  whispers: (userId: string) => Whisper[];
  waitForWhisper: (userId: string, fits?: (whisper: Whisper) => boolean) => Promise<Whisper>;
  /** Everything sent to response_urls, also what was refused. */
  responses: () => readonly UrlResponse[];
  /** Waits for anything that follows from a call, a response or an acknowledgement. */
  until: Changes['until'];

  /** The next call of the method fails, once; with a channel, the next one to that channel. */
  failNext: (method: string, fault: Fault, channel?: string) => void;
  shareFile: (file: SharedFile) => SlackFileObject;
  /** What is uploaded next cannot be shown yet for so many tries. */
  slowPictures: (tries: number) => void;
  /** What people on the install page say from now on. */
  answerInstall: (consent: Consent) => void;
  /** The bot of this team is no more: `account_inactive` after the app was removed, or `token_revoked`. */
  revokeTokens: (team: Team, error?: 'account_inactive' | 'token_revoked') => void;
  /** The account of a person is deactivated. */
  deactivate: (userId: string) => void;
  socket: SocketMode;
  /** For client.ts: what a press or a message brings with it. */
  stage: { team: (id: string) => TeamEmulator; views: ViewBook; urls: ResponseUrls; files: Map<string, Json[]>; clock: Clock };
  close: () => Promise<void>;
}

export async function openSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const { clock = clockAt('2026-11-22T09:00:00Z'), scopes = BOT_SCOPES, judge = () => null } = options;
  const opened = await Promise.all([TEAM_A, TEAM_B].map((team) => openTeamEmulator(team, scopes)));
  const team = (id: string): TeamEmulator => {
    const found = opened.find(({ team }) => team.id === id);
    if (!found) throw new Error(`There is no team ${id}.`);
    return found;
  };
  const calls: ApiCall[] = [];
  const whispers: Whisper[] = [];
  const tokens = openTokens();
  for (const { team } of opened) tokens.add(team.botToken, { team, scopes });
  const faults = openFaults();
  const wardrobe: Wardrobe = { files: new Map(), left: new Set(), clock };
  const changes = openChanges(
    () => calls.map(({ method, answer }) => `${method} ${answer.error ?? 'ok'}`).join(', ') || 'nothing',
  );
  const { until, changed } = changes;
  let origin = '';

  const views = openViewBook(clock);
  const files = openFiles({ origin: () => origin, tokens, clock, first: TEAM_A });
  const oauth = openOAuth({ teams: team, tokens, first: TEAM_A });
  const pictures = openPictures();
  const urls = openResponseUrls({ origin: () => origin, clock, whispers, pictures, changed });
  const record = (call: ApiCall): void => {
    calls.push(call);
    changed();
  };
  const api = openWebApi({
    ...{ teams: team, tokens, faults, views, files, pictures, oauth, wardrobe, whispers, judge, clock, record },
    socket: () => socket,
  });
  const server = createServer((request, response) => {
    route({ api, files, urls, oauth }, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
      record({
        method: request.url ?? '',
        teamId: null,
        args: {},
        answer: { error: String(error) },
        ok: false,
        status: 500,
        at: clock.now(),
      });
    });
  });
  const socket = openSocketMode(server, { origin: () => origin, changes });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  origin = `http://127.0.0.1:${address.port}`;

  const rooms = openRooms(opened, wardrobe);
  const whispersOf: SlackServer['whispers'] = (userId) => whispers.filter((whisper) => whisper.userId === userId);
  const always = (): boolean => true;

  return {
    apiUrl: `${origin}/api/`,
    authorizeUrl: `${origin}/oauth/v2/authorize`,
    calls: (method) => calls.filter((call) => call.method === (method ?? call.method)),
    waitForCall: (method, fits = always) =>
      until(() => calls.find((call) => call.method === method && fits(call)), `a call of ${method}`),
    forgetCalls: () => void calls.splice(0),
    ...rooms,
    waitForMessage: (channel, fits = always) =>
      until(async () => (await rooms.messages(channel)).findLast(fits), `a message in ${channel}`),
    waitForReply: (channel, ts, fits = always) =>
      until(
        async () => (await rooms.thread(channel, ts)).findLast((reply) => reply.ts !== ts && fits(reply)),
        `a reply to ${ts}`,
      ),
    views: views.modals,
    waitForView: (userId, fits = always) =>
      until(() => {
        const top = views.modals(userId).at(-1);
        return top && fits(top) && top;
      }, `a modal for ${userId}`),
    home: views.home,
    whispers: whispersOf,
    waitForWhisper: (userId, fits = always) => until(() => whispersOf(userId).findLast(fits), `a private message for ${userId}`),
    responses: urls.all,
    until,
    failNext: (method, fault, channel) => faults.plan({ method, fault, channel }),
    shareFile: files.share,
    slowPictures: pictures.slow,
    answerInstall: oauth.decide,
    revokeTokens: (of, error = 'account_inactive') => tokens.revokeAll(of.id, error),
    deactivate: (userId) => void wardrobe.left.add(userId),
    socket,
    stage: { team, views, urls, files: wardrobe.files, clock },
    close: async () => {
      await socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(opened.map((emulator) => emulator.close()));
    },
  };
}

interface Parts {
  api: { serve: (request: IncomingMessage, response: ServerResponse, method: string) => Promise<void> };
  files: Files;
  urls: ResponseUrls;
  oauth: OAuth;
}

async function route({ api, files, urls, oauth }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = /^\/api\/([\w.]+)/.exec(request.url ?? '')?.[1];
  if (method !== undefined) return api.serve(request, response, method);
  if (files.serve(request, response) || (await urls.serve(request, response)) || (await oauth.serve(request, response))) return;
  answerPage(response, 404, '<h1>There is nothing here</h1>');
}
