// Workspaces and members: found by the chat's own ids, made at their first word, and kept as the chat says they are now.
import { randomUUIDv7 } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Clock } from '../core/clock.ts';
import type { Entrance, Workspaces } from '../core/store.ts';
import { type Actor, type Member, type Role, roleByRules, type Workspace } from '../core/workspace.ts';
import { writeAudit } from './audit.ts';
import { MemberEntity, WorkspaceEntity } from './entities/workspace.ts';
import { readActor } from './json-rows.ts';
import { toMember, toWorkspace } from './rows.ts';

const DEFAULT_TIME = '09:00';
/** The role of somebody new whom the chat could not tell from a guest. */
const LOOKS_ON: Role = 'viewer';

export function openWorkspaces(em: () => EntityManager, pool: Pool, clock: Clock): Workspaces {
  return {
    enter: async (entrance) => {
      const known = await findActor(pool, entrance);
      if (known && isAsStored(known, entrance)) return known;
      return em().transactional((tx) => enter(tx, entrance, clock.now()));
    },

    change: (actor, patch) =>
      em().transactional(async (tx) => {
        const row = await tx.findOneOrFail(WorkspaceEntity, { id: actor.workspace.id });
        tx.assign(row, patch);
        writeAudit(tx, { workspaceId: row.id, by: actor, verb: 'settings changed', details: { ...patch }, at: clock.now() });
        return toWorkspace(row);
      }),

    setTimeZone: (actor, timeZone) =>
      em().transactional(async (tx) => {
        const row = await tx.findOneOrFail(MemberEntity, { id: actor.member.id });
        row.timeZone = timeZone;
        writeAudit(tx, {
          workspaceId: row.workspaceId,
          by: actor,
          verb: 'time zone set',
          details: { timeZone },
          at: clock.now(),
        });
        return toMember(row);
      }),

    setPresent: (chat, teamId, isPresent) =>
      em().transactional(async (tx) => {
        const row = await tx.findOne(WorkspaceEntity, { chat, teamId });
        if (!row || (row.removedAt === null) === isPresent) return;
        row.removedAt = isPresent ? null : clock.now();
        const verb = isPresent ? 'crier came back' : 'crier removed';
        writeAudit(tx, { workspaceId: row.id, by: null, verb, at: clock.now() });
      }),

    presence: async (chat) => {
      const { rows } = await pool.query<{ teamId: string; isPresent: boolean }>({
        name: 'presence',
        text: PRESENCE,
        values: [chat],
      });
      return new Map(rows.map(({ teamId, isPresent }) => [teamId, isPresent]));
    },

    teamsOf: async (chat, userId) => {
      const { rows } = await pool.query<Pick<Workspace, 'teamId' | 'name'>>({
        name: 'teams-of',
        text: TEAMS_OF,
        values: [chat, userId],
      });
      return rows;
    },
  };
}

/** What the chat decides of a member, each time anew: a demoted admin is demoted at their next word. */
function wantedOf(workspace: Workspace, { userId, userName, role, groups, profile }: Entrance): Partial<Member> {
  if (role === 'unknown') return {};
  const fromProfile = profile ? { profileTimeZone: profile.timeZone, locale: profile.locale } : {};
  return { name: userName, role: role ?? roleByRules(workspace.roleRules, userId, groups ?? []), ...fromProfile };
}

function isAsStored({ workspace, member }: Actor, entrance: Entrance): boolean {
  const wanted = { ...member, ...wantedOf(workspace, entrance) };
  return workspace.name === entrance.teamName && isDeepStrictEqual(wanted, member);
}

/** Without any lock: most words are said by somebody who is known and unchanged, and many may be said at once. */
async function findActor(pool: Pool, { chat, teamId, userId }: Entrance): Promise<Actor | null> {
  const { rows } = await pool.query({ name: 'find-actor', text: FIND_ACTOR, values: [chat, teamId, userId] });
  return rows[0] ? readActor(rows[0]) : null;
}

const FIND_ACTOR = `
select to_jsonb(w) as workspace, to_jsonb(m) as member
from workspace w join member m on m.workspace_id = w.id
where w.chat = $1 and w.team_id = $2 and m.user_id = $3`;

const PRESENCE = `
select team_id as "teamId", removed_at is null as "isPresent" from workspace where chat = $1`;

const TEAMS_OF = `
select w.team_id as "teamId", w.name
from workspace w join member m on m.workspace_id = w.id
where w.chat = $1 and m.user_id = $2 and w.removed_at is null
order by w.name, w.team_id`;

/** Two first words at once are one workspace and one member: the unique keys decide, and the second reads what the first wrote. */
async function enter(tx: EntityManager, entrance: Entrance, now: Temporal.Instant): Promise<Actor> {
  const { chat, teamId, teamName, userId, userName, timeZone } = entrance;
  await tx.execute(INSERT_WORKSPACE, [randomUUIDv7(), chat, teamId, teamName, timeZone, DEFAULT_TIME, now.toString()]);
  const workspace = await tx.findOneOrFail(WorkspaceEntity, { chat, teamId });
  const wanted = wantedOf(toWorkspace(workspace), entrance);
  await tx.execute(INSERT_MEMBER, [randomUUIDv7(), workspace.id, userId, userName, wanted.role ?? LOOKS_ON, now.toString()]);
  const member = await tx.findOneOrFail(MemberEntity, { workspaceId: workspace.id, userId });
  tx.assign(workspace, { name: teamName });
  tx.assign(member, wanted);
  return { workspace: toWorkspace(workspace), member: toMember(member) };
}

// written by hand because the ORM's upsert deep-copies its data, and a copied Temporal.Instant is no instant any more
const INSERT_WORKSPACE = `
insert into workspace (id, chat, team_id, name, time_zone, default_time, date_order, daily_caps, last_post_number, created_at)
values (?, ?, ?, ?, ?, ?, null, '{}', 0, ?)
on conflict (chat, team_id) do nothing`;

const INSERT_MEMBER = `
insert into member (id, workspace_id, user_id, name, role, time_zone, created_at)
values (?, ?, ?, ?, ?, null, ?)
on conflict (workspace_id, user_id) do nothing`;
