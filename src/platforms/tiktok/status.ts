// How far TikTok is with a post it was handed, by its publish_id, and where people then see it. Changes nothing.
// https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status (checked 2026-11-22).
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import type { AccountAccess, Published } from '../../core/platform.ts';
import { untilReady } from '../until-ready.ts';
import { type Client, clientFor, hostsOf } from './client.ts';
import type { Left } from './left.ts';

const Id = z.union([z.string(), z.number()]).transform(String);
const Status = z.object({
  status: z.string(),
  fail_reason: z.string().nullish(),
  /** TikTok's own spelling. Public posts have an id once they were looked through; others have none. */
  publicaly_available_post_id: z.array(Id).nullish(),
  uploaded_bytes: z.number().nullish(),
});

export type Standing =
  | { kind: 'working'; uploaded: number }
  /** Out, or in the inbox for somebody to finish. */
  | { kind: 'done'; postId: string | null }
  | { kind: 'failed'; reason: string };

export async function readStanding(client: Client, publishId: string): Promise<Standing> {
  const found = await client.post('/v2/post/publish/status/fetch/', { publish_id: publishId }, Status);
  switch (found.status) {
    case 'PUBLISH_COMPLETE':
      return { kind: 'done', postId: found.publicaly_available_post_id?.[0] ?? null };
    case 'SEND_TO_USER_INBOX':
      return { kind: 'done', postId: null };
    case 'FAILED':
      return { kind: 'failed', reason: found.fail_reason ?? 'unknown' };
    default:
      return { kind: 'working', uploaded: found.uploaded_bytes ?? 0 };
  }
}

export type Over = Exclude<Standing, { kind: 'working' }>;
type Access = Pick<AccountAccess, 'http' | 'signal' | 'account' | 'credentials'>;

/** Questions for the id of a public post that is out; looking it through takes a minute, or hours, and is not waited for longer than this. */
const LOOKS_FOR_ID = 6;

/**
 * Waits for what becomes of a post that TikTok has all of, for a minute and a half at most.
 * @throws CrierError `unavailable` where it takes longer; Refused, or what fetch throws
 */
export async function untilOver(access: Access, publishId: string, { expectsId }: Left): Promise<Over> {
  const client = clientFor(access);
  let looks = 0;
  const look = async (): Promise<Over | null> => {
    const standing = await readStanding(client, publishId);
    if (standing.kind === 'working') return null;
    if (standing.kind === 'failed' || standing.postId !== null || !expectsId) return standing;
    looks += 1;
    return looks > LOOKS_FOR_ID ? standing : null;
  };
  return untilReady(access.signal, look, { stillWorking: 'TikTok is still working on the post.' });
}

/** Of who did not let Crier post, the name is not known that addresses have. */
const profileOf = ({ service, handle }: Pick<Account, 'service' | 'handle'>): string =>
  handle.startsWith('@') ? `${hostsOf(service).site}/${handle}` : `${hostsOf(service).site}/`;

/** What has no address of its own (a draft, what only some may see, what TikTok still looks through) is shown by the account's page. */
export function publishedAs(account: Account, { kind, publishId }: Left, postId: string | null): Published {
  const profile = profileOf(account);
  if (postId === null || !account.handle.startsWith('@')) return { remoteId: postId ?? publishId ?? '', url: profile };
  return { remoteId: postId, url: `${profile}/${kind === 'photos' ? 'photo' : 'video'}/${postId}` };
}
