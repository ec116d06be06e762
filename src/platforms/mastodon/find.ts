// Looks in an account's own statuses for one that a try of unknown outcome may have made. Changes nothing.
import { z } from 'zod';
import type { FindContext, FindResult, Published } from '../../core/platform.ts';
import { type Client, classifyMastodonError, clientFor } from './client.ts';
import { Uploads } from './media.ts';

export const Status = z.object({ id: z.string(), url: z.string().nullish(), uri: z.string() });
const ListedStatus = Status.extend({
  createdAt: z.string(),
  inReplyToId: z.string().nullish(),
  mediaAttachments: z.array(z.object({ id: z.string() })).default([]),
});
type ListedStatus = z.infer<typeof ListedStatus>;
const StatusSource = z.object({ text: z.string() });

export const publishedAs = (status: z.infer<typeof Status>): Published => ({
  remoteId: status.id,
  url: status.url ?? status.uri,
});

/** By how far the server's clock may be behind ours. */
const SKEW = Temporal.Duration.from({ minutes: 2 });
const PAGE = 40;
/** Pages read before giving up: an account that posts more than this in the time in question cannot be told. */
const MAX_PAGES = 5;

/** Own statuses since then, newest first; null where there are too many to read. */
async function listSince(client: Client, accountId: string, since: Temporal.Instant): Promise<ListedStatus[] | null> {
  const found: ListedStatus[] = [];
  let pages = 0;
  for await (const page of client.v1.accounts.$select(accountId).statuses.list({ excludeReblogs: true, limit: PAGE })) {
    const statuses = z.array(ListedStatus).parse(page);
    const recent = statuses.filter((status) => Temporal.Instant.compare(Temporal.Instant.from(status.createdAt), since) >= 0);
    found.push(...recent);
    if (statuses.length === 0 || recent.length < statuses.length) return found;
    pages += 1;
    if (pages === MAX_PAGES) return null;
  }
  return found;
}

/** Mastodon trims a status and keeps its line breaks as \n. */
const asStored = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** Of a thread, each part answers the one before it; a post of its own answers nothing. */
const isInPlace = ({ inReplyToId }: ListedStatus, { thread }: FindContext): boolean =>
  (inReplyToId ?? null) === (thread.at(-1)?.remoteId ?? null);

/** An image was uploaded for this delivery alone, so its id proves the status; without images the plain text has to do. */
async function isOurs(client: Client, status: ListedStatus, context: FindContext): Promise<boolean> {
  const uploads = Uploads.safeParse(context.handles);
  const uploaded = uploads.success ? Object.values(uploads.data.attachments).map(({ id }) => id) : [];
  if (uploaded.length > 0) return status.mediaAttachments.some(({ id }) => uploaded.includes(id));
  if (status.mediaAttachments.length > 0) return false;
  const source = StatusSource.parse(await client.v1.statuses.$select(status.id).source.fetch());
  return asStored(source.text) === asStored(context.text);
}

async function search(context: FindContext): Promise<FindResult> {
  const client = clientFor(context);
  const statuses = await listSince(client, context.account.remoteId, context.since.subtract(SKEW));
  if (!statuses) return { kind: 'cannot-say' };
  for (const status of statuses) {
    if (!isInPlace(status, context) || (await context.isTaken(status.id))) continue;
    if (await isOurs(client, status, context)) return { kind: 'found', ...publishedAs(status) };
  }
  return { kind: 'absent' };
}

/** A server that cannot be asked now proves nothing. @throws CrierError `auth-revoked`. */
export async function findPublished(context: FindContext): Promise<FindResult> {
  try {
    return await search(context);
  } catch (error) {
    if (classifyMastodonError(error).kind === 'auth-revoked') throw error;
    return { kind: 'cannot-say' };
  }
}
