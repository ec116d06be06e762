// The address of a server a person typed: read, checked, and cut down to its origin.
import { isIP } from 'node:net';
import { invalidInput } from '../core/errors.ts';
import { isPublicAddress } from './address-guard.ts';

const LOCAL_NAME = /^(localhost|[^.]+|.+\.(localhost|local|lan|internal|intranet|home\.arpa|test))$/;

/** A host the internet at large cannot reach: a private address, `localhost`, a name without a dot or under a local domain. */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return isIP(host) ? !isPublicAddress(host) : LOCAL_NAME.test(host);
}

/**
 * `mastodon.social`, `https://mastodon.social/@me` -> `https://mastodon.social`. Plain http is taken for local hosts only, since
 * a password or token goes over it.
 * @param field the name of the field, for the message.
 * @throws CrierError `invalid-input`.
 */
export function readServiceUrl(text: string, field: string): string {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (trimmed === '' || !URL.canParse(withScheme))
    throw invalidInput(`${field} is not a web address: write https://example.com.`);
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalidInput(`${field} must begin with https://.`);
  if (url.username !== '' || url.password !== '') throw invalidInput(`${field} must not contain a user name or password.`);
  if (url.protocol === 'http:' && !isLocalHost(url.hostname)) {
    throw invalidInput(`${field} must begin with https://: over http:// others could read the login.`);
  }
  return url.origin;
}
