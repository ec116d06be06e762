-- Run this once on a database that was restored from a backup, before any Crier is started on it (docs/operations.md, "Restore"):
--   psql "$DATABASE_URL" --file deploy/after-restore.sql
--
-- What was due between the backup and now may have gone out, been moved or been canceled since the backup was made, and the restored
-- database cannot know. So nothing of it is sent by itself: each becomes "unconfirmed", and people are asked in the chat whether it went out.
-- It does no harm to run it twice.
begin;

with in_doubt as (
  update delivery set
    state = 'unconfirmed',
    lease_token = null,
    lease_until = null,
    unverified_since = coalesce(unverified_since, due_at),
    error_kind = 'outcome-unknown',
    error_message = 'Crier was restored from a backup that was made before this was due, so it may be out, moved or canceled. Look at the account.',
    news_due_at = now(),
    news_version = news_version + 1,
    updated_at = now()
  where state in ('scheduled', 'retrying', 'publishing') and due_at <= now()
  returning id, workspace_id, post_id
)
insert into audit_event (id, workspace_id, member_id, post_id, verb, details, at)
select gen_random_uuid(), workspace_id, null, post_id, 'delivery unconfirmed', jsonb_build_object('delivery', id, 'restored', true), now()
from in_doubt;

-- what recurs goes on with what is still to come, and makes up for nothing that went by
update series set active_since = now(), updated_at = now() where state = 'active';

commit;

-- how many wait for an answer now
select platform, count(*) as unconfirmed from delivery where state = 'unconfirmed' group by platform order by platform;
