// What Slack sends, as far as it is read here: each payload passes its schema once, and is trusted from there on.
// https://docs.slack.dev/reference/interaction-payloads and https://docs.slack.dev/reference/events (both checked 2026-11-22),
// https://docs.slack.dev/interactivity/implementing-slash-commands
import { z } from 'zod';

/** A file as messages, view states and files.info carry it. https://docs.slack.dev/reference/objects/file-object (checked 2026-11-22) */
export const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
  alt_txt: z.string().nullish(),
  /** `check_file_info`: the rest must be asked for by files.info (files from Slack Connect, and freshly shared ones). */
  file_access: z.string().optional(),
  /** It lies at another service, and Slack's token is not for that. */
  is_external: z.boolean().optional(),
  /** `tombstone`: it was deleted, and its message goes on naming it. */
  mode: z.string().optional(),
});
export type SlackFile = z.infer<typeof SlackFile>;

export const SlashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().optional(),
  response_url: z.string(),
  trigger_id: z.string(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

const Someone = z.object({ id: z.string() });

/** A message as events, shortcuts and conversations.replies have it. */
export const SlackMessage = z.object({
  type: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  files: z.array(SlackFile).default([]),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

/** app_mention, and message in a direct conversation. */
export const SpokenTo = SlackMessage.extend({
  channel: z.string(),
  channel_type: z.string().optional(),
  edited: z.unknown().optional(),
  /** Of the person's own team, where the channel is shared with others. */
  user_team: z.string().optional(),
});
export type SpokenTo = z.infer<typeof SpokenTo>;

export const HomeOpened = z.object({ user: z.string(), tab: z.string().optional(), channel: z.string().optional() });

/** What stands around an event: `event_id` is the same in every redelivery. */
export const EventBody = z.object({ event_id: z.string(), event: z.unknown() });

export const OpenView = z.object({
  id: z.string(),
  type: z.enum(['modal', 'home']),
  hash: z.string().optional(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  root_view_id: z.string().nullish(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).default([]),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }).default({ values: {} }),
});
export type OpenView = z.infer<typeof OpenView>;

export const BlockAction = z.object({
  type: z.string(),
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().nullish(),
  /** Of a select: what was chosen. */
  selected_option: z.object({ value: z.string() }).nullish(),
  action_ts: z.string().optional(),
});

export const BlockActions = z.object({
  user: Someone,
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  channel: Someone.nullish(),
  container: z.looseObject({
    type: z.string(),
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    channel_id: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.looseObject({ ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  view: OpenView.optional(),
  actions: z.array(BlockAction),
});
export type BlockActions = z.infer<typeof BlockActions>;

export const ViewSubmission = z.object({ user: Someone, trigger_id: z.string().optional(), view: OpenView });
export type ViewSubmission = z.infer<typeof ViewSubmission>;

export const Shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string(),
  trigger_id: z.string(),
  user: Someone,
  response_url: z.string().optional(),
  channel: Someone.optional(),
  message: SlackMessage.optional(),
});
export type Shortcut = z.infer<typeof Shortcut>;
