// Which bytes of a file a request asks for. RFC 9110, sections 13.1.5 and 14: https://www.rfc-editor.org/rfc/rfc9110 (2026-11-22)

/** Both ends are part of it. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Null for the whole file: nothing was asked for, what was asked for is no range, it is several at once, or the asker holds parts of
 * another file. `nowhere` where it begins behind the end.
 * @param etag strong, of the file as it is
 * @param size bytes
 */
export function rangeOf(headers: Headers, etag: string, size: number): ByteRange | 'nowhere' | null {
  const condition = headers.get('If-Range');
  if (condition !== null && condition !== etag) return null;
  const [, from = '', to = ''] = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(headers.get('Range') ?? '') ?? [];
  if (from === '' && to === '') return null;
  // `-500`: the last 500 bytes
  if (from === '') return to === '0' || size === 0 ? 'nowhere' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= size ? 'nowhere' : { first, last };
}
