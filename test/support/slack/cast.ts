// The app, the two teams and the people of the Slack that tests run against. All ids and tokens are fixed, so tests can name them.
import { SCOPES } from '../../../src/bots/slack/manifest.ts';

/** A member, as users.info tells of them (https://docs.slack.dev/reference/objects/user-object). */
export interface Person {
  id: string;
  name: string;
  realName: string;
  timeZone: string;
  locale: string;
  isAdmin: boolean;
  /** A single-channel guest. */
  isGuest: boolean;
  /** From another workspace, met in a channel shared by Slack Connect. */
  isStranger: boolean;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
  /** With the scopes the server was opened with, installed from the start. */
  botToken: string;
  botUserId: string;
  botId: string;
  people: { ann: Person; bob: Person; gus: Person; sue: Person };
  channels: {
    /** Public, with the bot. */
    social: string;
    /** Public, with the bot. */
    random: string;
    /** Public, the bot is not in it. */
    outside: string;
    /** Private, the bot is not in it. */
    secret: string;
    /** Public, with the bot, archived. */
    closed: string;
  };
}

export const APP = {
  id: 'A0CRIER001',
  clientId: '1111.2222',
  clientSecret: 'the-client-secret-of-the-tests',
  signingSecret: 'the-signing-secret-of-the-tests',
  appToken: 'xapp-1-A0CRIER001-of-the-tests',
} as const;

/** What the bot may do unless a test says otherwise: what Crier asks for. Slack refuses everything else with missing_scope. */
export const BOT_SCOPES: readonly string[] = SCOPES.map(({ scope }) => scope);

function person(id: string, name: string, realName: string, rest: Partial<Person>): Person {
  const plain = { timeZone: 'America/New_York', locale: 'en-US', isAdmin: false, isGuest: false, isStranger: false };
  return { id, name, realName, ...plain, ...rest };
}

function team(mark: string, name: string, domain: string): Team {
  return {
    id: `T0TEAM000${mark}`,
    name,
    domain,
    botToken: `xoxb-team-${mark.toLowerCase()}-of-the-tests`,
    botUserId: `U0BOT0000${mark}`,
    botId: `B0BOT0000${mark}`,
    people: {
      ann: person(`U0ANN0000${mark}`, 'ann', 'Ann Admin', { timeZone: 'Europe/Berlin', locale: 'de-DE', isAdmin: true }),
      bob: person(`U0BOB0000${mark}`, 'bob', 'Bob Member', {}),
      gus: person(`U0GUS0000${mark}`, 'gus', 'Gus Guest', { isGuest: true }),
      sue: person(`U0SUE0000${mark}`, 'sue', 'Sue Stranger', { isStranger: true }),
    },
    channels: {
      social: `C0SOCIAL0${mark}`,
      random: `C0RANDOM0${mark}`,
      outside: `C0OUTSIDE${mark}`,
      secret: `C0SECRET0${mark}`,
      closed: `C0CLOSED0${mark}`,
    },
  };
}

/** Acme: Ann (admin, Berlin), Bob (member, New York), Gus (guest), Sue (of another workspace). */
export const TEAM_A = team('A', 'Acme', 'acme');
/** Bolt & Nut: the same people by name, and other ones by id. */
export const TEAM_B = team('B', 'Bolt and Nut', 'boltandnut');

export const peopleOf = (team: Team): Person[] => Object.values(team.people);
