// One team: an emulate instance behind it, which keeps channels, messages and views. Its random ids are turned into those of
// cast.ts on the way out and back on the way in. What Slack refuses beyond emulate is in strictness.ts.
import { createEmulator } from 'emulate';
import { APP, type Person, peopleOf, type Team } from './cast.ts';
import { isObject, type Json, readJson, text } from './wire.ts';

export interface TeamEmulator {
  team: Team;
  /** Calls a method with a token the emulator knows; the ids in it and in its answer are those of cast.ts. */
  call: (token: string, method: string, args: Json) => Promise<Json>;
  /** The same as the bot with every scope there is. @throws Error where the emulator refuses */
  asBot: (method: string, args: Json) => Promise<Json>;
  /** The same as a member. @throws Error where the emulator refuses */
  asPerson: (userId: string, method: string, args: Json) => Promise<Json>;
  /** What a person presses on the page that asks whether the app may be installed: the code for oauth.v2.access. */
  consent: (userId: string, scope: string) => Promise<string>;
  close: () => Promise<void>;
}

/** The one address the emulator knows; the front compares the true one (oauth.ts). */
export const EMULATED_REDIRECT = 'http://127.0.0.1/slack/oauth_redirect';

const ALL_SCOPES = 'all-scopes';
const tokenOf = (person: Person): string => `xoxp-${person.id}`;
const wideToken = (team: Team): string => `${team.botToken}-${ALL_SCOPES}`;

function seedOf(team: Team, scopes: readonly string[]): Json {
  const own = { app_id: APP.id, client_id: APP.clientId };
  const bot = { user_id: team.botUserId, bot_id: team.botId, bot_user_id: team.botUserId, type: 'bot', ...own };
  return {
    team: { name: team.name, domain: team.domain },
    strict_scopes: true,
    users: peopleOf(team).map((person) => ({
      name: person.name,
      real_name: person.realName,
      email: `${person.name}@${team.domain}.example`,
      is_admin: person.isAdmin,
    })),
    channels: [
      { name: 'social' },
      { name: 'random' },
      { name: 'outside' },
      { name: 'secret', is_private: true },
      { name: 'closed' },
    ],
    oauth_apps: [
      {
        client_id: APP.clientId,
        client_secret: APP.clientSecret,
        app_id: APP.id,
        name: 'Crier',
        redirect_uris: [EMULATED_REDIRECT],
        bot_id: team.botId,
        bot_user_id: team.botUserId,
        bot_name: 'crier',
      },
    ],
    tokens: [
      { token: team.botToken, scopes, ...bot },
      { token: wideToken(team), ...bot },
      ...peopleOf(team).map((person) => ({ token: tokenOf(person), user: person.name, type: 'user', ...own })),
    ],
  };
}

/** Pairs of [the emulator's id, ours]. */
type Aliases = [string, string][];

function swap(value: string, aliases: Aliases, from: 0 | 1): string {
  return aliases.reduce((sofar, pair) => sofar.replaceAll(pair[from], pair[from === 0 ? 1 : 0]), value);
}

export async function openTeamEmulator(team: Team, scopes: readonly string[]): Promise<TeamEmulator> {
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seedOf(team, scopes) } });
  const aliases: Aliases = [['T000000001', team.id]];

  async function call(token: string, method: string, args: Json): Promise<Json> {
    const response = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: swap(JSON.stringify(args), aliases, 1),
    });
    if (response.status === 404) {
      await response.text();
      return { ok: false, error: 'unknown_method', req_method: method };
    }
    return readJson(swap(await response.text(), aliases, 0));
  }
  async function must(token: string, method: string, args: Json): Promise<Json> {
    const answer = await call(token, method, args);
    if (answer.ok !== true) throw new Error(`The emulator refuses ${method} with ${text(answer.error)}: ${JSON.stringify(args)}`);
    return answer;
  }
  const asBot: TeamEmulator['asBot'] = (method, args) => must(wideToken(team), method, args);
  const asPerson: TeamEmulator['asPerson'] = (userId, method, args) => {
    const person = peopleOf(team).find(({ id }) => id === userId);
    if (!person) throw new Error(`${userId} is not a member of ${team.name}.`);
    return must(tokenOf(person), method, args);
  };
  const consent: TeamEmulator['consent'] = async (userId, scope) => {
    const form = new URLSearchParams({ user_id: userId, redirect_uri: EMULATED_REDIRECT, scope, client_id: APP.clientId });
    const response = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: swap(form.toString(), aliases, 1),
      redirect: 'manual',
    });
    await response.text();
    const code = new URL(response.headers.get('location') ?? '', 'http://slack').searchParams.get('code');
    if (!code) throw new Error('The emulator gave no code.');
    return code;
  };
  aliases.push(...(await learnIds(team, must)));
  const { social, random, closed } = team.channels;
  for (const channel of [social, random, closed]) await asBot('conversations.join', { channel });
  await asPerson(team.people.ann.id, 'conversations.archive', { channel: closed });
  return { team, call, asBot, asPerson, consent, close: () => emulator.close() };
}

/** The ids the emulator made up for the people and channels of the seed, each with the one it has in cast.ts. */
async function learnIds(team: Team, must: (token: string, method: string, args: Json) => Promise<Json>): Promise<Aliases> {
  const token = tokenOf(team.people.ann);
  const { members } = await must(token, 'users.list', {});
  const { channels } = await must(token, 'conversations.list', { types: 'public_channel,private_channel' });
  const ours = new Map([
    ...peopleOf(team).map(({ name, id }): [string, string] => [name, id]),
    ...Object.entries(team.channels),
    ['admin', `U0FIRST00${team.id.slice(-1)}`],
    ['general', `C0GENERAL${team.id.slice(-1)}`],
  ]);
  return [members, channels]
    .flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []))
    .flatMap(({ name, id }): Aliases => {
      const own = ours.get(text(name));
      return own === undefined ? [] : [[text(id), own]];
    });
}
