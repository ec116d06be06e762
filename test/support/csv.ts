// A strict reader of RFC 4180: CRLF behind every record, quotes around what holds a comma, a quote or a line break. All else throws.
export function readCsv(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
    field.lastIndex = at;
    const match = field.exec(text);
    record.push(match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? '');
    at = field.lastIndex;
    if (text[at] === ',') {
      at += 1;
    } else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else {
      throw new Error(`this is no CSV from character ${at} on: ${JSON.stringify(text.slice(at, at + 20))}`);
    }
  }
  if (record.length > 0) throw new Error('the last record has no end');
  return records;
}

/** Each record by the names in the first. */
export function readTable(bytes: Uint8Array): Record<string, string>[] {
  const [header = [], ...records] = readCsv(bytes);
  return records.map((record) => {
    if (record.length !== header.length) throw new Error(`a record has ${record.length} fields and the header ${header.length}`);
    return Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']));
  });
}
