// What the tests of TikTok share: its subject, its requests by name, and deliveries of other accounts than the demo one.
import type { MediaFile, PublishContext } from '../../src/core/platform.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import { clip, type Delivery, type Harness, photo, type Subject } from './harness.ts';

export const CREATOR = 'POST /v2/post/publish/creator_info/query/';
export const VIDEO = 'POST /v2/post/publish/video/init/';
export const INBOX_VIDEO = 'POST /v2/post/publish/inbox/video/init/';
export const PHOTOS = 'POST /v2/post/publish/content/init/';
export const STATUS = 'POST /v2/post/publish/status/fetch/';
export const CHUNK = 'PUT /video/';
export const TOKEN = 'POST /v2/oauth/token/';

export const subject: Subject = {
  platform: tiktok,
  network: (emulator) => emulator.networks.tiktok,
  tokenRequest: TOKEN,
  publicRequest: CHUNK,
  uploadRequest: PHOTOS,
  videoRequest: VIDEO,
  videoStatusRequest: STATUS,
  findRequest: STATUS,
};

/** As small as TikTok takes a video; `size` pads it to that many bytes. */
export const video = (facts: { id?: string; size?: number } = {}): Promise<MediaFile> =>
  clip({ ...facts, fixture: 'portrait.mp4' });

export const photos = (count: number): Promise<MediaFile[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => photo({ id: `m${index}`, width: 300 + index, height: 400 })));

/** A delivery to the account with this name; who is called `private` has a private account. */
export async function deliveryAs(harness: Harness, name: string, changes: Partial<PublishContext> = {}): Promise<Delivery> {
  const connected = await harness.connect(harness.network.addAccount(name));
  const { context } = await harness.delivery();
  const account = { ...context.account, remoteId: connected.remoteId, handle: connected.handle };
  return harness.delivery({ account, credentials: connected.credentials, ...changes });
}

/** As a refusal of TikTok is written. */
export const refusal = (code: string, message = '') => ({ data: {}, error: { code, message, log_id: '20221011224844' } });
