// `npm run doctor` on the logins of connected accounts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { about } from './doctor-case.ts';
import { openPatient, type Patient } from './doctor-patient.ts';

const opened = new AsyncDisposableStack();
let patient: Patient;
beforeAll(async () => {
  patient = await openPatient(opened);
});
afterAll(() => opened.disposeAsync());

describe('connected accounts', () => {
  const WORKSPACE = '11111111-1111-4111-8111-111111111111';
  const sql = (text: string, values: unknown[] = []) => patient.database.pool.query(text, values);
  const connect = (
    handle: string,
    more: { ends?: string; state?: string; reason?: string; failures?: number; sealed?: string } = {},
  ) =>
    sql(
      `insert into account (id, workspace_id, platform, remote_id, handle, service, state, state_reason, expires_at, refresh_failures, sealed_credentials, created_at)
       values (gen_random_uuid(), $1, 'threads', $2, $2, 'https://www.threads.com', $3, $4, now() + $5::interval, $6, $7, now())`,
      [
        WORKSPACE,
        handle,
        more.state ?? 'connected',
        more.reason ?? null,
        more.ends ?? null,
        more.failures ?? 0,
        more.sealed ?? null,
      ],
    );
  const disconnected = (handle: string, memberId: string | null) =>
    sql(
      `insert into audit_event (id, workspace_id, member_id, verb, details, at)
       values (gen_random_uuid(), $1, $2, 'account disconnected', jsonb_build_object('platform', 'threads', 'handle', $3::text), now())`,
      [WORKSPACE, memberId, handle],
    );

  beforeAll(async () => {
    await sql(
      `insert into workspace (id, chat, team_id, name, time_zone, default_time, daily_caps, last_post_number, created_at)
       values ($1, 'terminal', 'here', 'Here', 'UTC', '09:00', '{}', 0, now())`,
      [WORKSPACE],
    );
  });
  afterEach(() => sql('delete from account'));

  it('are told where their login is dead, over, ends within a week, or cannot be renewed', async () => {
    await connect('@well', { ends: '30 days' });
    await connect('@soon', { ends: '3 days 1 hour' });
    await connect('@over', { ends: '-1 day' });
    await connect('@stuck', { failures: 3 });
    await connect('@dead', { state: 'disconnected', reason: 'Threads ended this login.' });
    await disconnected('@dead', null);
    const findings = await patient.examine();
    const cure = 'Connect it again with /connect threads in the chat.';
    expect(about(findings, 'accounts')).toMatchObject([{ grade: 'ok', found: 'One login is good.' }]);
    expect(findings.filter(({ about: name }) => name.startsWith('threads '))).toMatchObject([
      { about: 'threads @dead', grade: 'wrong', found: 'The login is dead: Threads ended this login.', cure },
      { about: 'threads @over', grade: 'wrong', found: expect.stringMatching(/^The login ended /), cure },
      { about: 'threads @soon', grade: 'warning', found: 'The login ends in 3 days.', cure },
      { about: 'threads @stuck', grade: 'warning', found: expect.stringContaining('3 times in a row') },
    ]);
  });

  it('are passed over where a person has disconnected them', async () => {
    const member = '22222222-2222-4222-8222-222222222222';
    await connect('@gone', { state: 'disconnected', reason: 'disconnected by Ann' });
    await sql(
      `insert into member (id, workspace_id, user_id, name, role, created_at) values ($1, $2, 'ann', 'Ann', 'admin', now())`,
      [member, WORKSPACE],
    );
    await disconnected('@gone', member);
    expect(JSON.stringify(await patient.examine())).not.toContain('@gone');
  });

  it('are named where their login is sealed with a key that is not here', async () => {
    await connect('@sealed', { sealed: 'v1.deadbeef.AAAA' });
    expect(about(await patient.examine(), 'ENCRYPTION_KEYS_OLD')).toMatchObject([
      { grade: 'warning', found: 'One login is sealed with the key deadbeef, which is not here.' },
    ]);
  });
});
