// What the database and the networks hold at the end of a chaos run, and the story of a delivery that went wrong.
import { DELIVERY_STATES, type DeliveryState, SETTLED } from '../../src/core/delivery.ts';
import type { EmulatedNetwork } from '../../src/emulator/network.ts';
import { runSql } from '../databases.ts';
import { couldNotBeAsked } from './faults.ts';
import type { Shown, Stored } from './verdict.ts';

type Networks = Readonly<Record<'bluesky' | 'mastodon', EmulatedNetwork>>;

export async function countOpen(databaseUrl: string): Promise<number> {
  const [row] = await runSql(databaseUrl, 'select count(*)::int as n from delivery where state <> all($1)', [SETTLED]);
  return Number(row?.n);
}

/** Such as `published=80 retrying=2`. */
export async function sayStates(databaseUrl: string): Promise<string> {
  const rows = await runSql(databaseUrl, 'select state, count(*)::int as n from delivery group by state order by state');
  return rows.map(({ state, n }) => `${state}=${n}`).join(' ');
}

export async function readStored(databaseUrl: string): Promise<Stored[]> {
  const rows = await runSql(databaseUrl, 'select p.text, d.state, d.remote_id from delivery d join post p on p.id = d.post_id');
  return rows.map(({ text, state, remote_id }) => ({
    text: String(text),
    state: readState(state),
    remoteId: remote_id === null ? null : String(remote_id),
  }));
}

function readState(value: unknown): DeliveryState {
  const state = DELIVERY_STATES.find((each) => each === value);
  if (!state) throw new Error(`a delivery is ${value}, which is no state`);
  return state;
}

export const readShown = (networks: Networks): Shown[] =>
  Object.values(networks).flatMap((network) =>
    network.posts().map(({ id, text, accountId, createdAt }) => ({ id, text, accountId, at: Date.parse(createdAt) })),
  );

/** Those whose network gave an answer to every question about them, and which are unconfirmed all the same. */
export async function findUnasked(databaseUrl: string, networks: Networks, texts: readonly string[]): Promise<string[]> {
  const rows = await runSql(
    databaseUrl,
    `select p.text, d.platform, a.remote_id, d.updated_at, (select min(started_at) from attempt where delivery_id = d.id) as began
     from delivery d join post p on p.id = d.post_id join account a on a.id = d.account_id where p.text = any($1)`,
    [texts],
  );
  const unasked = rows.filter(({ platform, remote_id, began, updated_at }) => {
    const network = platform === 'bluesky' ? 'bluesky' : 'mastodon';
    const span = { from: Date.parse(String(began)), until: Date.parse(String(updated_at)) + 1_000 };
    return !couldNotBeAsked(networks[network].requests(), { network, accountId: String(remote_id), ...span });
  });
  return unasked.map(({ text }) => String(text));
}

/** The delivery, its tries and what was done to it, in the order of time. */
export async function tellStory(databaseUrl: string, networks: Networks, text: string): Promise<string[]> {
  const deliveries = await runSql(databaseUrl, DELIVERIES, [text]);
  const steps = await runSql(databaseUrl, STEPS, [text]);
  const copies = readShown(networks).filter((shown) => shown.text === text);
  return [
    `--- ${text}`,
    ...deliveries.map((row) => `  ${JSON.stringify(row.delivery)}`),
    ...steps.map(({ at, what }) => `  ${at} ${JSON.stringify(what)}`),
    ...copies.map((copy) => `  at the network: ${JSON.stringify({ ...copy, at: new Date(copy.at).toISOString() })}`),
  ];
}

const DELIVERIES = `
select to_jsonb(d) as delivery from delivery d join post p on p.id = d.post_id where p.text = $1`;

const STEPS = `
with mine as (select d.id, d.post_id from delivery d join post p on p.id = d.post_id where p.text = $1)
select to_jsonb(at) as at, what from (
  select a.started_at as at, to_jsonb(a) - 'delivery_id' - 'handles' as what from attempt a join mine on mine.id = a.delivery_id
  union all
  select e.at, jsonb_build_object('audit', e.verb, 'details', e.details) from audit_event e join mine on mine.post_id = e.post_id
) as steps order by at`;
