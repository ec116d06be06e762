// Installing an app into the test Slack, by the real @slack/web-api: allowed, denied, a code used twice, and what ends it.
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { APP, TEAM_A, TEAM_B } from './cast.ts';
import { slackClient } from './client.ts';
import { quietApp } from './quiet-app.ts';
import { openSlackServer, type SlackServer } from './server.ts';

const REDIRECT = 'https://crier.example/slack/oauth_redirect';
let slack: SlackServer;
beforeAll(async () => {
  slack = await openSlackServer();
});
afterAll(() => slack.close());

/** Where the page sends the person back to. */
async function visit(): Promise<URLSearchParams> {
  const asked = new URLSearchParams({
    client_id: APP.clientId,
    scope: 'chat:write,commands',
    state: 'the-state',
    redirect_uri: REDIRECT,
  });
  const response = await fetch(`${slack.authorizeUrl}?${asked}`, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams;
}
const client = (token?: string): WebClient => new WebClient(token, { slackApiUrl: slack.apiUrl });
const exchange = (code: string, redirect_uri = REDIRECT) =>
  client().oauth.v2.access({ client_id: APP.clientId, client_secret: APP.clientSecret, code, redirect_uri });

it('gives a token of the team that was chosen, for a code that works once', async () => {
  slack.answerInstall({ team: TEAM_B, userId: TEAM_B.people.ann.id, allow: true });
  const back = await visit();
  const code = back.get('code') ?? '';
  await expect(exchange(code, 'https://elsewhere.example')).rejects.toMatchObject({ data: { error: 'bad_redirect_uri' } });
  const granted = await exchange(code);

  expect(back.get('state')).toBe('the-state');
  expect(granted).toMatchObject({
    team: { id: TEAM_B.id },
    bot_user_id: TEAM_B.botUserId,
    app_id: APP.id,
    scope: 'chat:write,commands',
  });
  await expect(exchange(code)).rejects.toMatchObject({ data: { error: 'invalid_code' } });
  expect(await client(granted.access_token).auth.test()).toMatchObject({ team_id: TEAM_B.id });
});

it('sends back an error where the person says no', async () => {
  slack.answerInstall({ team: TEAM_A, userId: TEAM_A.people.ann.id, allow: false });
  const back = await visit();

  expect([back.get('error'), back.get('code'), back.get('state')]).toEqual(['access_denied', null, 'the-state']);
});

it('ends every token of a team that removes the app, and installs anew', async () => {
  const app = quietApp();
  await slackClient(slack, app).uninstall();
  expect(app.told.map(({ payload }) => payload.event)).toMatchObject([{ type: 'tokens_revoked' }, { type: 'app_uninstalled' }]);
  await expect(client(TEAM_A.botToken).auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
  slack.answerInstall({ team: TEAM_A, userId: TEAM_A.people.ann.id, allow: true });
  const granted = await exchange((await visit()).get('code') ?? '');

  expect(await client(granted.access_token).auth.test()).toMatchObject({ team_id: TEAM_A.id });
});
