// Photos for the emulated TikTok, which fetches them from the addresses it is given.
// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (checked 2026-11-22).
import type { Context } from 'hono';
import { z } from 'zod';
import { pullMedia } from '../pull.ts';
import { invalid, notAuthorized, ok, readJson, TikTokError } from './api.ts';
import { Branded, checkCaps, checkPrivacy, PRIVACY, photoProblem, words } from './rules.ts';
import type { StoredFile, Task, TikTokState } from './state.ts';
import { finish, fresh, type Publishing } from './tasks.ts';

const DESCRIPTION = 4_000;
const TITLE = 90;
const PHOTOS = 35;

const Photos = z.strictObject({
  media_type: z.literal('PHOTO'),
  post_mode: z.enum(['DIRECT_POST', 'MEDIA_UPLOAD']),
  post_info: z.strictObject({
    title: words(TITLE),
    description: words(DESCRIPTION),
    privacy_level: PRIVACY.optional(),
    disable_comment: z.boolean().optional(),
    auto_add_music: z.boolean().optional(),
    ...Branded,
  }),
  source_info: z.strictObject({
    source: z.literal('PULL_FROM_URL'),
    photo_images: z.array(z.string()).min(1).max(PHOTOS),
    photo_cover_index: z.int().min(0),
  }),
});

export const mountPhotos = (publishing: Publishing): void => {
  publishing.app.post('/v2/post/publish/content/init/', (c) => takePhotos(publishing, c));
};

async function takePhotos({ state, gate, clock }: Publishing, c: Context): Promise<Response> {
  const account = gate.enter(c, 'content/init', ['video.publish', 'video.upload']);
  const { post_mode, post_info, source_info } = await readJson(c, Photos);
  const isForInbox = post_mode === 'MEDIA_UPLOAD';
  const { title, description: text, privacy_level: privacy = '' } = post_info;
  const { photo_images: urls, photo_cover_index: cover } = source_info;
  if (!account.scopes.includes(isForInbox ? 'video.upload' : 'video.publish')) throw notAuthorized();
  if (!isForInbox) checkPrivacy(account, privacy);
  if (cover >= urls.length) throw invalid('photo_cover_index: is out of range');
  if (!urls.every(isOwned))
    throw new TikTokError(403, 'url_ownership_unverified', 'Please review our URL ownership verification rules.');
  checkCaps(state, account, isForInbox, clock);
  const id = `${isForInbox ? 'p_inbox_url' : 'p_pub_url'}~v2.${state.nextId()}`;
  const task: Task = { id, accountId: account.id, kind: 'photos', title, text, privacy, isForInbox, ...fresh(clock) };
  const pulled = await pullAll(state, urls);
  if (typeof pulled === 'string') state.tasks.put({ ...task, failReason: pulled });
  else finish(state, { ...task, files: pulled }, clock);
  return c.json(ok({ publish_id: id }));
}

/** At the real TikTok, https under an address that the app has verified; here loopback as well, where Crier is. */
const isOwned = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
};

/** The files, or the fail_reason. */
async function pullAll({ tables, nextId }: TikTokState, urls: readonly string[]): Promise<StoredFile[] | string> {
  const files: StoredFile[] = [];
  for (const url of urls) {
    const pulled = await pullMedia(url);
    if (!pulled) return 'photo_pull_failed';
    const problem = photoProblem(pulled.facts, pulled.bytes.length);
    if (problem !== null) return problem;
    const name = nextId();
    tables.blobs.put(name, pulled.bytes);
    files.push({ name, mimeType: pulled.facts.mimeType, size: pulled.bytes.length });
  }
  return files;
}
