// Connecting an account in a test by what is typed, past the command that asks for it. Accounts of networks that take a link alone are
// connected by their demo login's code: src/core/usecases/connect-demo.ts.
import type { ConnectContext, ConnectedAccount, Platform } from '../../src/core/platform.ts';

/** @throws Error for a platform that takes a link alone; else as the platform's `connect`. */
export function connectTyped(
  { id, connect }: Platform,
  login: Readonly<Record<string, string>>,
  context: ConnectContext,
): Promise<ConnectedAccount> {
  if (!connect) throw new Error(`${id} is connected by a link alone; nothing can be typed for it`);
  return connect({ ...login }, context);
}
