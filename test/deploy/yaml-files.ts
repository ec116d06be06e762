// Reads the files people deploy Crier with, as plain values for tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every document of a YAML text, with its anchors and merge keys resolved. @throws where it is no YAML. */
export function readYaml(text: string): unknown[] {
  return parseAllDocuments(text, { merge: true }).map((document) => {
    if ('errors' in document && document.errors[0]) throw document.errors[0];
    return document.toJS();
  });
}
