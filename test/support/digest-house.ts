// A database with what a team of a chat has by nine: a member, a digest, and posts that went out with their figures. Its clocks are the
// machine's, so a test moves what is due instead of the time.
import type { Digest } from '../../src/core/digest.ts';
import { UNTOLD } from '../../src/core/figures.ts';
import type { Entrance, Store } from '../../src/core/store.ts';
import { addDigest } from '../../src/core/usecases/manage-digests.ts';
import type { Actor } from '../../src/core/workspace.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { keyFrom, openVault } from '../../src/db/vault.ts';
import { freshDatabase } from './database.ts';
import { keptLog } from './log.ts';

const clock = { now: () => Temporal.Now.instant().round('millisecond') };

export interface DigestHouse {
  url: string;
  store: Store;
  actor: Actor;
  /** Every day at a time that is hours away, and so many minutes more. */
  addDigest: (channel: string, minutes?: number) => Promise<Digest>;
  /** All digests have been due for so many seconds. */
  makeDue: (seconds?: number) => Promise<void>;
  /** Nobody has taken a digest, or the figures of a post, any more. */
  endLeases: () => Promise<void>;
  digests: () => Promise<Digest[]>;
  /** How many digests somebody has taken. */
  leases: () => Promise<number>;
  /** A digest that is active and not due again before tomorrow or so. */
  isSettled: (digest: Digest) => boolean;
  /** A post with a card in that message went out so many hours ago, and its network tells likes of it. */
  publish: (card: { channel: string; message: string | null }, hoursAgo: number) => Promise<void>;
  /** How often figures are known to have been told in a thread. */
  toldFigures: () => Promise<number>;
  close: () => Promise<void>;
}

/** @param keyHex of the processes that work on it */
export async function openDigestHouse(entrance: Entrance, keyHex: string): Promise<DigestHouse> {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase(url, { poolSize: 2 });
  const vault = openVault({ current: keyFrom(keyHex), old: [] });
  const store = database.openStore({ clock, vault, log: keptLog() });
  const actor = await store.workspaces.enter(entrance);
  const sql = (text: string, values: unknown[] = []) => database.pool.query(text, values);
  return {
    url,
    store,
    actor,
    addDigest: (channel, minutes = 0) => {
      const away = clock.now().add({ hours: 12, minutes }).toZonedDateTimeISO(entrance.timeZone).toPlainTime();
      const wallTime = away.toString({ smallestUnit: 'minute' });
      return addDigest({ store, clock }, actor, { channel, cadence: { period: 'daily', wallTime, day: null } });
    },
    makeDue: async (seconds = 1) => {
      await sql(`update digest set due_at = now() - $1 * interval '1 second' where state = 'active'`, [seconds]);
    },
    endLeases: async () => {
      await sql(`update digest set lease_until = now() - interval '1 second' where lease_until is not null`);
      await sql(`update figures_told set lease_until = now() - interval '1 second' where told_at is null`);
    },
    leases: async () => (await sql('select 1 from digest where lease_token is not null')).rowCount ?? 0,
    digests: () => store.digests.list(actor.workspace.id),
    isSettled: ({ state, dueAt }) => state === 'active' && dueAt !== null && Temporal.Instant.compare(dueAt, clock.now()) > 0,
    publish: (card, hoursAgo) => publish({ store, database, actor }, card, hoursAgo),
    toldFigures: async () => (await sql('select 1 from figures_told where told_at is not null')).rowCount ?? 0,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

async function publish(
  { store, database: { pool }, actor }: { store: Store; database: Database; actor: Actor },
  { channel, message }: { channel: string; message: string | null },
  hoursAgo: number,
): Promise<void> {
  const at = clock.now().subtract({ hours: hoursAgo });
  const { account } = await store.accounts.connect(actor, {
    ...{ platform: 'mastodon', remoteId: '1', handle: '@team@social.example', service: 'https://social.example' },
    ...{ credentials: { token: 't' }, announcedLimits: null, expiresAt: null },
  });
  const { deliveries } = await store.posts.create(actor, {
    ...{ text: 'Hello', variants: {}, mediaIds: [], hashtags: [], campaign: null },
    slot: { at, wallTime: at.toZonedDateTimeISO('UTC').toPlainDateTime().toString(), timeZone: 'UTC' },
    origin: { chat: actor.workspace.chat, channel, message },
    deliveries: [{ account, state: 'held', holdReason: 'account', dueAt: at }],
  });
  const [delivery] = deliveries;
  await pool.query(WENT_OUT, [delivery?.id, at.toString()]);
  await pool.query(TOLD, [account.id, delivery?.id, JSON.stringify({ ...UNTOLD, likes: 41, comments: 2 })]);
}

const WENT_OUT = `
update delivery set state = 'published', hold_reason = null, published_at = $2, remote_id = '1', url = 'https://social.example/1'
where id = $1`;
const TOLD = `insert into metric_snapshot (id, account_id, delivery_id, figures, at) values (gen_random_uuid(), $1, $2, $3, now())`;
