// The networks that people are linked to: whether an app is set, whether the network knows it, and what has to be entered there.
import { randomBytes } from 'node:crypto';
import type { Config } from '../../src/config.ts';
import type { OAuth, OAuthApp, OAuthWay } from '../../src/core/oauth.ts';
import type { Platform } from '../../src/core/platform.ts';
import { redirectUriAt } from '../../src/core/usecases/connect-by-link.ts';
import { type PageRefusal, pageRefusal, type Trial, tryApp } from './app-trial.ts';
import { type Finding, note, ok, warning, wrong } from './finding.ts';
import { givesOwnToken } from './own-token.ts';
import type { Ways } from './ways.ts';

type NetworkConfig = Pick<Config, 'apps' | 'publicUrl' | 'mockSocial'>;

/** What each network has to be told, and what it makes of it. Those where Crier registers itself, or nobody is linked to, are left out. */
export async function lookAtNetwork(config: NetworkConfig, platform: Platform, ways: Ways): Promise<readonly Finding[]> {
  const { oauth } = platform;
  const names = oauth?.appSettings;
  if (!oauth || !names) return [];
  const app = config.apps[platform.id] ?? null;
  if (config.mockSocial)
    return [note(names.id, `${platform.name} is emulated${app ? ', and this app is not used' : ''}.`, app ? UNMOCK : null)];
  if (app === null) {
    const found = `No app at ${platform.name} is set, so no account there can be connected.`;
    return [
      note(names.id, found, `docs/platforms/${platform.id}.md says how to make one. Set ${names.id} and ${names.secret} then.`),
    ];
  }
  const details = toEnter(oauth, app, platform, config.publicUrl);
  // without an address of its own, any that is well-formed shows whether the app is known
  const address = { url: config.publicUrl ?? 'https://crier.invalid', isPublic: true };
  const way = wayFor(oauth, app, redirectUriAt(address, platform), ways.homes[platform.id]);
  const isKnown = await givesOwnToken(platform.id, way, ways.http);
  const trial = isKnown ? KNOWN : await tryApp(oauth, way, ways.http, ways.clock);
  const findings = [sayApp(platform, names, trial, details)];
  if (config.publicUrl === null || trial.verdict === 'refused' || trial.verdict === 'away') return findings;
  const isSaid = trial.verdict === 'other-address';
  const refusal = isSaid ? { told: trial.told, isCertain: true } : await pageRefusal(oauth, way, ways.http);
  return refusal === null ? findings : [...findings, otherAddress(platform, way.redirectUri, refusal)];
}

const KNOWN: Trial = { verdict: 'known', told: '' };
const UNMOCK = 'Set MOCK_SOCIAL=false for the real network.';

const wayFor = (oauth: OAuth, app: OAuthApp, redirectUri: string, home: string | undefined): OAuthWay => ({
  service: home ?? oauth.serviceOf({}),
  app,
  redirectUri,
  state: randomBytes(24).toString('base64url'),
  verifier: randomBytes(32).toString('base64url'),
});

/** To be compared with the app's page at the network, letter by letter. */
function toEnter(oauth: OAuth, app: OAuthApp, platform: Platform, publicUrl: string | null): string[] {
  const uri = publicUrl === null ? 'PUBLIC_URL is missing' : redirectUriAt({ url: publicUrl, isPublic: true }, platform);
  const scopes = oauth
    .scopes(app)
    .map(({ name, reason, without }) => `  ${name} to ${reason}${without === null ? '' : ' (may be left out)'}`);
  return [`redirect URI to enter there, letter by letter: ${uri}`, 'scopes that are asked for:', ...scopes];
}

function sayApp(
  { id, name }: Platform,
  names: { id: string; secret: string },
  trial: Trial,
  details: readonly string[],
): Finding {
  const { verdict, told } = trial;
  switch (verdict) {
    case 'known':
    case 'other-address':
      return ok(names.id, `${name} knows the app and takes its secret.`, null, details);
    case 'not-refused':
      return ok(
        names.id,
        `${name} does not refuse the app, which is all it tells before an account is connected.`,
        null,
        details,
      );
    case 'refused': {
      const cure = `Copy both anew from the app’s page at ${name} into ${names.id} and ${names.secret}, and start Crier anew. docs/platforms/${id}.md says where they are.`;
      return wrong(names.id, `${name} does not take ${names.id} with ${names.secret} (${told}).`, cure, details);
    }
    case 'away': {
      const cure = 'Check this machine’s way to the internet (firewall, proxy, DNS), and run npm run doctor again.';
      return warning(names.id, `${name} could not be asked about the app: ${told.replace(/\.$/, '')}.`, cure, details);
    }
    case 'silent':
      return note(
        names.id,
        `${names.id} and ${names.secret} are set; ${name} does not tell whether they are right before an account is connected.`,
        `Try it with /connect ${id}.`,
        details,
      );
  }
}

function otherAddress({ id, name }: Platform, redirectUri: string, { told, isCertain }: PageRefusal): Finding {
  const about = `${name} redirect URI`;
  const cure = `Enter exactly that as redirect URI on the app’s page (docs/platforms/${id}.md), or mend PUBLIC_URL.`;
  if (isCertain) return wrong(about, `${name} does not take ${redirectUri} for this app (${told}).`, cure);
  return warning(about, `${name}’s page seems not to take ${redirectUri} for this app (${told}).`, cure);
}
