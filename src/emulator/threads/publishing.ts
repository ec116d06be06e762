// The requests that make something: containers and posts, and what may still be published today.
// https://developers.facebook.com/documentation/threads/posts and /overview (checked 2026-11-22).
import { authorizeFor, GraphError, grantOfRequest, readParameters, requireScope } from '../graph.ts';
import type { EmulatorApp } from '../network.ts';
import { makeContainer, readInput, statusOf } from './containers.ts';
import { SCOPES } from './login.ts';
import { isWithinDay, publishContainer, type ThreadsState } from './state.ts';

/** https://developers.facebook.com/documentation/threads/overview and /retrieve-and-manage-replies (checked 2026-11-22). */
const POSTS_PER_DAY = 250;
const REPLIES_PER_DAY = 1000;

export const VERSION = '/v1.0';

export function mountPublishing(app: EmulatorApp, state: ThreadsState): void {
  app.post(`${VERSION}/:id/threads`, async (c) => {
    const account = authorizeFor(c, state, SCOPES.publish);
    const input = readInput(await readParameters(c));
    if (input.reply_to_id !== undefined) requireScope(grantOfRequest(c, state), SCOPES.manageReplies);
    const { id } = await makeContainer(state, account, input);
    return c.json({ id });
  });

  app.post(`${VERSION}/:id/threads_publish`, async (c) => {
    const account = authorizeFor(c, state, SCOPES.publish);
    const { creation_id: id } = await readParameters(c);
    // from here on nothing is awaited, so that two at once cannot both publish it
    const container = state.containers.get(String(id));
    // one that is not ready is answered as one there is not: https://github.com/fbsamples/threads_api/issues/70 (checked 2026-11-22)
    if (!container || container.accountId !== account.id || container.isItem || statusOf(state, container) !== 'FINISHED')
      throw new GraphError(24, 4279009, `The media with id ${String(id)} cannot be found.`);
    const isReply = container.replyTo !== null;
    // with which code, is not documented
    if (usageOf(state, account.id, isReply) >= (isReply ? REPLIES_PER_DAY : POSTS_PER_DAY))
      throw new GraphError(9, 2207042, 'You reached the maximum number of posts that can be published.');
    return c.json({ id: publishContainer(state, container).id });
  });

  app.get(`${VERSION}/:id/threads_publishing_limit`, (c) => {
    const { id } = authorizeFor(c, state, SCOPES.publish);
    const fields = {
      quota_usage: usageOf(state, id, false),
      config: { quota_total: POSTS_PER_DAY, quota_duration: 86_400 },
      reply_quota_usage: usageOf(state, id, true),
      reply_config: { quota_total: REPLIES_PER_DAY, quota_duration: 86_400 },
    };
    const names = (c.req.query('fields') ?? 'quota_usage').split(',');
    if (names.some((name) => name.startsWith('reply'))) requireScope(grantOfRequest(c, state), SCOPES.manageReplies);
    return c.json({ data: [Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))] });
  });
}

const usageOf = (state: ThreadsState, accountId: string, replies: boolean): number =>
  state.posts
    .all()
    .filter((post) => post.accountId === accountId && (post.replyTo !== null) === replies && isWithinDay(state, post.createdAt))
    .length;
