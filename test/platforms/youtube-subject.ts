// What the tests of YouTube share: its subject, its requests by name, and a look at what the network has.
import type { MediaFile, Published } from '../../src/core/platform.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import { clip, type Delivery, type Harness, picture, type Subject } from './harness.ts';

export const OPEN = 'POST /upload/youtube/v3/videos';
export const PIECE = 'PUT /upload/youtube/v3/videos';
export const THUMBNAIL = 'POST /upload/youtube/v3/thumbnails/set';
export const SHOW = 'PUT /youtube/v3/videos';
export const MIB = 1024 ** 2;

export const subject: Subject = {
  platform: youtube,
  network: (emulator) => emulator.networks.youtube,
  tokenRequest: 'POST /token',
  pkce: true,
  publicRequest: PIECE,
  uploadRequest: THUMBNAIL,
  videoRequest: OPEN,
  videoStatusRequest: PIECE,
  findRequest: 'GET /youtube/v3/playlistItems',
};

/** A video and the image that becomes its thumbnail. */
export const both = async (): Promise<MediaFile[]> => [await clip(), await picture()];
/** Of a public delivery's watch page. */
export const pageOf = async ({ url }: Published): Promise<string> => (await fetch(url)).text();

/** A request of the account's own, as YouTube Studio would make it. */
export async function ask({ network }: Harness, { context }: Delivery, path: string): Promise<unknown> {
  const authorization = `Bearer ${String(context.credentials.accessToken)}`;
  return (await fetch(`${network.url}${path}`, { headers: { authorization } })).json();
}
