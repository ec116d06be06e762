// Crier's access to each Slack team: the installation in the store, or the one bot token of the settings. Who may install is
// install.ts' matter, and what a lost access means removal.ts'.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { CrierError, notFound } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import { SLACK_API_URL, type SlackConnection } from './connection.ts';
import { readFailure } from './outbox-errors.ts';
import { isDeadToken, slackCodeOf } from './refusals.ts';
import { logForSdk } from './sdk-log.ts';

/** What is kept of an installation, sealed in the store. */
export const Installation = z.object({
  teamName: z.string(),
  token: z.string().min(1),
  botUserId: z.string().min(1),
  botId: z.string().nullable(),
  scopes: z.array(z.string()),
  /** Who installed it. */
  installerId: z.string(),
});
export type Installation = z.infer<typeof Installation>;

export interface TeamAccess {
  teamId: string;
  teamName: string;
  token: string;
  botUserId: string;
  botId: string | null;
  /** Gives up after ten seconds and repeats nothing by itself; a 429 is thrown. */
  client: WebClient;
}

export interface Teams {
  /** @throws CrierError `not-found` where Crier is not installed there, `unavailable` or the like where Slack cannot be asked. */
  access: (teamId: string) => Promise<TeamAccess>;
  /**
   * Whether Slack takes what there is for this team, read anew and asked now.
   * @throws CrierError where Slack cannot be asked.
   */
  isWelcome: (teamId: string) => Promise<boolean>;
  /** What was read of this team is read anew the next time. */
  forget: (teamId: string) => void;
  /**
   * The team of the settings' bot token, whose workspace is present from then on; null where there is no token, or Slack refuses it.
   * @throws where Slack cannot be asked.
   */
  own: () => Promise<TeamAccess | null>;
}

export interface TeamsOptions {
  connection: Pick<SlackConnection, 'botToken' | 'apiUrl'>;
  store: Pick<Store, 'installations' | 'workspaces'>;
  log: Log;
}

const API_TIMEOUT_MS = 10_000;

/** For every client of Slack's Web API. Repeating and waiting is the outbox' business, which knows what may be sent twice. */
export const clientOptions = (connection: Pick<SlackConnection, 'apiUrl'>, log: Log): WebClientOptions => ({
  slackApiUrl: connection.apiUrl ?? SLACK_API_URL,
  allowAbsoluteUrls: false,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
  timeout: API_TIMEOUT_MS,
  logger: logForSdk(log, 'slack web api'),
});

/** https://docs.slack.dev/reference/methods/auth.test */
const Identity = z.object({
  team_id: z.string(),
  team: z.string().optional(),
  user_id: z.string(),
  bot_id: z.string().optional(),
});

export function openTeams({ connection, store, log }: TeamsOptions): Teams {
  const options = clientOptions(connection, log);
  const known = new Map<string, Promise<TeamAccess>>();
  let ownTeam: Promise<TeamAccess | null> | undefined;

  const askOwn = async (token: string): Promise<TeamAccess | null> => {
    const client = new WebClient(token, options);
    try {
      const { team_id: teamId, team, user_id: botUserId, bot_id: botId } = Identity.parse(await client.auth.test());
      // it may have been removed and installed again by hand, which no event tells
      await store.workspaces.setPresent('slack', teamId, true);
      return { teamId, teamName: team ?? teamId, token, botUserId, botId: botId ?? null, client };
    } catch (error) {
      const failure = readFailure(error);
      if (!isDeadToken(failure)) throw failure;
      log.warn({ code: slackCodeOf(failure) }, 'Slack refuses SLACK_BOT_TOKEN; install the app again and set the token it gives');
      return null;
    }
  };

  const own = (): Promise<TeamAccess | null> => {
    if (connection.botToken === null) return Promise.resolve(null);
    ownTeam ??= forgetFailed(askOwn(connection.botToken), () => {
      ownTeam = undefined;
    });
    return ownTeam;
  };

  const load = async (teamId: string): Promise<TeamAccess> => {
    const ownAccess = await own();
    if (ownAccess?.teamId === teamId) return ownAccess;
    const stored = await store.installations.find('slack', teamId);
    if (stored === null)
      throw notFound('Crier is not installed in this Slack workspace. Whoever runs Crier can say how to install it.');
    const { teamName, token, botUserId, botId } = Installation.parse(stored);
    return { teamId, teamName, token, botUserId, botId, client: new WebClient(token, options) };
  };

  const access = (teamId: string): Promise<TeamAccess> => {
    const found = known.get(teamId) ?? forgetFailed(load(teamId), () => known.delete(teamId));
    known.set(teamId, found);
    return found;
  };

  const forget = (teamId: string): void => {
    known.delete(teamId);
    ownTeam = undefined;
  };

  const isWelcome = async (teamId: string): Promise<boolean> => {
    forget(teamId);
    try {
      const { client } = await access(teamId);
      await client.auth.test();
      return true;
    } catch (error) {
      const failure = readFailure(error);
      if (isDeadToken(failure) || (failure instanceof CrierError && failure.kind === 'not-found')) return false;
      throw failure;
    }
  };

  return { access, isWelcome, forget, own };
}

/** A failed answer is not kept: the next caller asks anew. */
function forgetFailed<T>(answer: Promise<T>, forget: () => void): Promise<T> {
  answer.then(undefined, forget);
  return answer;
}
