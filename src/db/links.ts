// Links to networks' own pages; what they led to is choices.ts'. What proves them is kept as a hash, what goes to the network sealed; taking one deletes it, so that of
// several who bring the same state one is served.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { LinkRequest, OAuthApp, OAuthLinks, StoredLink } from '../core/oauth.ts';
import { CHATS } from '../core/workspace.ts';
import { openChoices } from './choices.ts';
import { readActor } from './json-rows.ts';
import { hashOf, secret } from './link-secrets.ts';
import type { Vault } from './vault.ts';

const App = z
  .object({
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    options: z.record(z.string(), z.string()).optional(),
  })
  .transform(({ options, ...app }): OAuthApp => (options === undefined ? app : { ...app, options }));
const Sealed = z.object({ state: z.string(), verifier: z.string(), app: App });

const Row = z.object({
  token_hash: z.string(),
  platform: z.string(),
  service: z.string(),
  redirect_uri: z.string(),
  origin_chat: z.enum(CHATS),
  origin_channel: z.string(),
  origin_message: z.string().nullable(),
  sealed: z.string(),
  workspace: z.unknown(),
  member: z.unknown(),
});

const appBound = (platform: string, service: string): string => `oauth-app/${platform}/${service}`;
const linkBound = (tokenHash: string): string => `oauth-link/${tokenHash}`;

export function openLinks(pool: Pool, clock: Clock, vault: Vault): OAuthLinks {
  const toLink = (row: unknown): StoredLink => {
    const read = Row.parse(row);
    const { platform, service, redirect_uri: redirectUri, origin_chat, origin_channel, origin_message } = read;
    return {
      platform,
      way: { service, redirectUri, ...Sealed.parse(vault.open(read.sealed, linkBound(read.token_hash))) },
      actor: readActor({ workspace: read.workspace, member: read.member }),
      origin: { chat: origin_chat, channel: origin_channel, message: origin_message },
    };
  };
  const one = async (text: string, values: string[]): Promise<StoredLink | null> => {
    const { rows } = await pool.query(text, values);
    return rows[0] ? toLink(rows[0]) : null;
  };

  return {
    findApp: async (platform, service, redirectUri) => {
      const { rows } = await pool.query<{ sealed: string }>(FIND_APP, [platform, service, redirectUri]);
      const sealed = rows[0]?.sealed;
      // what a lost key sealed is registered anew
      return sealed && vault.canOpen(sealed) ? App.parse(vault.open(sealed, appBound(platform, service))) : null;
    },
    saveApp: async (platform, service, redirectUri, app) => {
      const sealed = vault.seal(app, appBound(platform, service));
      await pool.query(SAVE_APP, [platform, service, redirectUri, sealed, clock.now().toString()]);
    },
    make: async (request) => {
      const token = secret();
      await pool.query(MAKE, [...valuesOf(request, hashOf(token), vault), clock.now().toString()]);
      return token;
    },
    find: (token, now) => one(FIND, [hashOf(token), now.toString()]),
    take: (platform, state, now) => one(TAKE, [hashOf(state), platform, now.toString()]),
    ...openChoices(pool, clock, vault),
  };
}

function valuesOf({ actor, origin, ...request }: LinkRequest, tokenHash: string, vault: Vault): (string | null)[] {
  const state = secret();
  const { platform, service, redirectUri, expiresAt, app } = request;
  const sealed = vault.seal({ state, verifier: secret(), app } satisfies z.input<typeof Sealed>, linkBound(tokenHash));
  const who = [actor.workspace.id, actor.member.id];
  const where = [origin.chat, origin.channel, origin.message];
  return [tokenHash, hashOf(state), ...who, platform, service, redirectUri, ...where, sealed, expiresAt.toString()];
}

/** Seals the apps with the current key where an older one sealed them; what it cannot open stays. @returns how many there were */
export async function resealApps(pool: Pool, vault: Vault): Promise<number> {
  const { rows } = await pool.query<{ platform: string; service: string; redirect_uri: string; sealed: string }>(
    'select platform, service, redirect_uri, sealed from oauth_app',
  );
  let resealed = 0;
  for (const { platform, service, redirect_uri, sealed } of rows) {
    if (vault.isCurrent(sealed) || !vault.canOpen(sealed)) continue;
    const owner = appBound(platform, service);
    const fresh = vault.seal(vault.open(sealed, owner), owner);
    const { rowCount } = await pool.query(RESEAL_APP, [platform, service, redirect_uri, sealed, fresh]);
    resealed += rowCount ?? 0;
  }
  return resealed;
}

const FIND_APP = 'select sealed from oauth_app where platform = $1 and service = $2 and redirect_uri = $3';

const SAVE_APP = `
insert into oauth_app (platform, service, redirect_uri, sealed, created_at) values ($1, $2, $3, $4, $5)
on conflict (platform, service, redirect_uri) do update set sealed = excluded.sealed, created_at = excluded.created_at`;

const RESEAL_APP = 'update oauth_app set sealed = $5 where platform = $1 and service = $2 and redirect_uri = $3 and sealed = $4';

// whoever makes a link clears away those whose time is over, and choices: these hold credentials
const MAKE = `
with over as (delete from oauth_link where expires_at <= $13),
  choices_over as (delete from oauth_choice where expires_at <= $13)
insert into oauth_link (token_hash, state_hash, workspace_id, member_id, platform, service, redirect_uri,
  origin_chat, origin_channel, origin_message, sealed, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const FIND = `
select link.*, to_jsonb(w) as workspace, to_jsonb(m) as member
from oauth_link link join workspace w on w.id = link.workspace_id join member m on m.id = link.member_id
where link.token_hash = $1 and link.expires_at > $2`;

const TAKE = `
with taken as (delete from oauth_link where state_hash = $1 and platform = $2 and expires_at > $3 returning *)
select taken.*, to_jsonb(w) as workspace, to_jsonb(m) as member
from taken join workspace w on w.id = taken.workspace_id join member m on m.id = taken.member_id`;
