// The identifiers of the AT Protocol: content ids, DIDs, and the time-ordered keys of records.
import { createHash } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BASE32_SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/** The multicodec of what a content id points to. */
const CODECS = { blob: 0x55, record: 0x71 } as const;

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/**
 * A CIDv1 with SHA-256, as https://atproto.com/specs/data-model asks for (checked 2026-11-22). A blob's is the real one; a
 * record's is well-formed, but made from its JSON and not from DAG-CBOR.
 */
export function contentId(kind: keyof typeof CODECS, content: Uint8Array | string): string {
  return `b${base32(Buffer.concat([Buffer.from([1, CODECS[kind], 0x12, 32]), sha256(content)]))}`;
}

/** The same DID for the same handle, always. */
export const didFor = (handle: string): string => `did:plc:${base32(sha256(handle)).slice(0, 24)}`;

/** https://atproto.com/specs/tid (checked 2026-11-22). */
export const isTid = (text: string): boolean => /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/.test(text);

/** Makes TIDs that grow, even where the clock stands still. */
export function tidSource(now: () => Temporal.Instant): () => string {
  let last = 0n;
  return () => {
    const micros = now().epochNanoseconds / 1000n;
    last = micros > last ? micros : last + 1n;
    const value = last << 10n;
    return Array.from({ length: 13 }, (_, index) => BASE32_SORTABLE[Number((value >> BigInt(60 - 5 * index)) & 31n)]).join('');
  };
}
