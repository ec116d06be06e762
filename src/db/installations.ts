// What chats gave for the teams Crier is installed in, sealed before it reaches a statement and opened on demand.
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Installations } from '../core/store.ts';
import type { Vault } from './vault.ts';

/** What an installation is sealed to, so that one team's cannot be put in another's place. */
const boundTo = (chat: string, teamId: string): string => `${chat}/${teamId}`;

export function openInstallations(pool: Pool, clock: Clock, vault: Vault): Installations {
  return {
    save: async (chat, teamId, installation) => {
      const sealed = vault.seal(installation, boundTo(chat, teamId));
      await pool.query(SAVE, [chat, teamId, sealed, clock.now().toString()]);
    },
    find: async (chat, teamId) => {
      const { rows } = await pool.query<{ sealed: string }>(FIND, [chat, teamId]);
      return rows[0] ? vault.open(rows[0].sealed, boundTo(chat, teamId)) : null;
    },
    remove: async (chat, teamId) => {
      await pool.query('delete from installation where chat = $1 and team_id = $2', [chat, teamId]);
    },
  };
}

/** Seals with the current key what an older one sealed; what it cannot open stays. @returns how many there were */
export async function resealInstallations(pool: Pool, vault: Vault): Promise<number> {
  const { rows } = await pool.query<{ chat: string; team_id: string; sealed: string }>('select * from installation');
  let resealed = 0;
  for (const { chat, team_id, sealed } of rows) {
    if (vault.isCurrent(sealed) || !vault.canOpen(sealed)) continue;
    const owner = boundTo(chat, team_id);
    const fresh = vault.seal(vault.open(sealed, owner), owner);
    const { rowCount } = await pool.query(RESEAL, [chat, team_id, sealed, fresh]);
    resealed += rowCount ?? 0;
  }
  return resealed;
}

const FIND = 'select sealed from installation where chat = $1 and team_id = $2';

const SAVE = `
insert into installation (chat, team_id, sealed, created_at, updated_at) values ($1, $2, $3, $4, $4)
on conflict (chat, team_id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`;

// only where nobody has stored a newer one in between
const RESEAL = 'update installation set sealed = $4 where chat = $1 and team_id = $2 and sealed = $3';
