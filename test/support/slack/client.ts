// What people do in Slack, each thing sent to the app exactly as Slack documents it, over HTTP or Socket Mode (delivery.ts).
// A client belongs to one team; whatever it does, Ann does it unless `user` says otherwise. Messages and views are handed in as the person sees them.
import { TEAM_A, type Team } from './cast.ts';
import type { Delivered, Door, Manner } from './delivery.ts';
import { openPayloads } from './payloads.ts';
import type { ShownView, SlackMessage, Whisper } from './records.ts';
import { directChannel } from './rooms.ts';
import type { SlackServer } from './server.ts';
import { checkSubmittable, stateOf, type Typed } from './view-state.ts';
import { type Json, text } from './wire.ts';

export interface Said {
  text: string;
  user?: string;
  /** Without one, the person writes to the bot directly. */
  channel?: string;
  /** The `ts` of the message whose thread this is written in. */
  thread?: string;
  files?: readonly Json[];
}

export interface SlackClient {
  team: Team;
  /** https://docs.slack.dev/interactivity/implementing-slash-commands */
  command: (typed: { command: string; text?: string; user?: string; channel?: string }, manner?: Manner) => Promise<Delivered>;
  /** A button, or a choice with its value, of a message, a modal or App Home. */
  press: (
    on: SlackMessage | Whisper | ShownView,
    actionId: string,
    by?: { user?: string; value?: Typed },
    manner?: Manner,
  ) => Promise<Delivered>;
  /** A change of an input that dispatches its action, by its action_id or block_id; the values of all inputs go with it, and stay. */
  change: (view: ShownView, actionId: string, value: Typed, rest?: Record<string, Typed>) => Promise<Delivered>;
  /** Submits a modal; fields not named keep what they hold. What the app answers is carried out: closed, updated, left open. */
  submit: (view: ShownView, values?: Record<string, Typed>, manner?: Manner) => Promise<Delivered>;
  /** Closes a modal; the app hears of it where it asked to be told (notify_on_close). */
  closeView: (view: ShownView) => Promise<Delivered | null>;
  /** A message shortcut with a message, a global one without. */
  shortcut: (chosen: { callback_id: string; user?: string; message?: SlackMessage }, manner?: Manner) => Promise<Delivered>;
  /** Any event of the Events API, wrapped as Slack does. */
  event: (event: Json & { type: string }, manner?: Manner) => Promise<Delivered>;
  /** Writes a message without telling the app. */
  write: (said: Said) => Promise<SlackMessage>;
  /** Writes a message that mentions the bot (`@Crier` stands for it), and tells the app. */
  mention: (said: Said & { channel: string }) => Promise<Delivered & { message: SlackMessage }>;
  /** Writes to the bot directly, and tells the app. */
  say: (said: Said) => Promise<Delivered & { message: SlackMessage }>;
  openHome: (user?: string) => Promise<Delivered>;
  /** Removes the app from the team: its token is dead, and both events follow, which Slack sends in no fixed order. */
  uninstall: () => Promise<Delivered[]>;
  /** The same thing once more, as Slack does when it heard nothing. */
  again: (delivered: Delivered, manner?: Manner) => Promise<Delivered>;
}

const isView = (on: SlackMessage | Whisper | ShownView): on is ShownView => 'root_view_id' in on;
const isWhisper = (on: SlackMessage | Whisper): on is Whisper => 'via' in on;

export function slackClient(server: SlackServer, door: Door, team: Team = TEAM_A): SlackClient {
  const { stage } = server;
  const emulator = stage.team(team.id);
  const make = openPayloads(stage, team);
  const someone = team.people.ann.id;
  const interact = (payload: Json, manner?: Manner): Promise<Delivered> => door.deliver({ type: 'interactive', payload }, manner);

  const event: SlackClient['event'] = async (event, manner) =>
    door.deliver({ type: 'events_api', payload: make.event(event) }, manner);

  async function write({ text: words, user = someone, channel, thread, files = [] }: Said): Promise<SlackMessage> {
    const place = channel ?? (await directChannel(emulator, user));
    const content = words === '' && files.length > 0 ? ' ' : words;
    const args = {
      channel: place,
      text: content.replaceAll('@Crier', `<@${team.botUserId}>`),
      ...(thread ? { thread_ts: thread } : {}),
    };
    const { ts } = await emulator.asPerson(user, 'chat.postMessage', args);
    if (files.length > 0) stage.files.set(`${team.id}/${place}/${text(ts)}`, [...files]);
    const found = (await server.thread(place, thread ?? text(ts))).find((message) => message.ts === ts);
    if (!found) throw new Error('The message did not arrive.');
    return found;
  }
  async function tell(message: SlackMessage, type: 'app_mention' | 'message'): Promise<Delivered & { message: SlackMessage }> {
    const delivered = await event(make.spoken(message, type));
    return { ...delivered, message };
  }
  const press: SlackClient['press'] = async (on, actionId, { user, value } = {}, manner) => {
    if (!isView(on))
      return interact(make.pressOnMessage(on, actionId, user ?? (isWhisper(on) ? on.userId : someone), value), manner);
    return interact(make.pressInView(on, actionId, stateOf(on), value), manner);
  };
  const change: SlackClient['change'] = async (view, actionId, value, rest = {}) => {
    const state = stateOf(view, { ...rest, [actionId]: value });
    stage.views.type(view, state);
    return interact(make.pressInView(view, actionId, state, value));
  };
  const submit: SlackClient['submit'] = async (view, values = {}, manner) => {
    const state = stateOf(view, values);
    checkSubmittable(view, state);
    stage.views.type(view, state);
    const delivered = await interact(make.submission(view, state), manner);
    const now = stage.views.find(view.id);
    if (delivered.status === 200 && now) await stage.views.answered(now, delivered.body ?? {}, emulator);
    return delivered;
  };
  const closeView: SlackClient['closeView'] = async (view) => {
    stage.views.close(view);
    return view.notify_on_close === true ? interact(make.closed(view)) : null;
  };
  return {
    team,
    command: async ({ command, text = '', user = someone, channel = team.channels.social }, manner) => {
      const payload = make.command({ command, text, user, channel });
      return door.deliver({ type: 'slash_commands', payload }, manner);
    },
    press,
    change,
    submit,
    closeView,
    shortcut: async ({ callback_id, user = someone, message }, manner) =>
      interact(make.shortcut(callback_id, user, message), manner),
    event,
    write,
    mention: async (said) => tell(await write(said), 'app_mention'),
    say: async (said) => tell(await write(said), 'message'),
    openHome: async (user = someone) => {
      const channel = await directChannel(emulator, user);
      const view = stage.views.home(user);
      const shown = view ? { view: make.viewOf(view, {}) } : {};
      return event({ type: 'app_home_opened', user, channel, tab: 'home', event_ts: make.moment(), ...shown });
    },
    uninstall: async () => {
      server.revokeTokens(team, 'account_inactive');
      // https://docs.slack.dev/reference/events/tokens_revoked and app_uninstalled
      const revoked = await event({ type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUserId] } });
      return [revoked, await event({ type: 'app_uninstalled' })];
    },
    again: ({ sent }, manner = {}) => door.deliver(sent, { retry: 1, ...manner }),
  };
}
