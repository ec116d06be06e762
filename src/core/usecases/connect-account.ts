// Connects an account with what its network asks for, or renews one that is known already.
import type { Account } from '../account.ts';
import { invalidInput } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import type { ConnectedAccount, Platform } from '../platform.ts';
import type { Deps } from '../ports.ts';
import { type Actor, requirePermission } from '../workspace.ts';

export interface ConnectRequest {
  /** Id, name or alias of a platform. */
  platform: string;
  /** The platform's setup fields by name; they may hold secrets and are never logged or shown. */
  fields: Readonly<Record<string, string>>;
}

export interface Connection {
  account: Account;
  /** True where the account was known and has new credentials now. */
  renewed: boolean;
  /** How many deliveries waited for it and go on. */
  resumed: number;
  /** How many waited for too long to go out unasked: they stay held, and their threads ask. */
  asked: number;
}

const CONNECT_TIMEOUT_MS = 30_000;

/** @throws CrierError `invalid-input` for a platform that is not known, with the nearest one. */
export function findPlatform({ platforms }: Pick<Deps, 'platforms'>, name: string): Platform {
  const platform = platforms.find(name.trim());
  if (platform) return platform;
  const ids = platforms.all().map(({ id }) => id);
  const near = nearest(name.trim().toLowerCase(), [...ids, ...platforms.all().flatMap(({ aliases }) => aliases)]);
  throw invalidInput(
    `Crier knows no network "${name.trim()}". ${near ? `Did you mean ${near}?` : `It knows ${ids.join(', ')}.`}`,
  );
}

/** Names of required setup fields that `fields` leaves empty, in the platform's order. */
export const missingFields = (platform: Platform, fields: ConnectRequest['fields']): string[] =>
  platform.setup.fields.filter(({ name, required }) => required && (fields[name] ?? '').trim() === '').map(({ name }) => name);

/** @throws CrierError `not-permitted`; `invalid-input`, `auth-revoked` or `unavailable` from the network, naming the field to mend. */
export async function connectAccount(
  deps: Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms' | 'http'>,
  actor: Actor,
  request: ConnectRequest,
): Promise<Connection> {
  requirePermission(actor, 'administer');
  const platform = findPlatform(deps, request.platform);
  refuseUnknownFields(platform, request.fields);
  const missing = missingFields(platform, request.fields);
  if (missing.length > 0) throw invalidInput(`${platform.name} also needs ${missing.join(' and ')}.`);
  if (!platform.connect)
    throw invalidInput(
      `${platform.name} is connected by a link alone. Type /connect ${platform.id} without anything else for one.`,
    );
  const { http, clock } = deps;
  const connected = await platform.connect(
    { ...request.fields },
    { http, clock, signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) },
  );
  return storeConnected(deps, actor, platform, connected);
}

/** Keeps an account that its network let in, or renews it, and lets go on what waited for it. */
export async function storeConnected(
  { store, jobs, clock }: Pick<Deps, 'clock' | 'store' | 'jobs'>,
  actor: Actor,
  platform: Platform,
  connected: ConnectedAccount,
): Promise<Connection> {
  const connection = await store.accounts.connect(actor, { platform: platform.id, ...connected });
  if (connection.resumed > 0) await jobs.wakeAt([clock.now()]);
  return connection;
}

/** @throws CrierError `invalid-input` for a field the platform does not ask for, with the nearest; never with its value. */
export function refuseUnknownFields(platform: Platform, fields: ConnectRequest['fields']): void {
  const names = platform.setup.fields.map(({ name }) => name);
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  const byLink = `Type /connect ${platform.id} alone for a link to its own page.`;
  const takes = names.length === 0 ? byLink : `It takes ${names.join(', ')}.`;
  throw invalidInput(`${platform.name} has no field "${unknown}". ${near ? `Did you mean ${near}?` : takes}`);
}
