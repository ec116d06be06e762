// The payloads Slack sends, field by field as documented; sending them is delivery.ts'.
import { APP, peopleOf, type Team } from './cast.ts';
import type { ShownView, SlackMessage, ViewState, Whisper } from './records.ts';
import type { SlackServer } from './server.ts';
import { elementsOf, heldAfter, type Typed } from './view-state.ts';
import { type Json, text } from './wire.ts';

/** The old verification token, which apps must not rely on. */
const TOKEN = 'the-old-token-nobody-checks';

export interface Payloads {
  command: (typed: { command: string; text: string; user: string; channel: string }) => Json;
  pressOnMessage: (on: SlackMessage | Whisper, actionId: string, user: string, value?: Typed) => Json;
  pressInView: (view: ShownView, actionId: string, state: ViewState, value?: Typed) => Json;
  submission: (view: ShownView, state: ViewState) => Json;
  closed: (view: ShownView) => Json;
  shortcut: (callbackId: string, user: string, message?: SlackMessage) => Json;
  event: (event: Json) => Json;
  spoken: (message: SlackMessage, type: 'app_mention' | 'message') => Json & { type: string };
  viewOf: (view: ShownView, state: ViewState) => Json;
  /** A ts of now that no other has. */
  moment: () => string;
}

export function openPayloads(stage: SlackServer['stage'], team: Team): Payloads {
  const emulator = stage.team(team.id);
  const plainTeam = { id: team.id, domain: team.domain };
  const common = { api_app_id: APP.id, token: TOKEN, team: plainTeam, enterprise: null, is_enterprise_install: false };
  let count = 0;
  const moment = (): string => {
    count += 1;
    return `${Math.floor(stage.clock.now().epochMilliseconds / 1000)}.${String(count).padStart(6, '0')}`;
  };
  const nameOf = (id: string): string => peopleOf(team).find((person) => person.id === id)?.name ?? 'somebody';
  const personOf = (id: string): Json => ({ id, username: nameOf(id), name: nameOf(id), team_id: team.id });
  const channelOf = (id: string): Json => {
    const name = Object.entries(team.channels).find(([, channel]) => channel === id)?.[0];
    // Slack calls a private channel so, and does not tell its name
    return { id, name: id.startsWith('D') ? 'directmessage' : name === 'secret' ? 'privategroup' : (name ?? 'unknown') };
  };
  const trigger = (userId: string, viewId?: string): string =>
    stage.views.trigger({ teamId: team.id, userId, ...(viewId === undefined ? {} : { viewId }) });

  function messageOf({ teamId, channel, ...message }: SlackMessage): Json {
    const { files, blocks, ...rest } = message;
    return { type: 'message', ...rest, ...(files.length > 0 ? { files } : {}), ...(blocks.length > 0 ? { blocks } : {}) };
  }
  /** https://docs.slack.dev/reference/views */
  function viewOf(view: ShownView, values: ViewState): Json {
    const { teamId, userId, typed, ...rest } = view;
    return { ...rest, team_id: teamId, state: { values }, app_installed_team_id: teamId };
  }
  function actionOf(blocks: readonly unknown[], actionId: string, value: Typed | undefined): Json {
    const all = elementsOf(blocks);
    const found = all.find((one) => one.actionId === actionId || one.blockId === actionId);
    if (!found)
      throw new Error(`There is no ${actionId} to press, only ${all.map((one) => one.actionId).join(', ') || 'nothing'}.`);
    if (!found.isTold)
      throw new Error(`Slack tells nobody of ${actionId} before the form is submitted: it has no dispatch_action.`);
    const { element, blockId } = found;
    const base = { action_id: found.actionId, block_id: blockId, action_ts: moment() };
    if (element.type !== 'button') return { ...base, ...heldAfter(element, value ?? null) };
    const { text: label, value: held, style } = element;
    return { ...base, type: 'button', text: label, ...(held === undefined ? {} : { value: held }), ...(style ? { style } : {}) };
  }

  /** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
  const command: Payloads['command'] = ({ command, text, user, channel }) => ({
    token: TOKEN,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel,
    channel_name: channelOf(channel).name,
    user_id: user,
    user_name: nameOf(user),
    command,
    text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: stage.urls.issue({ team: emulator, channel, userId: user, original: null }),
    trigger_id: trigger(user),
  });

  /** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload; a private message is not sent along. */
  const pressOnMessage: Payloads['pressOnMessage'] = (on, actionId, user, value) => {
    const isPrivate = 'via' in on;
    const container = { type: 'message', message_ts: on.ts, channel_id: on.channel, is_ephemeral: isPrivate };
    const thread = isPrivate ? on.threadTs : on.thread_ts;
    return {
      type: 'block_actions',
      ...common,
      user: personOf(user),
      container: thread ? { ...container, thread_ts: thread } : container,
      trigger_id: trigger(user),
      channel: channelOf(on.channel),
      ...(isPrivate ? {} : { message: messageOf(on) }),
      state: { values: {} },
      response_url: stage.urls.issue({ team: emulator, channel: on.channel, userId: user, original: on }),
      actions: [actionOf(on.blocks, actionId, value)],
    };
  };
  const pressInView: Payloads['pressInView'] = (view, actionId, state, value) => ({
    type: 'block_actions',
    ...common,
    user: personOf(view.userId),
    container: { type: 'view', view_id: view.id },
    trigger_id: trigger(view.userId, view.id),
    view: viewOf(view, state),
    actions: [actionOf(view.blocks, actionId, value)],
  });
  /** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
  const submission: Payloads['submission'] = (view, state) => ({
    type: 'view_submission',
    ...common,
    user: personOf(view.userId),
    trigger_id: trigger(view.userId, view.id),
    view: viewOf(view, state),
    response_urls: [],
  });
  const closed: Payloads['closed'] = (view) => ({
    type: 'view_closed',
    ...common,
    user: personOf(view.userId),
    view: viewOf(view, {}),
    is_cleared: false,
  });
  /** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
  const shortcut: Payloads['shortcut'] = (callbackId, user, message) => {
    const base = { ...common, user: personOf(user), callback_id: callbackId, trigger_id: trigger(user), action_ts: moment() };
    if (!message) return { type: 'shortcut', ...base };
    const { channel } = message;
    return {
      type: 'message_action',
      ...base,
      message_ts: message.ts,
      channel: channelOf(channel),
      message: messageOf(message),
      response_url: stage.urls.issue({ team: emulator, channel, userId: user, original: null }),
    };
  };
  /** https://docs.slack.dev/apis/events-api/#event-structure */
  const event: Payloads['event'] = (event) => ({
    token: TOKEN,
    team_id: team.id,
    api_app_id: APP.id,
    event,
    type: 'event_callback',
    event_id: `Ev${crypto.randomUUID().replaceAll('-', '').toUpperCase()}`,
    event_time: Math.floor(stage.clock.now().epochMilliseconds / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: team.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${text(event.type)}`,
  });
  /** https://docs.slack.dev/reference/events/app_mention, https://docs.slack.dev/reference/events/message.im */
  const spoken: Payloads['spoken'] = (message, type) => {
    const isDirect = message.channel.startsWith('D');
    const files = type === 'message' && message.files.length > 0 ? { subtype: 'file_share' } : {};
    const place = type === 'message' ? { channel_type: isDirect ? 'im' : 'channel' } : {};
    return { ...messageOf(message), type, ...files, ...place, channel: message.channel, event_ts: message.ts };
  };
  return { command, pressOnMessage, pressInView, submission, closed, shortcut, event, spoken, viewOf, moment };
}
