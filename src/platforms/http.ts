// HTTP to the outside: undici behind an address guard that sees the very address a socket is opened to. Stops at the transport.
import { lookup as lookUpName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { CrierError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import { createAddressGuard, notEmulated, refusal, type Target } from './address-guard.ts';

export interface HttpOptions {
  /** Hosts on private addresses that may be contacted: `host`, `host:port`, an address, or a CIDR range. */
  allowPrivateHosts: readonly string[];
  /** The only hosts there are, `host:port`: the emulated networks. Left out: the whole internet. */
  onlyHosts?: readonly string[];
  /** Milliseconds for a whole request, its body included. */
  timeoutMs: number;
  /** Milliseconds until a connection stands, until the answer begins, and between its pieces; `timeoutMs` where it is not given. */
  silenceMs?: number;
  /** How names become addresses; the system's resolver where it is not given. */
  lookup?: LookupFunction;
}

/** The CrierError an error carries, itself or as the cause of a cause: fetch wraps what a connector threw. */
export function crierErrorIn(error: unknown): CrierError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof CrierError) return current;
  }
  return undefined;
}

/** Only the addresses that pass are handed to the socket, so what was checked is what is connected to. */
function guardedLookup(lookup: LookupFunction, target: Target, allows: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, '', 0);
      const addresses = (Array.isArray(found) ? found : [{ address: found, family: family ?? isIP(found) }]).filter(
        ({ address }) => allows(address),
      );
      const [first] = addresses;
      if (!first) return callback(refusal(target), '', 0);
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** An undici connector that refuses private addresses, for names and for literal addresses. It is asked anew on every redirect. */
function guardedConnector({
  allowPrivateHosts,
  onlyHosts,
  timeoutMs,
  silenceMs = timeoutMs,
  lookup = lookUpName,
}: HttpOptions): buildConnector.connector {
  const guard = createAddressGuard(allowPrivateHosts);
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, '');
    const target = { hostname, port: Number(options.port) || (options.protocol === 'https:' ? 443 : 80) };
    if (onlyHosts && !onlyHosts.includes(`${hostname}:${target.port}`)) return callback(notEmulated(target), null);
    const allows = (address: string): boolean => guard.allows(target, address);
    // sockets do not look up what is already an address
    if (isIP(hostname) && !allows(hostname)) return callback(refusal(target), null);
    return buildConnector({ timeout: silenceMs, lookup: guardedLookup(lookup, target, allows) })(options, callback);
  };
}

/** Request options that go through this dispatcher. It is set by name, as Node's fetch and undici declare its type in two versions. */
export function through(dispatcher: unknown, init: RequestInit): RequestInit {
  const options = { ...init };
  Reflect.set(options, 'dispatcher', dispatcher);
  return options;
}

/** Looking up, connecting and the TLS handshake are over when a request starts: what it is asked then is asked at the last moment. */
const askingFirst =
  (mayLeave: () => void): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        handler.onRequestStart?.(controller, context);
        try {
          mayLeave();
        } catch (error) {
          controller.abort(error instanceof Error ? error : new Error(String(error)));
        }
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
      onResponseStarted: () => handler.onResponseStarted?.(),
      onBodySent: (chunk) => handler.onBodySent?.(chunk),
      onRequestSent: () => handler.onRequestSent?.(),
    });

function wayThrough(dispatcher: Dispatcher, timeoutMs: number): Http {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const given = [input instanceof Request ? input.signal : undefined, init?.signal].filter((signal) => signal != null);
    const signal = AbortSignal.any([...given, AbortSignal.timeout(timeoutMs)]);
    try {
      return await globalThis.fetch(input, through(dispatcher, { ...init, signal }));
    } catch (error) {
      throw crierErrorIn(error) ?? error;
    }
  };
  return { fetch, dispatcher, asking: (mayLeave) => wayThrough(dispatcher.compose(askingFirst(mayLeave)), timeoutMs) };
}

/**
 * The way out for platforms and media. `fetch` is the global one with the guard behind it and a default timeout.
 * A refused address is a CrierError `invalid-input` that names the host and the setting that allows it.
 */
export function openHttp(options: HttpOptions): Http & { close: () => Promise<void> } {
  const { timeoutMs, silenceMs = timeoutMs } = options;
  const agent = new Agent({
    connect: guardedConnector(options),
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  });
  return { ...wayThrough(agent, timeoutMs), close: () => agent.destroy() };
}
