// Demo accounts: every workspace has its own while the networks are emulated, and nobody has to say so.
import { afterEach, expect, it } from 'vitest';
import type { Entrance } from '../../../src/core/store.ts';
import { openEntry } from '../../../src/core/usecases/sync-demo-accounts.ts';
import { closeNewsrooms, type Newsroom, openNewsroom, PASSWORD } from './newsroom.ts';

afterEach(closeNewsrooms);

const LOGINS = { bluesky: { handle: 'demo.example', password: PASSWORD } };

const entranceTo = (teamId: string): Entrance => ({
  chat: 'slack',
  teamId,
  teamName: teamId,
  userId: 'U1',
  userName: 'Ann',
  role: null,
  timeZone: 'Europe/Berlin',
});

async function openRoom() {
  const room = await openNewsroom({ connect: false });
  const open = (logins: Parameters<typeof openEntry>[1]) => openEntry(room.deps, logins, room.database.settings);
  return { room, open, enter: open(LOGINS) };
}

const accountsOf = async ({ store }: Newsroom, workspaceId: string) =>
  (await store.accounts.list(workspaceId)).map(({ handle, state }) => `${handle} ${state}`);

it('are there when the first person of a workspace is answered, in each workspace once', async () => {
  const { room, enter } = await openRoom();
  const [one, again, other] = await Promise.all([enter(entranceTo('T1')), enter(entranceTo('T1')), enter(entranceTo('T2'))]);
  expect(again.workspace.id).toBe(one.workspace.id);
  expect(await accountsOf(room, one.workspace.id)).toEqual(['@demo.example connected']);
  expect(await accountsOf(room, other.workspace.id)).toEqual(['@demo.example connected']);
});

it('stay disconnected where a person did that, and only there', async () => {
  const { room, open, enter } = await openRoom();
  const [one, other] = [await enter(entranceTo('T1')), await enter(entranceTo('T2'))];
  const [account] = await room.store.accounts.list(one.workspace.id);
  await room.store.accounts.disconnect(account?.id ?? '', 'Ann said so.', one);
  const afterRestart = open(LOGINS);
  await Promise.all([afterRestart(entranceTo('T1')), afterRestart(entranceTo('T2'))]);
  expect(await accountsOf(room, one.workspace.id)).toEqual(['@demo.example disconnected']);
  expect(await accountsOf(room, other.workspace.id)).toEqual(['@demo.example connected']);
});

it('are disconnected once the networks are real, and back when they are emulated again', async () => {
  const { room, open, enter } = await openRoom();
  const { workspace } = await enter(entranceTo('T1'));
  await open(null)(entranceTo('T1'));
  expect(await accountsOf(room, workspace.id)).toEqual(['@demo.example disconnected']);
  await open(LOGINS)(entranceTo('T1'));
  expect(await accountsOf(room, workspace.id)).toEqual(['@demo.example connected']);
});

it('that cannot be connected keep nobody out, and are tried again at the next word', async () => {
  const { room, open } = await openRoom();
  const logins = { bluesky: { handle: 'demo.example', password: 'wrong' } };
  const enter = open(logins);
  const { workspace } = await enter(entranceTo('T1'));
  expect(await accountsOf(room, workspace.id)).toEqual([]);
  logins.bluesky.password = PASSWORD;
  await enter(entranceTo('T1'));
  expect(await accountsOf(room, workspace.id)).toEqual(['@demo.example connected']);
});
