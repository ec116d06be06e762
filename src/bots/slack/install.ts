// Installing Crier into Slack teams by OAuth: the page with the button, and where Slack sends the browser back to. Being removed again
// is removal.ts' matter.
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import {
  ClearStateStore,
  type CodedError,
  ErrorCode,
  InstallProvider,
  InvalidStateError,
  type OrgInstallation,
  type Installation as SlackInstallation,
  type StateStore,
} from '@slack/oauth';
import type { Clock } from '../../core/clock.ts';
import { CrierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import { INSTALL_PATH, type OAuthApp, REDIRECT_PATH, SLACK_API_URL } from './connection.ts';
import { type InstallPage, renderPage, sendPage, setPageHeaders } from './install-pages.ts';
import { SCOPES } from './manifest.ts';
import { readFailure } from './outbox-errors.ts';
import { slackCodeOf } from './refusals.ts';
import { logForSdk } from './sdk-log.ts';
import { clientOptions, Installation, type TeamAccess, type Teams } from './teams.ts';

export interface InstallOptions {
  oauth: OAuthApp;
  apiUrl: string | null;
  store: Pick<Store, 'installations' | 'workspaces' | 'isFirst'>;
  teams: Pick<Teams, 'access' | 'forget'>;
  clock: Clock;
  log: Log;
  /** Says hello to whoever installed it. */
  greet: (access: TeamAccess, installerId: string) => Promise<void>;
}

const STATE_SECONDS = 600;
const STATE_LABEL = 'slack/oauth-state';

/**
 * Takes GET /slack/install and GET /slack/oauth_redirect; null for any other path.
 * https://docs.slack.dev/authentication/installing-with-oauth
 */
export function openInstall(options: InstallOptions): (path: string) => RequestListener | null {
  const { oauth, log } = options;
  const provider = openProvider(options);
  const installOptions = { scopes: SCOPES.map(({ scope }) => scope), redirectUri: `${oauth.publicUrl}${REDIRECT_PATH}` };

  const start: RequestListener = (request, response) => {
    setPageHeaders(response);
    provider.handleInstallPath(request, response, undefined, installOptions).catch((error) => {
      log.error({ err: error }, 'the page for installing into Slack could not be made');
      sendPage(response, OUR_FAULT);
    });
  };
  const finish: RequestListener = (request, response) => {
    const done = provider.handleCallback(request, response, {
      afterInstallation: async (installation) => {
        if (!installation.isEnterpriseInstall && installation.bot) return true;
        sendPage(response, ONE_WORKSPACE);
        return false;
      },
      successAsync: async (installation) => sendPage(response, await welcome(options, installation)),
      failureAsync: async (error) => sendPage(response, explain(error, log)),
    });
    done.catch((error) => {
      log.error({ err: error }, 'an installation into Slack ended without an answer');
      if (!response.headersSent) sendPage(response, OUR_FAULT);
    });
  };

  const byPath: Record<string, RequestListener> = { [INSTALL_PATH]: start, [REDIRECT_PATH]: finish };
  return (path) => {
    const listener = byPath[path];
    return listener ? onlyGet(listener) : null;
  };
}

const onlyGet =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    if (request.method === 'GET') listener(request, response);
    else response.writeHead(405, { Allow: 'GET' }).end();
  };

function openProvider({ oauth, apiUrl, store, clock, log }: InstallOptions): InstallProvider {
  const { logger: _, ...options } = clientOptions({ apiUrl }, log);
  return new InstallProvider({
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateStore: openStates(oauth.stateSecret, store, clock),
    stateCookieExpirationSeconds: STATE_SECONDS,
    installationStore: {
      storeInstallation: (installation) => save(store, installation),
      fetchInstallation: () => Promise.reject(new Error('installations are read by teams.ts')),
    },
    // the page of authorizing is no method of the API, but lives on the same host
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl ?? SLACK_API_URL).href,
    renderHtmlForInstallPath: (url) => renderPage({ ...INVITATION, link: { url, label: 'Add to Slack' } }),
    clientOptions: options,
    // what went wrong is logged once, by `explain`, as grave as it is: anybody can call these pages
    logger: logForSdk({ ...log, error: log.debug, warn: log.debug }, 'slack oauth'),
  });
}

