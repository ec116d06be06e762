// An outbox before the test Slack, with waits that are kept and end when a test says so.
import { WebClient } from '@slack/web-api';
import { type Message, type Outbox, openOutbox } from '../../../src/bots/slack/outbox.ts';
import { clientOptions, type TeamAccess } from '../../../src/bots/slack/teams.ts';
import type { Log } from '../../../src/core/ports.ts';
import { type KeptLog, keptLog } from '../../support/log.ts';
import { TEAM_A, type Team } from '../../support/slack/cast.ts';
import type { SlackServer } from '../../support/slack/server.ts';
import { openWaits, type Waits } from '../../support/waits.ts';

/** @param apiUrl another server in the place of the test Slack */
export function accessTo(slack: Pick<SlackServer, 'apiUrl'>, team: Team = TEAM_A, log: Log = keptLog()): TeamAccess {
  const { id: teamId, name: teamName, botToken: token, botUserId, botId } = team;
  return { teamId, teamName, token, botUserId, botId, client: new WebClient(token, clientOptions(slack, log)) };
}

export interface Sending {
  outbox: Outbox;
  access: TeamAccess;
  waits: Waits;
  log: KeptLog;
  /** What a channel shows. */
  textsIn: (channel: string) => Promise<string[]>;
  /** What Slack took for a channel, as it came in. */
  sentTo: (channel: string) => unknown[];
}

export function openSending(slack: SlackServer): Sending {
  const log = keptLog();
  const waits = openWaits();
  return {
    outbox: openOutbox({ log, apiUrl: slack.apiUrl, pause: waits.pause }),
    access: accessTo(slack, TEAM_A, log),
    waits,
    log,
    textsIn: async (channel) => (await slack.messages(channel)).map(({ text }) => text),
    sentTo: (channel) =>
      slack.calls('chat.postMessage').flatMap(({ args, ok }) => (args.channel === channel && ok ? [args.text] : [])),
  };
}

/** A message with its text in one block too. */
export const say = (text: string): Message => ({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });

/** A word no other test has said, so that tests may share a channel. */
let said = 0;
export const word = (text: string): string => `${text} ${++said}`;
