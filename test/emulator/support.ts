// What the emulator's tests share: a started emulator with a clock they move, and the real clients of the networks.
import { AtpAgent } from '@atproto/api';
import { createRestAPIClient, type mastodon } from 'masto';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/core/ports.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';

interface MovableClock {
  now: () => Temporal.Instant;
  advance: (duration: Temporal.DurationLike) => void;
}

function movableClock(): MovableClock {
  let now = Temporal.Instant.from('2026-11-22T09:00:00Z');
  return {
    now: () => now,
    advance: (duration) => {
      now = now.add(duration);
    },
  };
}

interface LogLine {
  level: keyof Log;
  fields: object;
  message: string;
}

/** A log that keeps its lines for the test to read. */
function keptLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const keep = (level: keyof Log) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }, lines };
}

export interface TestEmulator extends Emulator {
  clock: MovableClock;
  lines: LogLine[];
}

/** Stops with the test, unless the test stopped it. */
export async function emulatorForTest(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  const clock = movableClock();
  const { log, lines } = keptLog();
  const emulator = await startEmulator({ clock, log, ...options });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await emulator.stop();
  };
  onTestFinished(stop);
  return { ...emulator, stop, clock, lines };
}

export async function blueskyClient({ networks: { bluesky } }: Emulator): Promise<AtpAgent> {
  const agent = new AtpAgent({ service: bluesky.url });
  await agent.login({ identifier: bluesky.demo.handle, password: bluesky.demo.password });
  return agent;
}

export const mastodonClient = ({ networks: { mastodon } }: Emulator): mastodon.rest.Client =>
  createRestAPIClient({ url: mastodon.url, accessToken: mastodon.demo.token });

export async function png(width = 8, height = 4): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width, height, channels: 3, background: '#48c' } });
  return new Uint8Array(await image.png().toBuffer());
}

/** What a promise rejects with; a test that expects a failure and gets none fails here. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([promise]);
  if (result.status === 'fulfilled') throw new Error('expected a failure');
  return result.reason;
}
