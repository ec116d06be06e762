// Accounts of the emulated X: who a token belongs to, and their figures.
// https://docs.x.com/x-api/users/lookup/quickstart/authenticated-lookup (checked 2026-11-22).
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { followersOf } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { checked, type Gate, XError } from './api.ts';
import type { XAccount, XState } from './state.ts';

const USER_FIELDS = ['created_at', 'id', 'name', 'public_metrics', 'subscription_type', 'username', 'verified'] as const;
const Fields = z
  .string()
  .default('')
  .transform((list) => list.split(',').filter((name) => name !== ''))
  .pipe(z.array(z.enum(USER_FIELDS)));

export function mountUsers(app: EmulatorApp, state: XState, gate: Gate, clock: Clock): void {
  const scopes = ['tweet.read', 'users.read'];
  const entity = (c: Context, account: XAccount) => ({
    data: userOf(state, account, checked(Fields, c.req.query('user.fields')), clock.now()),
  });
  app.get('/2/users/me', (c) => c.json(entity(c, gate.enter(c, 'GET /2/users/me', scopes))));
  app.get('/2/users/:id', (c) => {
    gate.enter(c, 'GET /2/users/:id', scopes);
    const id = c.req.param('id');
    const account = state.accounts.get(id);
    if (!account) throw new XError(404, `Could not find user with id: [${id}].`);
    return c.json(entity(c, account));
  });
}

function userOf({ posts }: XState, account: XAccount, fields: readonly (typeof USER_FIELDS)[number][], now: Temporal.Instant) {
  const { id, name, username, createdAt, subscription } = account;
  const own = posts.all().filter(({ accountId }) => accountId === id).length;
  const metrics = { followers_count: followersOf(id, now), following_count: 0, tweet_count: own, listed_count: 0 };
  return {
    id,
    name,
    username,
    ...(fields.includes('created_at') ? { created_at: createdAt } : {}),
    ...(fields.includes('verified') ? { verified: subscription !== 'None' } : {}),
    ...(fields.includes('subscription_type') ? { subscription_type: subscription } : {}),
    ...(fields.includes('public_metrics') ? { public_metrics: metrics } : {}),
  };
}

/** Makes the account where it is new; who is called `premium` pays for longer posts. */
export function accountNamed(state: XState, username: string, clock: Clock): XAccount {
  const known = state.accounts.all().find((account) => account.username === username);
  if (known) return known;
  const account = {
    id: state.nextId(),
    username,
    name: `${username.charAt(0).toUpperCase()}${username.slice(1)}`,
    subscription: username === 'premium' ? 'Premium' : 'None',
    createdAt: timestamp(clock),
  };
  state.accounts.put(account);
  return account;
}
