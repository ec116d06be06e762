// Addresses under which media files can be had for a while: made, and read again. What is served there is media.ts' matter.
import { createHmac, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { MediaLinks } from '../core/ports.ts';

/** A closed table: what is served is one of these, whatever a file may be. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
};

export interface NamedMedia {
  hash: string;
  mimeType: string;
  until: Temporal.Instant;
}

export interface MediaLinkReader extends MediaLinks {
  /** What the last three parts of an address name; null where they were not made here. Whether the time is over is not looked at. */
  read: (parts: { until: string; signature: string; file: string }) => NamedMedia | null;
}

export interface MediaLinkOptions {
  /** Where this Crier is reached, without a slash at the end; null: there are no links (yet). */
  base: () => string | null;
  /** The first signs; all are believed, so that links outlive a change of the key, which one process has before the other. */
  keys: readonly KeyObject[];
}

/** `PUBLIC_URL/media/1795413600/signature/hash.png` */
export function openMediaLinks({ base, keys }: MediaLinkOptions): MediaLinkReader {
  const [current, ...old] = keys.map(deriveLinkSecret);
  const secrets = current ? [current, ...old] : [];
  return {
    linkTo: ({ hash, mimeType }, until) => {
      const [extension] = Object.entries(TYPES).find(([, type]) => type === mimeType) ?? [];
      const publicUrl = base();
      if (publicUrl === null || !current || extension === undefined) return null;
      const [seconds, file] = [String(Math.floor(until.epochMilliseconds / 1000)), `${hash}.${extension}`];
      return `${publicUrl}/media/${seconds}/${sign(current, seconds, file).toString('base64url')}/${file}`;
    },
    read: ({ until, signature, file }) => {
      const given = Buffer.from(signature, 'base64url');
      const isOurs = secrets.some((secret) => {
        const wanted = sign(secret, until, file);
        return given.length === wanted.length && timingSafeEqual(given, wanted);
      });
      if (!isOurs) return null;
      const [hash = '', extension = ''] = file.split('.');
      const mimeType = TYPES[extension];
      return mimeType === undefined
        ? null
        : { hash, mimeType, until: Temporal.Instant.fromEpochMilliseconds(Number(until) * 1000) };
    },
  };
}

const sign = (secret: Buffer, until: string, file: string): Buffer =>
  createHmac('sha256', secret).update(`${until}/${file}`).digest();

/** The same in every process that shares the key, and of no use for opening what the key seals (HKDF, RFC 5869). */
const deriveLinkSecret = (key: KeyObject): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'crier/media/links', 32));
