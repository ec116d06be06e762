// The CDN: files behind signed addresses that die after a day of the test's clock.
// https://docs.discord.com/developers/reference#signed-attachment-cdn-urls (2026-11-22)
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { APIAttachment } from 'discord.js';
import sharp from 'sharp';
import type { Clock } from '../../../src/core/clock.ts';

export interface Upload {
  name: string;
  bytes: Uint8Array;
  contentType?: string;
  /** Alt text. */
  description?: string;
}
export interface StoredFile {
  id: string;
  folder: string;
  name: string;
  title: string | null;
  contentType: string;
  bytes: Uint8Array;
  width: number | null;
  height: number | null;
  description: string | null;
  /** Files of commands and modals, which hang on no message. */
  ephemeral: boolean;
}
export interface Files {
  add: (upload: Upload, where: { folder: string; ephemeral: boolean }) => Promise<StoredFile>;
  /** The file as an attachment, with an address signed now. */
  attachment: (file: StoredFile) => APIAttachment;
  /** The file behind an address, null where the signature is wrong or has died or the file is gone. */
  read: (path: string, query: URLSearchParams) => StoredFile | null;
  /** Takes a file away, as deleting its message does. */
  lose: (fileId: string) => void;
}

const SIGNED_FOR_SECONDS = 24 * 60 * 60;
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  txt: 'text/plain; charset=utf-8',
};

export function openFiles(options: { clock: Clock; nextId: () => string; baseUrl: () => string }): Files {
  const { clock, nextId, baseUrl } = options;
  const files = new Map<string, StoredFile>();
  const sign = (path: string, ex: string, is: string): string =>
    createHmac('sha256', 'the test CDN').update(`${path} ${ex} ${is}`).digest('hex');
  const seconds = (): number => Math.floor(clock.now().epochMilliseconds / 1000);
  const pathOf = (file: StoredFile): string =>
    `/${file.ephemeral ? 'ephemeral-' : ''}attachments/${file.folder}/${file.id}/${file.name}`;

  function signedUrl(file: StoredFile): string {
    const ex = (seconds() + SIGNED_FOR_SECONDS).toString(16);
    const is = seconds().toString(16);
    return `${baseUrl()}${pathOf(file)}?ex=${ex}&is=${is}&hm=${sign(pathOf(file), ex, is)}&`;
  }

  return {
    add: async (upload, where) => {
      const file = await readFile(upload, nextId());
      const stored = { ...file, ...where };
      files.set(stored.id, stored);
      return stored;
    },
    attachment: (file) => {
      const url = signedUrl(file);
      return {
        id: file.id,
        filename: file.name,
        size: file.bytes.byteLength,
        content_type: file.contentType,
        url,
        proxy_url: url,
        ...(file.width === null ? {} : { width: file.width, height: file.height }),
        ...(file.title === null ? {} : { title: file.title }),
        ...(file.description === null ? {} : { description: file.description }),
        ...(file.ephemeral ? { ephemeral: true } : {}),
      };
    },
    read: (path, query) => {
      const file = files.get(path.split('/').at(-2) ?? '');
      const [ex, is, hm] = [query.get('ex') ?? '', query.get('is') ?? '', query.get('hm') ?? ''];
      const right = Buffer.from(sign(path, ex, is));
      const given = Buffer.from(hm);
      if (right.length !== given.length || !timingSafeEqual(right, given)) return null;
      return file && pathOf(file) === path && Number.parseInt(ex, 16) > seconds() ? file : null;
    },
    lose: (fileId) => void files.delete(fileId),
  };
}

async function readFile(upload: Upload, id: string): Promise<Omit<StoredFile, 'folder' | 'ephemeral'>> {
  const name = upload.name.replaceAll(/[^\w.-]/g, '_');
  const contentType = upload.contentType ?? TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const picture = contentType.startsWith('image/') ? await sharp(upload.bytes).metadata() : null;
  return {
    id,
    name,
    title: name === upload.name ? null : upload.name,
    contentType,
    bytes: upload.bytes,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    description: upload.description ?? null,
  };
}
