// The words of the emulator: what one emulated network offers to tests and to main, and what a network's own folder hands to
// the server that runs it.
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Clock } from '../core/clock.ts';
import type { OAuthApp } from '../core/oauth.ts';
import type { Log } from '../core/ports.ts';
import type { Faults, Refusal } from './faults.ts';

const NETWORK_IDS = ['bluesky', 'mastodon', 'x', 'facebook', 'instagram', 'threads', 'linkedin', 'tiktok', 'youtube'] as const;
export type NetworkId = (typeof NETWORK_IDS)[number];

/** A post as the network holds it. A post applied twice is two of these. */
export interface EmulatedPost {
  /** The network's own id: an at:// URI, a status id. */
  id: string;
  /** Opens a page that shows it. */
  url: string;
  text: string;
  /** When the network took it: ISO 8601, UTC. */
  createdAt: string;
  /** Sizes in bytes. */
  images: { alt: string; size: number }[];
  videos: { alt: string; size: number }[];
  accountId: string;
  /** Id of the post it answers; left out where the network has no answers. */
  inReplyTo?: string | null;
  idempotencyKey: string | null;
  rkey: string | null;
}

/** A request that reached the network. Neither headers nor query nor body: they may hold secrets. */
export interface RecordedRequest {
  method: string;
  path: string;
  /** Null while it is open, and for one that never got an answer. */
  status: number | null;
  /** Arrival: ISO 8601, UTC. */
  at: string;
}

/**
 * What `/connect` takes, by field name; where that is a link alone, `service`, the base URL, and `code`, as if somebody had pressed Allow: it
 * is never used up, and bound to no PKCE challenge.
 */
export type DemoLogin = Record<string, string>;
/** A type and not an interface, so that it is a `Record` of strings. */
export type LinkLogin = { service: string; code: string };

export interface EmulatedNetwork<Login extends DemoLogin = DemoLogin> {
  /** Base URL without a trailing slash. */
  url: string;
  /** Login of the account that is there from the start. */
  demo: Login;
  /** Crier's app, where one is made by hand at the real network; null where none is needed. It takes any redirect address on loopback. */
  app: OAuthApp | null;
  /** Makes a further account, or finds it where it exists. `name`: lower-case letters and digits. */
  addAccount: (name: string) => Login;
  /** Oldest first; deleted ones are not listed. */
  posts: () => EmulatedPost[];
  faults: Faults;
  /** Oldest first, the last 5,000. */
  requests: () => RecordedRequest[];
}

export type EmulatorApp = Hono<{ Bindings: HttpBindings }>;

export interface NetworkContext {
  clock: Clock;
  log: Log;
  /** Base URL without a trailing slash; known once the server listens. */
  baseUrl: () => string;
  /** Where what was posted survives a restart; null: memory only. */
  stateDir: string | null;
}

interface NetworkParts<Login extends DemoLogin> {
  /** Left out where none is made by hand. */
  app?: OAuthApp;
  mount: (app: EmulatorApp) => void;
  /** Makes the account where it is new. */
  addAccount: (name: string) => Login;
  posts: () => EmulatedPost[];
  refusal: (status: number) => Refusal;
  close: () => void;
}

export interface NetworkDefinition<Login extends DemoLogin> {
  id: NetworkId;
  /** @throws CrierError `invalid-input` where the stored state is damaged. */
  open: (context: NetworkContext) => NetworkParts<Login>;
}
