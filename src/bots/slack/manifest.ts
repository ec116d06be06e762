// Crier's app as Slack is told of it: commands, shortcuts, events, and each permission with its reason. Made from the commands'
// declarations; `npm run slack:manifest` prints it.
import type { AppsManifestValidateArguments } from '@slack/web-api';
import type { Command } from '../command.ts';
import { EVENTS_PATH, REDIRECT_PATH } from './connection.ts';
import { CRIER_COMMAND, slashName } from './slash-names.ts';

/** Slack's client exports the type under no name of its own. */
export type SlackManifest = AppsManifestValidateArguments['manifest'];

/** `publicUrl`: where browsers reach this Crier for OAuth, and Slack itself without Socket Mode; no slash at the end. */
export type ManifestOptions = { socketMode: true; publicUrl: string | null } | { socketMode: false; publicUrl: string };

/** What the bot may do, and what each is for. Installing asks for these and no more. */
export const SCOPES = [
  { scope: 'app_mentions:read', reason: 'To be spoken to: `@Crier schedule this for tomorrow 9am`' },
  {
    scope: 'channels:history',
    reason:
      'To read the message that "this" means when it is mentioned in a thread of a public channel, and to look whether a message of its own arrived where Slack did not say so',
  },
  { scope: 'chat:write', reason: 'To answer, to show cards and to tell in their threads what became of posts' },
  { scope: 'commands', reason: 'The slash commands and the shortcuts' },
  { scope: 'files:read', reason: 'To copy the images and videos that are shared with a post' },
  { scope: 'files:write', reason: 'To hand over files it makes: exports, pictures' },
  { scope: 'groups:history', reason: 'The same as `channels:history`, in private channels it was invited to' },
  { scope: 'im:history', reason: 'To read what is written to it in its own direct messages' },
  { scope: 'im:write', reason: 'To begin a direct message where a channel is closed to it' },
  { scope: 'mpim:history', reason: 'The same as `channels:history`, in group messages it is part of' },
  { scope: 'users:read', reason: 'Names, time zones and languages of those who speak to it, and who is an admin' },
] as const;

/** What Crier is told of. https://docs.slack.dev/reference/events (checked 2026-11-22) */
export const EVENTS = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'] as const;

/** `callback_id`s of the shortcuts. */
export const SCHEDULE_MESSAGE = 'schedule_message';
export const NEW_POST = 'new_post';

/** What is needed and what may be said, `<post> [action]`; an example's words where a command reads sentences. */
function usageHint({ name, arguments: declared, examples: [example = ''] }: Command): string {
  if (declared.some(({ kind }) => kind === 'targets')) return example.replace(`/${name}`, '').trim();
  return declared.map((argument) => (argument.required ? `<${argument.name}>` : `[${argument.name}]`)).join(' ');
}

function slashCommands(commands: readonly Command[], url: { url?: string }) {
  const crier = {
    command: CRIER_COMMAND,
    description: 'Any command of Crier, or what you want in plain words',
    usage_hint: 'help',
    should_escape: true,
    ...url,
  };
  const each = commands.map((command) => ({
    command: slashName(command),
    description: command.summary,
    ...(command.arguments.length === 0 ? {} : { usage_hint: usageHint(command) }),
    // people and channels arrive with their ids, which stay what they are when a name changes
    should_escape: true,
    ...url,
  }));
  return [...each, crier];
}

/**
 * The app manifest. Without Socket Mode all requests come to one address.
 * https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest(commands: readonly Command[], { socketMode, publicUrl }: ManifestOptions): SlackManifest {
  const events = socketMode ? null : `${publicUrl}${EVENTS_PATH}`;
  return {
    display_information: {
      name: 'Crier',
      description: "Schedule your team's social posts from Slack.",
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'crier', always_online: true },
      shortcuts: [
        { type: 'global', name: 'New post', callback_id: NEW_POST, description: 'Write a post and say when it goes out' },
        {
          type: 'message',
          name: 'Schedule this message',
          callback_id: SCHEDULE_MESSAGE,
          description: "Make a post of this message's text and files",
        },
      ],
      slash_commands: slashCommands(commands, events === null ? {} : { url: events }),
    },
    oauth_config: {
      ...(publicUrl === null ? {} : { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] }),
      scopes: { bot: SCOPES.map(({ scope }) => scope) },
    },
    settings: {
      event_subscriptions: { ...(events === null ? {} : { request_url: events }), bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, ...(events === null ? {} : { request_url: events }) },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}
