// Connects an account by a link to the network's own page: makes the link, follows it, and takes what comes back. Nothing that somebody
// invented, used before, or brought too late changes anything.
import { CrierError, invalidInput } from '../errors.ts';
import type { Asker, Granted, OAuth, OAuthScope, StoredLink } from '../oauth.ts';
import type { Platform } from '../platform.ts';
import type { Deps, WebAddress } from '../ports.ts';
import type { Origin } from '../post.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { type Connection, refuseUnknownFields, storeConnected } from './connect-account.ts';

export interface Link {
  url: string;
  /** False where it opens on the machine alone that Crier runs on. */
  isPublic: boolean;
  /** The server it leads to. */
  service: string;
  expiresAt: Temporal.Instant;
  scopes: readonly OAuthScope[];
}

/** What became of a link. `unknown`: its state is none of ours, or was used, or is over; there is nobody to tell. */
export type LinkOutcome =
  | { kind: 'unknown' }
  | ({ kind: 'connected'; connection: Connection; missing: readonly OAuthScope[] } & Ended)
  | ({ kind: 'denied' } & Ended)
  | ({ kind: 'failed'; sentence: string } & Ended);

interface Ended {
  platform: Platform;
  asker: Asker;
}

type LinkDeps = Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms' | 'http' | 'log'>;

export const LINK_MINUTES = 10;
const REQUEST_TIMEOUT_MS = 30_000;

/** Where the network sends people back to; a network of its own each, so that no network's answer is taken for another's. */
export const redirectUriAt = ({ url }: WebAddress, platform: Platform): string => `${url}/oauth/callback/${platform.id}`;

/** The network's way of linking and our address; null where accounts are connected by what is typed alone. */
export function linkable(deps: Pick<Deps, 'webAddress'>, platform: Platform): { oauth: OAuth; address: WebAddress } | null {
  const address = deps.webAddress?.() ?? null;
  return platform.oauth && address ? { oauth: platform.oauth, address } : null;
}

/**
 * @param request the platform, and the fields its link needs
 * @throws CrierError `not-permitted`; `invalid-input`, `rate-limited` or `unavailable`, naming the field to mend.
 */
export async function makeLink(
  deps: LinkDeps & Pick<Deps, 'webAddress'>,
  actor: Actor,
  request: { platform: Platform; fields: Readonly<Record<string, string>>; origin: Origin },
): Promise<Link> {
  requirePermission(actor, 'administer');
  const { platform, fields, origin } = request;
  refuseUnknownFields(platform, fields);
  const way = linkable(deps, platform);
  if (!way) throw invalidInput(`${platform.name} cannot be connected by a link here.`);
  const { oauth, address } = way;
  const { links } = deps.store;
  const service = oauth.serviceOf(fields);
  const redirectUri = redirectUriAt(address, platform);
  const known = await links.findApp(platform.id, service, redirectUri);
  const app = await oauth.prepareApp(service, redirectUri, known, surroundings(deps));
  if (app !== known) await links.saveApp(platform.id, service, redirectUri, app);
  const expiresAt = deps.clock.now().add({ minutes: LINK_MINUTES });
  const token = await links.make({ actor, origin, platform: platform.id, service, app, redirectUri, expiresAt });
  const { isPublic } = address;
  return { url: `${address.url}/connect/${token}`, isPublic, service, expiresAt, scopes: oauth.scopes };
}

/** Where a link leads to; null where it does not count any more. May be opened several times, as browsers and previews do. */
export async function followLink(deps: Pick<Deps, 'clock' | 'store' | 'platforms'>, token: string): Promise<URL | null> {
  const link = await deps.store.links.find(token, deps.clock.now());
  const oauth = link && deps.platforms.get(link.platform).oauth;
  return link && oauth ? oauth.authorizationUrl(link.way) : null;
}

/** Takes what the network sent a browser back with. What the person or the network can mend is an outcome; @throws all else. */
export async function finishLink(deps: LinkDeps, platformName: string, answer: URLSearchParams): Promise<LinkOutcome> {
  const platform = deps.platforms.find(platformName);
  const link = platform && (await deps.store.links.take(platform.id, answer.get('state') ?? '', deps.clock.now()));
  if (!link || !platform.oauth) return { kind: 'unknown' };
  const ended = { platform, asker: { actor: link.actor, origin: link.origin } };
  try {
    return { ...(await exchange(deps, link, platform, platform.oauth, answer)), ...ended };
  } catch (error) {
    if (!(error instanceof CrierError)) throw error;
    deps.log.warn(
      { err: error, platform: platform.id, service: link.way.service },
      'an account could not be connected by its link',
    );
    return { kind: 'failed', sentence: error.userMessage, ...ended };
  }
}

type Exchanged = { kind: 'denied' } | { kind: 'connected'; connection: Connection; missing: readonly OAuthScope[] };

async function exchange(
  deps: LinkDeps,
  { actor, way }: StoredLink,
  platform: Platform,
  oauth: OAuth,
  answer: URLSearchParams,
): Promise<Exchanged> {
  // their role may have changed since they asked
  requirePermission(actor, 'administer');
  const granted = await oauth.connect(way, answer, surroundings(deps));
  if (granted === 'denied') return { kind: 'denied' };
  const missing = oauth.scopes.filter(({ name }) => !granted.scopes.includes(name));
  refuseUseless(platform, missing, granted);
  return { kind: 'connected', connection: await storeConnected(deps, actor, platform, granted.account), missing };
}

function refuseUseless(platform: Platform, missing: readonly OAuthScope[], { account }: Granted): void {
  const needed = missing.filter(({ without }) => without === null).map(({ reason }) => reason);
  if (needed.length === 0) return;
  throw new CrierError(
    'invalid-input',
    `${account.handle} was not connected: ${platform.name} did not let Crier ${needed.join(' and ')}. Begin again, and allow all it asks for.`,
  );
}

const surroundings = ({ http, clock }: Pick<Deps, 'http' | 'clock'>) => ({
  http,
  clock,
  signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
});
