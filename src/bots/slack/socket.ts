// Keeps Socket Mode connected. Slack closes each connection after some hours, and networks break: the library's own reconnecting
// waits five seconds for nothing and ends the process where a new address is refused, so it is done here.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import pRetry from 'p-retry';
import type { Log } from '../../core/ports.ts';
import { slackCodeOf } from './refusals.ts';

const FIRST_RETRY_AFTER_MS = 500;
const RETRY_AFTER_MAX_MS = 30_000;
/** A goodbye that takes longer is not waited for, milliseconds. */
const CLOSE_WITHIN_MS = 2_000;

/** Refusals that pass. https://docs.slack.dev/reference/methods/apps.connections.open#errors (checked 2026-11-22) */
const PASSING = ['fatal_error', 'internal_error', 'ratelimited', 'request_timeout', 'service_unavailable', 'team_added_to_org'];

export interface Socket {
  /**
   * Resolves when connected, or when Slack cannot be reached just now: then it goes on trying.
   * @throws Slack's error where it refuses the app token.
   */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  isConnected: () => boolean;
}

/** `client` must leave reconnecting to this (`autoReconnectEnabled: false`). */
export function keepConnected(client: SocketModeReceiver['client'], log: Log): Socket {
  const stopping = new AbortController();
  let isConnected = false;

  const connect = async (): Promise<void> => {
    await client.start();
    isConnected = true;
  };

  const reconnect = async (): Promise<void> => {
    try {
      await pRetry(connect, {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: FIRST_RETRY_AFTER_MS,
        maxTimeout: RETRY_AFTER_MAX_MS,
        signal: stopping.signal,
        onFailedAttempt: ({ error, attemptNumber }) =>
          log.warn({ err: error, attempt: attemptNumber }, 'Slack cannot be reached by Socket Mode; trying again'),
      });
      log.info({}, 'connected to Slack again');
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, 'gave up connecting to Slack');
    }
  };

  client.on('disconnected', () => {
    if (!isConnected) return;
    isConnected = false;
    if (!stopping.signal.aborted) void reconnect();
  });

  return {
    async start() {
      try {
        await connect();
      } catch (error) {
        if (slackCodeOf(error) !== null && !PASSING.includes(slackCodeOf(error) ?? '')) throw error;
        log.warn({ err: error }, 'Slack cannot be reached by Socket Mode; trying again');
        void reconnect();
      }
    },
    isConnected: () => isConnected,
    async stop() {
      stopping.abort();
      if (isConnected) await Promise.race([client.disconnect(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}
