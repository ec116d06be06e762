// Slack and Discord: whether they take the tokens of the settings, and whether the bot may do what Crier needs.
import { z } from 'zod';
import { DISCORD_API_URL } from '../../src/bots/discord/connection.ts';
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, SLACK_API_URL } from '../../src/bots/slack/connection.ts';
import { SCOPES } from '../../src/bots/slack/manifest.ts';
import type { Config } from '../../src/config.ts';
import { type Finding, note, ok, warning, wordsOf, wrong } from './finding.ts';
import { PATIENCE_MS, type Ways } from './ways.ts';

type ChatWays = Pick<Ways, 'http'>;

/** https://docs.slack.dev/reference/methods/auth.test and /apps.connections.open: `ok`, or the reason why not. */
const SlackAnswer = z.object({ ok: z.boolean(), error: z.string().optional(), team: z.string().optional() });

export async function lookAtSlack(
  { slack, publicUrl }: Pick<Config, 'slack' | 'publicUrl'>,
  ways: ChatWays,
): Promise<readonly Finding[]> {
  if (slack === null) return [note('SLACK_BOT_TOKEN', 'Slack is off.')];
  const api = slack.apiUrl ?? SLACK_API_URL;
  const { appToken, botToken } = slack;
  const looks = [
    ...(botToken === null ? [] : [lookAtBotToken(api, botToken, ways)]),
    ...(appToken === null ? [] : [lookAtAppToken(api, appToken, ways)]),
  ];
  const findings = (await Promise.all(looks)).flat();
  return [...findings, ...untried(slack, publicUrl)];
}

/** What Slack says nothing about until somebody comes from there. */
function untried({ appToken, signingSecret, oauth }: NonNullable<Config['slack']>, publicUrl: string | null): Finding[] {
  const requests = `${publicUrl ?? 'PUBLIC_URL'}${EVENTS_PATH}`;
  const isOverHttp = appToken === null && signingSecret !== null;
  const signing = note(
    'SLACK_SIGNING_SECRET',
    'Whether it is right shows with the first request of Slack’s.',
    `Enter ${requests} as request URL of events, commands and interactivity; Slack tries it at once.`,
  );
  const install = note(
    'SLACK_CLIENT_ID',
    'Whether Slack takes it shows when somebody installs Crier.',
    `Enter ${oauth?.publicUrl}${REDIRECT_PATH} as redirect URL, and try it at ${oauth?.publicUrl}${INSTALL_PATH}.`,
  );
  return [...(isOverHttp ? [signing] : []), ...(oauth === null ? [] : [install])];
}

async function lookAtBotToken(api: string, token: string, ways: ChatWays): Promise<readonly Finding[]> {
  const about = 'SLACK_BOT_TOKEN';
  const answer = await askSlack(`${api}auth.test`, token, ways);
  if (answer instanceof Error) return [away(about, 'Slack', answer)];
  const { said, scopes } = answer;
  if (!said.ok) {
    const cure =
      'Copy the "Bot User OAuth Token" anew from the app’s page "OAuth & Permissions"; docs/slack.md says where it is.';
    return [wrong(about, `Slack does not take it (${said.error ?? 'no reason given'}).`, cure)];
  }
  const missing = scopes === null ? [] : SCOPES.filter(({ scope }) => !scopes.includes(scope)).map(({ scope }) => scope);
  if (missing.length === 0) return [ok(about, `Slack takes it, for the workspace ${said.team ?? 'it was made in'}.`)];
  const cure =
    'Add them on the app’s page "OAuth & Permissions", or paste the manifest anew (npm run slack:manifest), and install the app again.';
  return [warning(about, `Slack takes it, and the bot lacks permissions: ${missing.join(', ')}.`, cure)];
}

async function lookAtAppToken(api: string, token: string, ways: ChatWays): Promise<readonly Finding[]> {
  const about = 'SLACK_APP_TOKEN';
  const answer = await askSlack(`${api}apps.connections.open`, token, ways);
  if (answer instanceof Error) return [away(about, 'Slack', answer)];
  const { ok: isTaken, error } = answer.said;
  if (isTaken) return [ok(about, 'Slack takes it for Socket Mode.')];
  const cure =
    'Make a new app-level token with the scope connections:write on the app’s page "Basic Information", and switch Socket Mode on.';
  return [wrong(about, `Slack does not take it (${error ?? 'no reason given'}).`, cure)];
}

async function askSlack(url: string, token: string, { http }: ChatWays) {
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await http.fetch(url, {
      method: 'POST',
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said = SlackAnswer.parse(await response.json());
    return {
      said,
      scopes:
        response.headers
          .get('x-oauth-scopes')
          ?.split(',')
          .map((each) => each.trim()) ?? null,
    };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** https://docs.discord.com/developers/resources/user#get-current-user */
const DiscordUser = z.object({ username: z.string() });

export async function lookAtDiscord({ discord }: Pick<Config, 'discord'>, { http }: ChatWays): Promise<readonly Finding[]> {
  const about = 'DISCORD_TOKEN';
  if (discord === null) return [note(about, 'Discord is off.')];
  try {
    const headers = { authorization: `Bot ${discord.token}` };
    const url = `${discord.apiUrl ?? DISCORD_API_URL}/v10/users/@me`;
    const response = await http.fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 401) {
      const cure =
        'Make a new one with "Reset Token" on the page "Bot" of the application at https://discord.com/developers/applications.';
      return [wrong(about, 'Discord does not take it (401).', cure)];
    }
    if (!response.ok) return [away(about, 'Discord', new Error(`it answered with ${response.status}`))];
    return [ok(about, `Discord takes it, for the bot ${DiscordUser.parse(await response.json()).username}.`)];
  } catch (error) {
    return [away(about, 'Discord', error)];
  }
}

const away = (about: string, chat: string, error: unknown): Finding =>
  warning(
    about,
    `${chat} could not be asked: ${wordsOf(error)}.`,
    'Check this machine’s way to the internet, and run npm run doctor again.',
  );
