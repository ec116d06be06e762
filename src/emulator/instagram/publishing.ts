// The requests that make something: containers, posts and comments, and what may still be published today.
// https://developers.facebook.com/docs/instagram-platform/content-publishing (checked 2026-11-22).
import { authorize, authorizeFor, GraphError, graphTime, noSuchObject, readParameters } from '../graph.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { makeContainer, notReady, statusOf } from './containers.ts';
import { type InstagramState, isWithinDay, publishContainer } from './state.ts';

/** As the example of /content_publishing_limit has it; the guide says 100 (both checked 2026-11-22). */
const QUOTA = { quota_total: 50, quota_duration: 86_400 };

const BASIC = 'instagram_business_basic';
const PUBLISH = 'instagram_business_content_publish';
const COMMENT = 'instagram_business_manage_comments';

/** All paths have a version ahead, `/v25.0`. */
export const VERSION = '/:version{v[0-9]+[.][0-9]+}';

export function mountPublishing(app: EmulatorApp, state: InstagramState): void {
  app.post(`${VERSION}/:id/media`, async (c) => {
    const account = authorizeFor(c, state, PUBLISH);
    const { id } = await makeContainer(state, account, await readParameters(c));
    return c.json({ id });
  });

  app.post(`${VERSION}/:id/media_publish`, async (c) => {
    const account = authorizeFor(c, state, PUBLISH);
    const { creation_id: id } = await readParameters(c);
    // from here on nothing is awaited, so that two at once cannot both publish it
    const container = state.containers.get(String(id));
    const status = container && statusOf(state, container);
    // what a container is answered that was published already, is not documented
    const isOurs = container?.accountId === account.id && !container.isItem && status !== 'EXPIRED' && status !== 'PUBLISHED';
    if (!container || !isOurs)
      throw new GraphError(24, 2207008, `The media builder with creation id = ${String(id)} does not exist or has been expired.`);
    if (status !== 'FINISHED') throw notReady();
    if (usageOf(state, account.id) >= QUOTA.quota_total)
      throw new GraphError(9, 2207042, 'You reached maximum number of posts that is allowed to be published.');
    return c.json({ id: publishContainer(state, container).id });
  });

  app.get(`${VERSION}/:id/content_publishing_limit`, (c) => {
    const account = authorizeFor(c, state, PUBLISH);
    const fields = { quota_usage: usageOf(state, account.id), config: QUOTA };
    const names = (c.req.query('fields') ?? 'quota_usage').split(',');
    return c.json({ data: [Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))] });
  });

  mountComments(app, state);
}

const usageOf = (state: InstagramState, accountId: string): number =>
  state.media.all().filter((post) => post.accountId === accountId && isWithinDay(state, post.createdAt)).length;

function mountComments(app: EmulatorApp, state: InstagramState): void {
  app.post(`${VERSION}/:id/comments`, async (c) => {
    const account = authorize(c, state, COMMENT);
    const post = state.media.get(c.req.param('id'));
    if (!post) throw noSuchObject(c.req.param('id'));
    const { message } = await readParameters(c);
    if (typeof message !== 'string' || message.trim() === '' || post.shape === 'STORIES')
      throw new GraphError(100, undefined, '(#100) message is required, and stories take no comments');
    const id = state.nextId();
    state.comments.put({ id, mediaId: post.id, accountId: account.id, text: message, createdAt: timestamp(state.clock) });
    return c.json({ id });
  });
  app.get(`${VERSION}/:id/comments`, (c) => {
    authorize(c, state, BASIC);
    const { id: mediaId } = c.req.param();
    const data = state.comments
      .all()
      .filter((comment) => comment.mediaId === mediaId)
      .map(({ id, text, createdAt }) => ({ timestamp: graphTime(createdAt), text, id }));
    return c.json({ data });
  });
}
