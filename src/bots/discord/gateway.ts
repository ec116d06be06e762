// Joining Discord and staying: who we are there, the commands registered, the connection of every shard. What comes over it is app.ts'
// matter. Once connected, discord.js reconnects and resumes by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, Routes, Status } from 'discord.js';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { inviteLink } from './connection.ts';
import { isDeadToken, readFailure } from './failures.ts';

/** https://docs.discord.com/developers/resources/application#application-object (checked 2026-11-22) */
const Application = z.object({ id: z.string(), name: z.string() });
export type Application = z.infer<typeof Application>;

export interface GatewayOptions {
  client: Client;
  token: string;
  /** Once it is known who we are; a failure is logged and keeps nothing from starting. */
  register: (applicationId: string) => Promise<unknown>;
  log: Log;
}

export interface Gateway {
  /**
   * Connects. Resolves once connected, and also where that takes longer: it goes on by itself.
   * @throws CrierError `invalid-input` where Discord refuses the token, `unavailable` where it takes no connection.
   */
  start: () => Promise<void>;
  /** Whether all shards of this process are connected now. */
  isConnected: () => boolean;
  /** Null until Discord has said it. */
  application: () => Application | null;
  /** Gives up connecting, or disconnects. */
  stop: () => Promise<void>;
}

/** Many shards connect one after the other, five seconds apart; nobody waits for all of them. */
const START_WAIT_MS = 10_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 60_000;
/** Disconnecting in the middle of connecting never ends. */
const STOP_WAIT_MS = 3_000;

const BAD_TOKEN =
  'Discord does not take DISCORD_TOKEN. Make a new one with "Reset Token" on the page "Bot" of your application at ' +
  'https://discord.com/developers/applications.';

/** The bot's own application. @throws what discord.js throws */
export const askApplication = async ({ rest }: Pick<Client, 'rest'>): Promise<Application> =>
  Application.parse(await rest.get(Routes.currentApplication()));

export function openGateway({ client, token, register, log }: GatewayOptions): Gateway {
  const stopping = new AbortController();
  let application: Application | null = null;

  const identify = async (): Promise<Application> => {
    try {
      // what login asks for itself is asked here before: a client whose login failed cannot be used again
      await client.rest.get(Routes.gatewayBot());
      return await askApplication(client);
    } catch (error) {
      // discord.js forgets a token that was refused
      client.rest.setToken(token);
      if (isDeadToken(error)) throw new AbortError(new CrierError('invalid-input', BAD_TOKEN, { cause: error }));
      const failure = readFailure(error);
      throw failure instanceof CrierError ? failure : new AbortError(error instanceof Error ? error : String(error));
    }
  };

  const keepIdentifying = (): Promise<Application> =>
    pRetry(identify, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: RETRY_MIN_MS,
      maxTimeout: RETRY_MAX_MS,
      signal: stopping.signal,
      onFailedAttempt: ({ error }) => log.warn({ err: error }, 'Discord cannot be reached; it is tried again'),
    });

  const logIn = async (): Promise<void> => {
    try {
      await client.login(token);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CrierError('unavailable', `Discord could not be joined: ${why}. Start Crier again in a while.`, { cause: error });
    }
  };

  const connect = async (): Promise<void> => {
    application = await keepIdentifying();
    try {
      await register(application.id);
    } catch (error) {
      log.error({ err: readFailure(error) }, 'the commands could not be registered in Discord; those that are there stay');
    }
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await logIn();
    await ready;
    const standing = { as: application.name, servers: client.guilds.cache.size, shards: client.ws.shards.size };
    log.info({ ...standing, invite: inviteLink(application.id) }, 'Discord is on');
  };

  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ code, shard }, 'Discord has closed the connection for good; Crier tells nothing there until it is started again'),
  );

  return {
    async start() {
      const connecting = connect();
      const waited = new AbortController();
      const enough = sleep(START_WAIT_MS, undefined, { signal: AbortSignal.any([waited.signal, stopping.signal]) });
      try {
        await Promise.race([connecting, enough.catch(() => connecting)]);
      } finally {
        waited.abort();
      }
      connecting.catch((error) => {
        if (!stopping.signal.aborted) log.error({ err: error }, 'Crier could not join Discord');
      });
    },
    isConnected: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    application: () => application,
    async stop() {
      stopping.abort();
      // its last word would be that it connects again
      client.removeAllListeners(Events.ShardReconnecting);
      await Promise.race([client.destroy(), sleep(STOP_WAIT_MS, undefined, { ref: false })]);
    },
  };
}
