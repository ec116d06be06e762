// https://docs.joinmastodon.org/methods/statuses/ and an account's list of them (checked 2026-11-22).
import type { Context } from 'hono';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { EmulatorApp } from '../network.ts';
import { timestamp } from '../timestamp.ts';
import { authorize, invalid, MastodonError, notFound, readBody, readerOf } from './api.ts';
import { isVideo, MAX_CHARACTERS, MAX_MEDIA, mediaEntity, statusEntity } from './entities.ts';
import { idSource, type MastodonAccount, type MastodonState, type StoredStatus, VISIBILITIES } from './state.ts';
import { countCharacters } from './text.ts';

const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')]);
const NewStatus = z.object({
  status: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  media_ids: z
    .array(z.coerce.string())
    .nullish()
    .transform((ids) => ids ?? []),
  spoiler_text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  visibility: z
    .enum(VISIBILITIES)
    .nullish()
    .transform((visibility) => visibility ?? 'public'),
  sensitive: flag.nullish().transform((sensitive) => sensitive ?? false),
  language: z
    .string()
    .nullish()
    .transform((language) => language ?? null),
  in_reply_to_id: z.coerce
    .string()
    .nullish()
    .transform((id) => id ?? null),
});
type NewStatus = z.infer<typeof NewStatus>;

export function mountStatusRoutes(app: EmulatorApp, state: MastodonState, clock: Clock, baseUrl: () => string): void {
  const nextId = idSource(clock.now, state.statuses.keys());
  const find = (id: string): StoredStatus => {
    const status = state.statuses.get(id);
    if (!status) throw notFound();
    return status;
  };
  const findOwn = (c: Context, id: string): StoredStatus => {
    const account = authorize(c, state);
    const status = find(id);
    if (status.accountId !== account.id) throw notFound();
    return status;
  };

  app.post('/api/v1/statuses', async (c) => {
    const account = authorize(c, state);
    const input = readNewStatus(await readBody(c));
    // From here to the commit nothing is awaited, so that two repeats at once cannot both find no status.
    const idempotencyKey = c.req.header('idempotency-key') ?? null;
    const repeated = idempotencyKey === null ? null : state.findRepeat(account.id, idempotencyKey, clock.now());
    if (repeated !== null) return c.json(await statusEntity(state, find(repeated), baseUrl()));
    checkStatus(state, account, input);
    const status: StoredStatus = {
      id: nextId(),
      accountId: account.id,
      text: input.status,
      spoilerText: input.spoiler_text,
      visibility: input.visibility,
      sensitive: input.sensitive,
      language: input.language,
      inReplyToId: input.in_reply_to_id,
      mediaIds: input.media_ids,
      idempotencyKey,
      createdAt: timestamp(clock),
    };
    state.commit({ type: 'status', ...status });
    return c.json(await statusEntity(state, status, baseUrl()));
  });

  app.get('/api/v1/statuses', async (c) => {
    const reader = readerOf(c, state);
    const ids = new Set(c.req.queries('id[]'));
    if (ids.size > MAX_AT_ONCE) throw new MastodonError(422, 'Validation failed');
    const found = [...state.statuses.values()].filter((status) => ids.has(status.id) && isShown(status, reader));
    return c.json(await Promise.all(found.map((status) => statusEntity(state, status, baseUrl()))));
  });

  app.get('/api/v1/statuses/:id', async (c) => {
    const reader = readerOf(c, state);
    const status = find(c.req.param('id'));
    if (!isShown(status, reader)) throw notFound();
    return c.json(await statusEntity(state, status, baseUrl()));
  });

  app.get('/api/v1/statuses/:id/source', (c) => {
    const { id, text, spoilerText } = findOwn(c, c.req.param('id'));
    return c.json({ id, text, spoiler_text: spoilerText });
  });

  app.delete('/api/v1/statuses/:id', async (c) => {
    const status = findOwn(c, c.req.param('id'));
    const entity = await statusEntity(state, status, baseUrl());
    state.commit({ type: 'status-deleted', id: status.id });
    // With its source, so that a client can offer to write it anew.
    return c.json({ ...entity, text: status.text });
  });

  mountAccountStatuses(app, state, baseUrl);
}

/** `check_statuses_limit` in app/controllers/api/v1/statuses_controller.rb of mastodon, with its DEFAULT_STATUSES_LIMIT (checked 2026-11-22). */
const MAX_AT_ONCE = 20;

