// PUBLIC_URL: whether networks and browsers could get there, and whether what answers there is this Crier. It is asked from this machine,
// which is not the outside: what a firewall keeps from others alone cannot be seen from here.
import { isIP } from 'node:net';
import type { Config } from '../../src/config.ts';
import type { SeenProcess } from '../../src/core/operations.ts';
import type { VaultKeys } from '../../src/db/vault.ts';
import { isPublicAddress } from '../../src/platforms/address-guard.ts';
import { openMediaLinks } from '../../src/web/media-links.ts';
import { type Finding, note, ok, warning, wordsOf, wrong } from './finding.ts';
import { PATIENCE_MS, type Ways } from './ways.ts';

const ABOUT = 'PUBLIC_URL';
const EXAMPLE = 'Example: PUBLIC_URL=https://crier.example.com';

export interface PublicUrlNeeds {
  /** Names of networks with an app, to which people are sent and from which they come back. */
  linking: readonly string[];
  /** Of these, those that fetch media from there. */
  pulling: readonly string[];
}

interface Surroundings {
  needs: PublicUrlNeeds;
  /** Null where there is no key yet. */
  keys: VaultKeys | null;
  processes: readonly SeenProcess[];
  ways: Pick<Ways, 'fetchOwn' | 'addressesOf'>;
}

export async function lookAtPublicUrl(
  { publicUrl, mockSocial }: Pick<Config, 'publicUrl' | 'mockSocial'>,
  around: Surroundings,
): Promise<readonly Finding[]> {
  if (publicUrl === null) return [missing(mockSocial, around.needs)];
  const url = new URL(publicUrl);
  const trouble = (await troubleWithAddress(url, mockSocial, around)) ?? (await troubleWithAnswer(publicUrl, around));
  return [trouble ?? ok(ABOUT, `${publicUrl} answers, and it is this Crier.`)];
}

function missing(mockSocial: boolean, { linking, pulling }: PublicUrlNeeds): Finding {
  if (mockSocial) return note(ABOUT, 'It is not set. Emulated networks need none.');
  const cure = `Set it to the https address under which browsers and networks reach this Crier. ${EXAMPLE}`;
  if (pulling.length > 0)
    return wrong(ABOUT, `It is not set, and ${listed(pulling)} ${fetches(pulling)} media from there.`, cure);
  if (linking.length > 0) return wrong(ABOUT, `It is not set, and ${listed(linking)} ${sends(linking)} people back to it.`, cure);
  return note(ABOUT, 'It is not set, and no network with an app needs it yet.');
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
const fetches = ({ length }: readonly string[]): string => (length === 1 ? 'fetches' : 'fetch');
const sends = ({ length }: readonly string[]): string => (length === 1 ? 'sends' : 'send');

/** Null where networks could connect to it. */
async function troubleWithAddress(url: URL, mockSocial: boolean, { needs, ways }: Surroundings): Promise<Finding | null> {
  // an address of this machine alone is good for trying things out
  const grade = needs.linking.length > 0 ? wrong : mockSocial ? note : warning;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await ways.addressesOf(host).catch(() => []);
  const [first] = addresses;
  if (first === undefined) {
    const cure = `Check the name, and add an A or AAAA record for it where your DNS is kept. ${EXAMPLE}`;
    return wrong(ABOUT, `There is no host ${host}: its name leads to no address.`, cure);
  }
  if (!addresses.some(isPublicAddress)) {
    const cure = `Give it a name that leads to a public address, such as that of your reverse proxy or tunnel. ${EXAMPLE}`;
    return grade(ABOUT, `${host} is a private address (${first}), which no network can reach from outside.`, cure);
  }
  if (url.protocol !== 'https:') {
    const cure = `Put a reverse proxy with a certificate in front of Crier, and write https:// in PUBLIC_URL. ${EXAMPLE}`;
    return grade(ABOUT, `It begins with http://, and networks send people back, and fetch media, by https alone.`, cure);
  }
  return null;
}

/** Null where this Crier answers. */
async function troubleWithAnswer(publicUrl: string, { keys, processes, ways }: Surroundings): Promise<Finding | null> {
  const isRunning = processes.some(({ role }) => role === 'all' || role === 'web');
  const answer = await ask(ways, `${publicUrl}/healthz`);
  if (answer.status !== 200 || answer.text.trim() !== 'ok') {
    const what =
      answer.status === null ? answer.text : `${publicUrl}/healthz answers with ${answer.status}, and not as Crier does`;
    return isRunning
      ? wrong(ABOUT, `A Crier is running, and ${publicUrl} does not lead to it: ${what}.`, REVERSE_PROXY)
      : warning(ABOUT, `No Crier with a web server is running, so ${publicUrl} cannot be tried: ${what}.`, RUN_AND_REPEAT);
  }
  if (keys === null)
    return warning(ABOUT, `${publicUrl} answers; whether it is this Crier shows once this one has a key.`, RUN_AND_REPEAT);
  const probe = await ask(ways, overdueLink(publicUrl, keys));
  // 410 is what only a Crier with the same key says: this link was signed by it and is over
  if (probe.status === 410) return null;
  const found = `A Crier answers at ${publicUrl}, and it is another one: it does not know a link that this one signed.`;
  return wrong(
    ABOUT,
    found,
    'Let PUBLIC_URL name this Crier, or give both processes the same ENCRYPTION_KEY. A process of the role bot serves no media.',
  );
}

const REVERSE_PROXY =
  'Let the reverse proxy or tunnel send that address to HOST and PORT of the process with the role all or web, with the path as it is. If it ' +
  'answers from outside and not from this machine, this is no fault.';
const RUN_AND_REPEAT = 'Start Crier, and run npm run doctor again beside it.';

/** Of a file that there is not, so that nothing is given away. */
function overdueLink(publicUrl: string, { current, old }: VaultKeys): string {
  const links = openMediaLinks({ base: () => publicUrl, keys: [current, ...old].map(({ key }) => key) });
  const nothing = { hash: '0'.repeat(64), mimeType: 'image/png' };
  return links.linkTo(nothing, Temporal.Instant.fromEpochMilliseconds(1000)) ?? publicUrl;
}

interface Answer {
  /** Null where there was none; `text` then says why. */
  status: number | null;
  text: string;
}

async function ask({ fetchOwn }: Surroundings['ways'], url: string): Promise<Answer> {
  try {
    const response = await fetchOwn(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, text: (await response.text()).slice(0, 200) };
  } catch (error) {
    return { status: null, text: wordsOf(error) };
  }
}
