// Coming back from a network's page to a process whose workspace's chat is another's, as that of a process of the role web.
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkRoutes } from '../../src/compose/links.ts';
import type { Notice } from '../../src/core/notices.ts';
import { tellNotices } from '../../src/core/usecases/tell-notices.ts';
import { decide, type LinkDesk, openLinkDesk } from '../support/link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());

/** Brings back what the network sent the browser home with. */
async function comeBack(decision: 'allow' | 'deny'): Promise<string> {
  const app = new Hono();
  linkRoutes(desk.deps, () => [])(app);
  const { pathname, search } = new URL(await decide(await desk.link(await desk.enter()), decision));
  return (await app.request(`${pathname}${search}`)).text();
}

/** What the process that is in the chat finds to tell. */
async function told(): Promise<Pick<Notice, 'kind' | 'sentence' | 'days'>[]> {
  const notices: Notice[] = [];
  await tellNotices(desk.deps, [{ name: 'terminal', tell: async (_, notice) => void notices.push(notice) }]);
  return notices.map(({ kind, sentence, days }) => ({ kind, sentence, days }));
}

it('is told in the chat by the process that is in it, once', async () => {
  expect(await comeBack('allow')).toContain('is connected');
  expect(await told()).toEqual([{ kind: 'connected', sentence: null, days: null }]);
  expect(await told()).toEqual([]);
});

it('is told on the page alone where nothing was connected', async () => {
  expect(await comeBack('deny')).toContain('Nothing was connected');
  expect(await told()).toEqual([]);
});