/** Nobody follows anybody here, so that what is not for everybody is its author's alone to read. */
const isShown = ({ visibility, accountId }: StoredStatus, reader: MastodonAccount | null): boolean =>
  visibility === 'public' || visibility === 'unlisted' || accountId === reader?.id;

const ONLY_IMAGES = 'The emulated instance takes neither polls nor scheduled statuses';

function readNewStatus(body: Record<string, unknown>): NewStatus {
  if (body.scheduled_at || body.poll) throw invalid(ONLY_IMAGES);
  const input = NewStatus.safeParse(body);
  if (!input.success) throw invalid(z.prettifyError(input.error));
  return input.data;
}

/** In the order and the words of app/services/post_status_service.rb (checked 2026-11-22). @throws MastodonError 422. */
function checkStatus(
  state: MastodonState,
  account: MastodonAccount,
  { status, media_ids, spoiler_text, in_reply_to_id }: NewStatus,
): void {
  if (media_ids.length > MAX_MEDIA) throw new MastodonError(422, `Cannot attach more than ${MAX_MEDIA} files`);
  const usable = media_ids
    .map((id) => state.media.get(id))
    .filter((media) => media?.accountId === account.id && media.statusId === null);
  const missing = media_ids.filter((id) => !usable.some((media) => media?.id === id));
  if (missing.length > 0)
    throw new MastodonError(422, `Media ${missing.join(', ')} not found or already attached to another post`);
  if (media_ids.length > 1 && usable.some((media) => media && isVideo(media)))
    throw new MastodonError(422, 'Cannot attach a video to a post that already contains images');
  if (usable.some((media) => media?.progress !== 'ready')) {
    throw new MastodonError(422, 'Cannot attach files that have not finished processing. Try again in a moment!');
  }
  if (in_reply_to_id !== null && !state.statuses.has(in_reply_to_id)) {
    throw new MastodonError(404, 'The post you are trying to reply to does not appear to exist.');
  }
  if (status.trim() === '' && spoiler_text.trim() === '' && media_ids.length === 0) throw invalid("Text can't be blank");
  if (countCharacters(status, spoiler_text) > MAX_CHARACTERS) throw invalid(`Text character limit of ${MAX_CHARACTERS} exceeded`);
}

const Page = z.object({
  limit: z.coerce.number().int().positive().default(20),
  max_id: z.coerce.bigint().optional(),
  since_id: z.coerce.bigint().optional(),
  min_id: z.coerce.bigint().optional(),
  only_media: z.stringbool().default(false),
});

function mountAccountStatuses(app: EmulatorApp, state: MastodonState, baseUrl: () => string): void {
  app.get('/api/v1/accounts/:id/statuses', async (c) => {
    const account = state.accounts.get(c.req.param('id'));
    if (!account) throw notFound();
    const query = Page.safeParse(c.req.query());
    if (!query.success) throw invalid(z.prettifyError(query.error));
    const { max_id, since_id, min_id, only_media } = query.data;
    const limit = Math.min(query.data.limit, 40);
    const after = min_id ?? since_id ?? 0n;
    const fitting = [...state.statuses.values()]
      .filter(({ accountId, mediaIds }) => accountId === account.id && (!only_media || mediaIds.length > 0))
      .filter(({ id }) => BigInt(id) > after && (max_id === undefined || BigInt(id) < max_id));
    // Stored oldest first: min_id takes those next to it, everything else the newest; either way they are told newest first.
    const page = (min_id === undefined ? fitting.slice(-limit) : fitting.slice(0, limit)).reverse();
    const [first, last] = [page.at(0), page.at(-1)];
    if (first && last) {
      const url = `${baseUrl()}${c.req.path}?limit=${limit}`;
      const next = page.length === limit ? `<${url}&max_id=${last.id}>; rel="next", ` : '';
      c.header('link', `${next}<${url}&min_id=${first.id}>; rel="prev"`);
    }
    return c.json(await Promise.all(page.map((status) => statusEntity(state, status, baseUrl()))));
  });
}

/** What an attached medium looks like to the page. */
export const mediaOf = (state: MastodonState, status: StoredStatus, baseUrl: string) =>
  status.mediaIds
    .map((id) => state.media.get(id))
    .filter((media) => media !== undefined)
    .map((media) => ({ ...mediaEntity(media, baseUrl), size: media.size }));
