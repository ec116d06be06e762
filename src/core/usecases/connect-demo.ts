// Logs in to an emulated network as its demo account: by what `/connect` takes, or, where a network is connected by a link alone, by the
// code that the emulated one gives out ahead, as if somebody had pressed Allow. No real network has such a code.
import type { OAuthApp } from '../oauth.ts';
import type { ConnectContext, ConnectedAccount, Platform } from '../platform.ts';

/** What `/connect` takes, by field name; where the platform has no `connect`, `service` (the base URL) and `code`. */
export type DemoLogin = Readonly<Record<string, string>>;

/** The code counts as often as it is brought, and is bound to no challenge: any verifier of 43 characters does. */
const STATE = 'demo';
const VERIFIER = 'd'.repeat(43);

/**
 * The first account where the login leads to several.
 * @param app Crier's own at the emulated network; needed where the platform has no `connect`
 * @throws anything the platform throws; Error where the login or the app is not whole, which is a bug
 */
export async function connectDemo(
  { id, connect, oauth }: Platform,
  login: DemoLogin,
  app: OAuthApp | null,
  context: ConnectContext,
): Promise<ConnectedAccount> {
  if (connect) return connect({ ...login }, context);
  const { service, code } = login;
  if (!oauth || !app || !service || !code) throw new Error(`the demo login of ${id} lacks its app, its service or its code`);
  const way = { service, app, redirectUri: `${service}/demo`, state: STATE, verifier: VERIFIER };
  const granted = await oauth.connect(way, new URLSearchParams({ code, state: STATE }), context);
  if (granted === 'denied') throw new Error(`the demo login of ${id} was denied`);
  const { kind: _, ...account } = granted.accounts[0];
  return account;
}
