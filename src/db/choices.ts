// What a login led to, while the person chooses. The accounts lie here with their credentials, sealed; what proves the choice is kept as a
// hash, and taking it deletes it, so that of several who bring the same token one is served.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Candidate, Choice, OAuthLinks } from '../core/oauth.ts';
import { CHATS } from '../core/workspace.ts';
import { readActor } from './json-rows.ts';
import { hashOf, secret } from './link-secrets.ts';
import type { Vault } from './vault.ts';

const instant = z.string().transform((text) => Temporal.Instant.from(text));
const json = z.record(z.string(), z.unknown());

/** An account as it is sealed; what is not named here does not come back. */
const SealedCandidate = z.object({
  remoteId: z.string(),
  handle: z.string(),
  service: z.string(),
  credentials: json,
  announcedLimits: json.nullable(),
  expiresAt: instant.nullable(),
  refreshAt: instant.nullable(),
  kind: z.string().nullable(),
});
const Sealed = z.object({
  candidates: z.tuple([SealedCandidate], SealedCandidate),
  missing: z.array(z.object({ name: z.string(), reason: z.string(), without: z.string().nullable() })),
});

const Row = z.object({
  token_hash: z.string(),
  platform: z.string(),
  origin_chat: z.enum(CHATS),
  origin_channel: z.string(),
  origin_message: z.string().nullable(),
  sealed: z.string(),
  workspace: z.unknown(),
  member: z.unknown(),
});

const bound = (tokenHash: string): string => `oauth-choice/${tokenHash}`;

export function openChoices(
  pool: Pool,
  clock: Clock,
  vault: Vault,
): Pick<OAuthLinks, 'keepChoice' | 'findChoice' | 'takeChoice'> {
  const one = async (text: string, token: string, now: Temporal.Instant): Promise<Choice | null> => {
    const { rows } = await pool.query(text, [hashOf(token), now.toString()]);
    return rows[0] ? toChoice(rows[0], vault) : null;
  };
  return {
    keepChoice: async ({ actor, origin, platform, candidates, missing }, expiresAt) => {
      const token = secret();
      const tokenHash = hashOf(token);
      const sealed = vault.seal({ candidates: candidates.map(toSealed), missing }, bound(tokenHash));
      const who = [actor.workspace.id, actor.member.id];
      const where = [origin.chat, origin.channel, origin.message];
      const until = [expiresAt.toString(), clock.now().toString()];
      await pool.query(KEEP, [tokenHash, ...who, platform, ...where, sealed, ...until]);
      return token;
    },
    findChoice: (token, now) => one(FIND, token, now),
    takeChoice: (token, now) => one(TAKE, token, now),
  };
}

const toSealed = ({ refreshAt = null, expiresAt, ...rest }: Candidate): z.input<typeof SealedCandidate> => ({
  ...rest,
  expiresAt: expiresAt?.toString() ?? null,
  refreshAt: refreshAt?.toString() ?? null,
});

function toChoice(row: unknown, vault: Vault): Choice {
  const read = Row.parse(row);
  return {
    platform: read.platform,
    actor: readActor({ workspace: read.workspace, member: read.member }),
    origin: { chat: read.origin_chat, channel: read.origin_channel, message: read.origin_message },
    ...Sealed.parse(vault.open(read.sealed, bound(read.token_hash))),
  };
}

// whoever keeps a choice clears away those whose time is over, as whoever makes a link does
const KEEP = `
with over as (delete from oauth_choice where expires_at <= $10)
insert into oauth_choice (token_hash, workspace_id, member_id, platform, origin_chat, origin_channel, origin_message, sealed, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const FIND = `
select choice.*, to_jsonb(w) as workspace, to_jsonb(m) as member
from oauth_choice choice join workspace w on w.id = choice.workspace_id join member m on m.id = choice.member_id
where choice.token_hash = $1 and choice.expires_at > $2`;

const TAKE = `
with taken as (delete from oauth_choice where token_hash = $1 and expires_at > $2 returning *)
select taken.*, to_jsonb(w) as workspace, to_jsonb(m) as member
from taken join workspace w on w.id = taken.workspace_id join member m on m.id = taken.member_id`;
