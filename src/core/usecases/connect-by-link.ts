// Connects an account by a link to the network's own page: makes the link, follows it, and takes what comes back. Nothing that somebody
// invented, used before, or brought too late changes anything.
import { CrierError, invalidInput } from '../errors.ts';
import type { AppSettings, OAuth, OAuthApp, OAuthScope, OAuthWay, StoredLink } from '../oauth.ts';
import type { Platform } from '../platform.ts';
import type { Deps, WebAddress } from '../ports.ts';
import type { Origin } from '../post.ts';
import { type Actor, requirePermission } from '../workspace.ts';
import { connectAll, offerChoice } from './choose-accounts.ts';
import { refuseUnknownFields } from './connect-account.ts';
import { type Connected, type LinkOutcome, type Offers, outcomeOf } from './link-outcome.ts';

export interface Link {
  url: string;
  /** False where it opens on the machine alone that Crier runs on. */
  isPublic: boolean;
  /** The server it leads to. */
  service: string;
  expiresAt: Temporal.Instant;
  scopes: readonly OAuthScope[];
}

type LinkDeps = Pick<Deps, 'clock' | 'store' | 'jobs' | 'platforms' | 'http' | 'networkHome' | 'log'>;

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
  if (!way) throw noWay(platform);
  const { oauth, address } = way;
  const { links } = deps.store;
  const service = serviceOf(deps, platform, oauth, fields);
  const redirectUri = redirectUriAt(address, platform);
  const app = await appFor(deps, platform, oauth, { service, redirectUri });
  const expiresAt = deps.clock.now().add({ minutes: LINK_MINUTES });
  const token = await links.make({ actor, origin, platform: platform.id, service, app, redirectUri, expiresAt });
  const { isPublic } = address;
  return { url: `${address.url}/connect/${token}`, isPublic, service, expiresAt, scopes: oauth.scopes(app) };
}

const noWay = ({ name, connect }: Platform): CrierError =>
  invalidInput(
    connect
      ? `${name} cannot be connected by a link here.`
      : `${name} is connected by a link alone, and this Crier has no address that ${name} could send you back to: whoever runs it sets PUBLIC_URL.`,
  );

/** A server that the person names is where they are sent; else the one there is, emulated or real. */
function serviceOf({ networkHome }: LinkDeps, { id }: Platform, oauth: OAuth, fields: Readonly<Record<string, string>>): string {
  const emulated = oauth.fields.length === 0 ? networkHome?.(id).service : null;
  return emulated ?? oauth.serviceOf(fields);
}

/** Crier as the server knows it: an app that Crier registers, or one that whoever runs Crier made by hand. */
async function appFor(
  deps: LinkDeps,
  platform: Platform,
  { prepareApp, appSettings }: OAuth,
  { service, redirectUri }: Pick<OAuthWay, 'service' | 'redirectUri'>,
): Promise<OAuthApp> {
  const { links } = deps.store;
  if (!prepareApp) return deps.networkHome?.(platform.id).app ?? refuseWithoutApp(platform, appSettings);
  const known = await links.findApp(platform.id, service, redirectUri);
  const app = await prepareApp(service, redirectUri, known, surroundings(deps));
  if (app !== known) await links.saveApp(platform.id, service, redirectUri, app);
  return app;
}

function refuseWithoutApp({ id, name }: Platform, settings: AppSettings | null): never {
  const sets = settings ? ` and sets ${settings.id} and ${settings.secret}` : '';
  throw invalidInput(
    `${name} cannot be connected yet: whoever runs Crier makes an app at ${name}${sets}. docs/platforms/${id}.md says how.`,
  );
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
  const { oauth } = platform;
  const ended = { platform, asker: { actor: link.actor, origin: link.origin } };
  return outcomeOf(deps, ended, { service: link.way.service }, () => exchange(deps, link, platform, oauth, answer));
}

async function exchange(
  deps: LinkDeps,
  { actor, origin, way }: StoredLink,
  platform: Platform,
  oauth: OAuth,
  answer: URLSearchParams,
): Promise<Connected | Offers | { kind: 'denied' }> {
  // their role may have changed since they asked
  requirePermission(actor, 'administer');
  const granted = await oauth.connect(way, answer, surroundings(deps));
  if (granted === 'denied') return { kind: 'denied' };
  const { accounts: candidates, scopes } = granted;
  const missing = oauth.scopes(way.app).filter(({ name }) => !scopes.includes(name));
  refuseUseless(platform, missing);
  if (candidates.length > 1) return offerChoice(deps, { actor, origin, platform: platform.id, candidates, missing });
  return { kind: 'connected', connections: await connectAll(deps, actor, platform, candidates), missing };
}

function refuseUseless({ id, name }: Platform, missing: readonly OAuthScope[]): void {
  const needed = missing.filter(({ without }) => without === null).map(({ reason }) => reason);
  if (needed.length === 0) return;
  throw new CrierError(
    'invalid-input',
    `${name} did not let Crier ${needed.join(' and ')}, so nothing was connected. Begin again with /connect ${id}, and allow all it asks for.`,
  );
}

const surroundings = ({ http, clock }: Pick<Deps, 'http' | 'clock'>) => ({
  http,
  clock,
  signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
});
