// How the doctor looks at the world: requests, names, the time. Handed in, so that a test can stand for all of it.
import { lookup } from 'node:dns/promises';
import type { Config } from '../../src/config.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Http } from '../../src/core/http.ts';
import { openHttp } from '../../src/platforms/http.ts';

/** Nobody waits longer than this for one answer. Milliseconds. */
export const PATIENCE_MS = 5_000;

export interface Ways {
  /** To networks and chats. */
  http: Http;
  /** To this Crier's own public address, which may well turn out to be a private one. */
  fetchOwn: typeof globalThis.fetch;
  /** Addresses of a host. @throws where there is none */
  addressesOf: (host: string) => Promise<readonly string[]>;
  /** This machine's. */
  clock: Clock;
  /** Another server that stands for a network, by platform id. */
  homes: Readonly<Record<string, string>>;
}

export function openWays({ allowPrivateHosts, slack, discord, publicUrl }: Config, opened: AsyncDisposableStack): Ways {
  const hostsOf = (urls: readonly (string | null | undefined)[]): string[] =>
    urls.flatMap((url) => (url ? [new URL(url).host] : []));
  const http = openHttp({
    allowPrivateHosts: [...allowPrivateHosts, ...hostsOf([slack?.apiUrl, discord?.apiUrl])],
    timeoutMs: PATIENCE_MS,
  });
  const own = openHttp({ allowPrivateHosts: [...hostsOf([publicUrl]), '0.0.0.0/0', '::/0'], timeoutMs: PATIENCE_MS });
  opened.defer(http.close);
  opened.defer(own.close);
  return {
    http,
    fetchOwn: own.fetch,
    addressesOf: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clock: { now: () => Temporal.Now.instant() },
    homes: {},
  };
}
