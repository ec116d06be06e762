// Who may come in by a token that the operator set: reading it from a request, comparing it, and writing down who tried in vain.
// What is behind the door, and how a refusal looks, is its owner's matter.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../core/ports.ts';
import type { Now } from './asking.ts';

/** `closed`: no token is set, so nobody may. */
export type Verdict = 'right' | 'wrong' | 'closed';

export interface Door {
  /** @param given what the request brought, null where it brought nothing */
  judge: (given: string | null) => Verdict;
}

/** Milliseconds between two lines in the log: who tries a thousand times a second must not fill the disk. */
const TELL_EVERY_MS = 60_000;

/** @param setting the token's name, for the log: `CRIER_API_TOKEN` */
export function openDoor(
  { token, setting, log }: { token: string | null; setting: string; log: Pick<Log, 'warn'> },
  now: Now = () => performance.now(),
): Door {
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const refuse = (): Verdict => {
    untold += 1;
    if (now() - toldAt >= TELL_EVERY_MS) {
      log.warn({ setting, tries: untold }, 'requests with a wrong token were refused');
      toldAt = now();
      untold = 0;
    }
    return 'wrong';
  };
  return {
    judge: (given) => {
      if (token === null) return 'closed';
      if (given === null) return 'wrong';
      return isSame(given, token) ? 'right' : refuse();
    },
  };
}

/** In a time that says nothing about how much of it was right, nor about how long the wanted one is. */
export const isSame = (given: string, wanted: string): boolean => timingSafeEqual(sha256(given), sha256(wanted));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What `Authorization: Bearer …` brings. */
export const bearerOf = (authorization: string | undefined): string | null =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;

/** The password that `Authorization: Basic …` brings, of whichever user: what a browser's own dialog asks for. */
export function passwordOf(authorization: string | undefined): string | null {
  const [, encoded] = /^Basic +([\w+/-]+=*) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return password ?? null;
}

/** The headers by which a browser says where a request comes from. */
export interface FromWhere {
  secFetchSite: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}

/**
 * Whether a browser sent it from a page of ours. A browser adds a Basic password by itself, also to what another site's page sends.
 * Hosts are compared without http or https: a proxy may stand in between.
 */
export function isFromOurPage({ secFetchSite, origin, host }: FromWhere): boolean {
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin';
  return origin !== undefined && host !== undefined && URL.parse(origin)?.host === host;
}