/** Signed, of this installation of Crier, no older than ten minutes, and taken once. That it is this browser's the provider checks by its cookie. */
function openStates(secret: string, store: Pick<Store, 'isFirst'>, clock: Clock): StateStore {
  const states = new ClearStateStore(secret, STATE_SECONDS);
  const now = (): Date => new Date(clock.now().epochMilliseconds);
  return {
    generateStateParam: (installOptions) => states.generateStateParam(installOptions, now()),
    async verifyStateParam(_, state) {
      const installOptions = await states.verifyStateParam(now(), state);
      const isFirst = await store.isFirst(`${STATE_LABEL}/${createHash('sha256').update(state).digest('hex')}`);
      if (!isFirst) throw new InvalidStateError('The state was used before');
      return installOptions;
    },
  };
}

async function save(store: InstallOptions['store'], { team, bot, user }: SlackInstallation | OrgInstallation): Promise<void> {
  if (!team || !bot) throw new Error('an installation without a team or a bot was let through');
  const kept: Installation = {
    teamName: team.name ?? team.id,
    token: bot.token,
    botUserId: bot.userId,
    botId: bot.id ?? null,
    scopes: bot.scopes,
    installerId: user.id,
  };
  await store.installations.save('slack', team.id, Installation.parse(kept));
  await store.workspaces.setPresent('slack', team.id, true);
}

/** Stored by now: what fails here is logged, and the installation stands. */
async function welcome(
  { teams, greet, log }: InstallOptions,
  { team, user }: SlackInstallation | OrgInstallation,
): Promise<InstallPage> {
  if (!team) throw new Error('an installation without a team was let through');
  teams.forget(team.id);
  log.info({ teamId: team.id }, 'Crier was installed into a Slack team');
  try {
    await greet(await teams.access(team.id), user.id);
  } catch (error) {
    log.warn({ err: error, teamId: team.id }, 'whoever installed Crier could not be greeted');
  }
  return {
    status: 200,
    title: 'Crier is installed',
    lines: [`It is in ${team.name ?? 'your workspace'} now. Go back to Slack and type /schedule in any channel.`],
  };
}

const AGAIN = { url: INSTALL_PATH, label: 'Start again' };

const INVITATION = {
  title: 'Crier for Slack',
  lines: [
    'Schedule your team’s social posts from the chat it already works in.',
    'Slack asks which workspace it is for, and shows what Crier may do there. Please finish within ten minutes.',
  ],
};
const ONE_WORKSPACE: InstallPage = {
  status: 400,
  title: 'Please choose one workspace',
  lines: ['Crier cannot be installed into a whole organization. Start again and choose a single workspace. Nothing was stored.'],
  link: AGAIN,
};
const CANCELED: InstallPage = {
  status: 200,
  title: 'Nothing was installed',
  lines: ['You declined, and that is fine. Whenever you change your mind, start again.'],
  link: AGAIN,
};
const STALE: InstallPage = {
  status: 400,
  title: 'This link does not work any more',
  lines: ['It is older than ten minutes, was used before, or was opened in another browser. Nothing was stored.'],
  link: AGAIN,
};
const OUR_FAULT: InstallPage = {
  status: 500,
  title: 'That did not work',
  lines: ['Crier could not finish the installation, and its log says why. Please try again in a moment.'],
  link: AGAIN,
};

/** Codes of oauth.v2.access that a new start mends: https://docs.slack.dev/reference/methods/oauth.v2.access#errors (checked 2026-11-22) */
const STALE_CODES = ['code_already_used', 'invalid_code'];

/** The page for an installation that failed. What an outsider may cause by calling the page is no more than a line of information. */
function explain(error: CodedError, log: Log): InstallPage {
  if (error.code === ErrorCode.AuthorizationError) return CANCELED;
  const failure = readFailure(error);
  const isStale =
    [ErrorCode.InvalidStateError, ErrorCode.MissingStateError, ErrorCode.MissingCodeError].some((code) => code === error.code) ||
    STALE_CODES.includes(slackCodeOf(failure) ?? '');
  if (isStale) {
    log.info({ code: slackCodeOf(failure) ?? error.code }, 'an installation into Slack was not taken');
    return STALE;
  }
  log.error({ err: failure }, 'an installation into Slack failed');
  const isSlackDown = failure instanceof CrierError && slackCodeOf(failure) === null;
  return isSlackDown
    ? { ...OUR_FAULT, status: 502, lines: ['Slack did not answer. Nothing was stored; please try again in a moment.'] }
    : OUR_FAULT;
}
