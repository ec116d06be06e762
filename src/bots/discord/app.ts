// The ways into Crier from Discord: which of the gateway's events goes where. Joining Discord is gateway.ts' matter, and telling news
// tell.ts'.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, GatewayDispatchEvents, type Interaction } from 'discord.js';
import type { Deps } from '../../core/ports.ts';
import type { Entrance } from '../../core/store.ts';
import type { Actor } from '../../core/workspace.ts';
import { openBackground } from '../background.ts';
import type { Commands } from '../run.ts';
import type { Pause } from '../telling.ts';
import { onCommand, onMessageMenu } from './commands.ts';
import { onTyping } from './complete.ts';
import { onFormSent } from './form-submit.ts';
import type { Front } from './front.ts';
import { openKept } from './kept.ts';
import { onMessage, SpokenMessage } from './mentions.ts';
import { onPress } from './presses.ts';
import { openSeen } from './seen.ts';

export interface DiscordAppOptions {
  client: Client;
  commands: Commands;
  deps: Deps;
  enter: (entrance: Entrance) => Promise<Actor>;
  /** Of servers seen for the first time. */
  timeZone: string;
  /**
   * How long an answer is waited for before Discord is told that it takes longer, milliseconds; Discord gives up after three seconds.
   * Until then an answer may still be a form, or be for one person's eyes: what Discord was told first decides both.
   */
  patienceMs?: number;
  /** Tests move time here. */
  pause?: Pause;
}

export interface DiscordApp {
  /**
   * Listens no more, and resolves when all that was taken is done. To be called before the client is destroyed, which takes the token
   * that answers need.
   */
  stop: () => Promise<void>;
  /** Resolves when all that was taken until now is done. */
  idle: () => Promise<void>;
}

const PATIENCE_MS = 1_500;

/** Listens to what the client hears from now on. */
export function openDiscordApp(options: DiscordAppOptions): DiscordApp {
  const { client } = options;
  const front = openFront(options);
  const hearInteraction = (interaction: Interaction): void => guarded(front, () => onInteraction(front, interaction));
  const hearMessage = (packet: unknown): void =>
    guarded(front, () => onMessage(front, client.user?.id ?? '', SpokenMessage.parse(packet)));
  client.on(Events.InteractionCreate, hearInteraction);
  // the packet itself: of the message that is answered discord.js keeps nothing
  client.ws.on(GatewayDispatchEvents.MessageCreate, hearMessage);
  return {
    async stop() {
      client.off(Events.InteractionCreate, hearInteraction);
      client.ws.off(GatewayDispatchEvents.MessageCreate, hearMessage);
      await front.background.drain();
    },
    idle: front.background.drain,
  };
}

function onInteraction(front: Front, interaction: Interaction): void {
  if (interaction.isChatInputCommand()) onCommand(front, interaction);
  else if (interaction.isMessageContextMenuCommand()) onMessageMenu(front, interaction);
  else if (interaction.isAutocomplete()) onTyping(front, interaction);
  else if (interaction.isMessageComponent()) onPress(front, interaction);
  else if (interaction.isModalSubmit()) onFormSent(front, interaction);
}

/** What cannot even be begun must not end the process. */
function guarded({ deps }: Front, work: () => void): void {
  try {
    work();
  } catch (error) {
    deps.log.error({ err: error }, 'what came from Discord could not be taken');
  }
}

const sleepFor: Pause = (ms, signal) => sleep(ms, undefined, { signal });

function openFront(options: DiscordAppOptions): Front {
  const { client, commands, deps, enter, timeZone, patienceMs = PATIENCE_MS, pause = sleepFor } = options;
  return {
    commands,
    deps,
    rest: client.rest,
    guildOf: (id) => (id === null ? null : (client.guilds.cache.get(id) ?? null)),
    background: openBackground(deps.log),
    forms: openKept(deps.clock),
    questions: openKept(deps.clock),
    seen: openSeen(),
    enter,
    timeZone,
    patienceMs,
    pause,
  };
}
