// What a conversation has left in the database, with everything taken out that must differ: ids become what they stand for, and what is
// the chat's own (its names for teams, people, channels and messages) is blotted out. All else is as it is stored, times included.
import type { Database } from '../../../src/db/open.ts';

type Row = Readonly<Record<string, unknown>>;
export type Rows = Readonly<Record<string, readonly Row[]>>;

const ORIGIN = ['origin_chat', 'origin_channel', 'origin_message'];

interface Table {
  /** What a row is called in the place of its id; those it refers to are named already. */
  nameOf?: (row: Row) => string;
  /** Columns that are a chat's own. */
  own?: readonly string[];
  where?: string;
}

const TABLES: Readonly<Record<string, Table>> = {
  workspace: { nameOf: () => 'the workspace', own: ['chat', 'team_id', 'name'], where: 'id = $1' },
  // what a profile says is the chat's; which zone a person chose is theirs
  member: { nameOf: ({ user_id }) => `member ${user_id}`, own: ['user_id', 'name', 'profile_time_zone', 'locale'] },
  account: { nameOf: ({ platform, handle }) => `${platform} ${handle}` },
  media: { nameOf: ({ hash, alt_text }) => `image ${hash} of ${alt_text}` },
  series: { nameOf: ({ rule, text }) => `series ${rule} ${text}`, own: ORIGIN },
  digest: { nameOf: ({ number }) => `D${number}`, own: ['channel'] },
  post: { nameOf: ({ number }) => `P${number}`, own: ORIGIN },
  delivery: { nameOf: ({ post_id, account_id }) => `${post_id} on ${account_id}` },
  attempt: { where: 'delivery_id in (select id from delivery where workspace_id = $1)' },
  audit_event: {},
};

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
/** Where an event tells of a place in the chat. */
const CHANNEL = /"channel":"[^"]*"/g;

/** `ownWords`: names that stand in texts, such as accounts' handles, with what they are called in every front. */
export async function rowsOf({ pool }: Database, workspaceId: string, ownWords: Readonly<Record<string, string>>): Promise<Rows> {
  const names = new Map<string, string>();
  const inCommonWords = (row: Row): Row => {
    const text = Object.entries(ownWords).reduce((said, [own, common]) => said.replaceAll(own, common), JSON.stringify(row));
    const bare = text.replace(UUID, (id) => names.get(id) ?? 'an id').replace(CHANNEL, '"channel":"the chat\'s own"');
    const read: Row = JSON.parse(bare);
    return read;
  };
  const rows: Record<string, readonly Row[]> = {};
  for (const [table, { nameOf, own = [], where = 'workspace_id = $1' }] of Object.entries(TABLES)) {
    const { rows: found } = await pool.query<Row>(`select * from ${table} where ${where}`, [workspaceId]);
    for (const row of found) if (nameOf) names.set(String(row.id), nameOf(inCommonWords(row)));
    rows[table] = found.map((row) => blotted(inCommonWords(row), own)).sort(inOrder);
  }
  return rows;
}

const blotted = (row: Row, own: readonly string[]): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (own.includes(column)) return [column, "the chat's own"];
      // the same secret is never sealed to the same text
      return [column, column === 'sealed_credentials' && value !== null ? 'sealed' : value];
    }),
  );

/** By when it happened, else by all that is stored. */
function inOrder(one: Row, other: Row): number {
  const [first, second] = [one, other].map((row) => `${row.at ?? row.created_at ?? ''} ${JSON.stringify(row)}`);
  return first === second ? 0 : (first ?? '') < (second ?? '') ? -1 : 1;
}
