// The emulator: the networks' own HTTP APIs, spoken on loopback, so that Crier can be tried and tested without an account.
// Each network listens on a port of its own, because clients drop a path from their base URL.
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';
import { type BlueskyLogin, bluesky } from './bluesky/index.ts';
import { facebook } from './facebook/index.ts';
import { type Hub, startHub } from './hub.ts';
import { instagram } from './instagram/index.ts';
import { linkedin } from './linkedin/index.ts';
import { type MastodonLogin, mastodon } from './mastodon/index.ts';
import type { DemoLogin, EmulatedNetwork, LinkLogin, NetworkDefinition, NetworkId } from './network.ts';
import { type RunningNetwork, startNetwork } from './server.ts';
import { threads } from './threads/index.ts';
import { tiktok } from './tiktok/index.ts';
import { x } from './x/index.ts';
import { youtube } from './youtube/index.ts';

export type { EmulatedNetwork } from './network.ts';

export interface EmulatorOptions {
  clock: Clock;
  log: Log;
  /** Default 127.0.0.1. */
  host?: string;
  /** Ports to take where they are free. */
  ports?: Partial<Record<NetworkId | 'all', number>>;
  /** Where what was posted survives a restart; null or left out: memory only. */
  stateDir?: string | null;
}

export interface Emulator {
  networks: {
    bluesky: EmulatedNetwork<BlueskyLogin>;
    mastodon: EmulatedNetwork<MastodonLogin>;
    x: EmulatedNetwork<LinkLogin>;
    facebook: EmulatedNetwork<LinkLogin>;
    instagram: EmulatedNetwork<LinkLogin>;
    threads: EmulatedNetwork<LinkLogin>;
    linkedin: EmulatedNetwork<LinkLogin>;
    tiktok: EmulatedNetwork<LinkLogin>;
    youtube: EmulatedNetwork<LinkLogin>;
  };
  /** The page that shows all of them. */
  hub: Pick<Hub, 'url'>;
  /** Ends open requests without an answer and closes the ports. */
  stop: () => Promise<void>;
}

/** @throws CrierError `invalid-input`, naming the file, where the stored state of a network is damaged. */
export async function startEmulator({
  clock,
  log,
  host = '127.0.0.1',
  ports = {},
  stateDir = null,
}: EmulatorOptions): Promise<Emulator> {
  const running: RunningNetwork<DemoLogin>[] = [];
  let hub: Hub | null = null;
  const start = async <Login extends DemoLogin>(definition: NetworkDefinition<Login>): Promise<EmulatedNetwork<Login>> => {
    const { id } = definition;
    const directory = stateDir === null ? null : join(stateDir, id);
    const started = await startNetwork(definition, { clock, log, host, port: ports[id] ?? 0, stateDir: directory });
    running.push(started);
    return started.network;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([hub, ...running].map((each) => each?.stop()));
  };

  try {
    const networks = {
      bluesky: await start(bluesky),
      mastodon: await start(mastodon),
      x: await start(x),
      facebook: await start(facebook),
      instagram: await start(instagram),
      threads: await start(threads),
      linkedin: await start(linkedin),
      tiktok: await start(tiktok),
      youtube: await start(youtube),
    };
    hub = await startHub({ host, port: ports.all ?? 0, log, networks: () => networks });
    return { networks, hub, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
