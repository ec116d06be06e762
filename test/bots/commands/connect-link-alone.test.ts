// /connect where a network is connected by a link alone and by an app that whoever runs Crier made; and what the chat is told of several
// accounts at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { renderLinkOutcome } from '../../../src/bots/connect-news.ts';
import { openCommands } from '../../../src/bots/run.ts';
import type { Deps, NetworkHome } from '../../../src/core/ports.ts';
import { finishChoice } from '../../../src/core/usecases/choose-accounts.ts';
import { connectAccount } from '../../../src/core/usecases/connect-account.ts';
import { finishLink, makeLink } from '../../../src/core/usecases/connect-by-link.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { linkAlone } from '../../support/link-alone.ts';
import { decide, HERE, type LinkDesk, locationOf, open, openLinkDesk } from '../../support/link-desk.ts';
import { withMore } from '../../support/several-accounts.ts';
import { labelsOf, wordsOf } from './desk.ts';

const run = openCommands(commands);
const APP = { clientId: 'an-app', clientSecret: 'its-secret' };
const MORE = [
  { remoteId: 'page-1', handle: '@bakery', kind: 'Page' },
  { remoteId: 'page-2', handle: '@cafe', kind: 'Page' },
];

let desk: LinkDesk;
let actor: Actor;
beforeAll(async () => {
  desk = await openLinkDesk(linkAlone);
  actor = await desk.enter();
});
afterAll(() => desk.close());

/** Where the network is, and the app there. */
const at = (service: string | null, app: NetworkHome['app'] = APP): Partial<Deps> => ({ networkHome: () => ({ service, app }) });
const call = (more: Partial<Deps>): Call => ({ actor, deps: { ...desk.deps, ...more }, origin: HERE });
const say = (line: string, more: Partial<Deps>) => run.runLine(line, call(more));

async function targetOf(more: Partial<Deps>): Promise<URL> {
  const platform = desk.deps.platforms.get('mastodon');
  const link = await makeLink({ ...desk.deps, ...more }, actor, { platform, fields: {}, origin: HERE });
  return new URL(locationOf(await open(link.url)));
}

describe('a network that is connected by a link alone', () => {
  it('is linked at once, by its own name, and with nothing to type instead', async () => {
    const { reply } = await say('/connect mastodon', at(null));
    expect(wordsOf(reply)).toContain('Open Mastodon, by this link');
    expect(labelsOf(reply)).toEqual([]);
    expect(reply.private).toBe(true);
  });

  it('has no field, and says so instead of naming none', async () => {
    const { reply } = await say('/connect mastodon token:abc', at(null));
    expect(wordsOf(reply)).toContain('Mastodon has no field "token". Type /connect mastodon alone for a link to its own page.');
  });

  it('leads to the real network, as the app that was made there', async () => {
    const target = await targetOf(at(null));
    expect(target.origin).toBe('https://mastodon.social');
    expect(target.searchParams.get('client_id')).toBe('an-app');
  });

  it('leads to the emulated network while networks are emulated', async () => {
    const { url } = desk.emulator.networks.mastodon;
    expect((await targetOf(at(url))).origin).toBe(url);
  });

  it.each([
    ['the settings of its app are empty', at(null, null)],
    ['nothing is known of it', {}],
  ])('says what to set where %s', async (_, more) => {
    const { reply, refused } = await say('/connect mastodon', more);
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain(
      'Mastodon cannot be connected yet: whoever runs Crier makes an app at Mastodon and sets MASTODON_CLIENT_ID and MASTODON_CLIENT_SECRET. docs/platforms/mastodon.md says how.',
    );
  });

  it('says what to set where there is no address to come back to', async () => {
    const { reply, refused } = await say('/connect mastodon', { ...at(null), webAddress: () => null });
    expect(refused).toBe(true);
    expect(wordsOf(reply)).toContain('no address that Mastodon could send you back to: whoever runs it sets PUBLIC_URL');
  });

  it('has a link behind every button of /connect', async () => {
    for (const name of ['form', 'typed']) {
      const { reply } = await run.press(`connect/${name}/mastodon`, call(at(null)));
      expect(wordsOf(reply)).toContain('by this link');
    }
  });

  it('takes nothing that is typed', async () => {
    const typed = connectAccount(desk.deps, actor, { platform: 'mastodon', fields: {} });
    await expect(typed).rejects.toMatchObject({
      kind: 'invalid-input',
      userMessage: expect.stringContaining('Mastodon is connected by a link alone'),
    });
    const { reply } = await say('/connect mastodon token:secret-of-somebody', at(null));
    expect(wordsOf(reply)).toContain('Mastodon has no field "token"');
    expect(JSON.stringify(reply)).not.toContain('secret-of-somebody');
  });
});

describe('of several accounts the chat is told', () => {
  let several: LinkDesk;
  beforeAll(async () => {
    several = await openLinkDesk(withMore(MORE));
  });
  afterAll(() => several.close());

  it('nothing before they are chosen, and then all that are connected, in one reply', async () => {
    const { deps, emulator } = several;
    const admin = await several.enter();
    const back = new URL(await decide(await several.link(admin, { instance: emulator.networks.mastodon.url }), 'allow'));
    const outcome = await finishLink(deps, 'mastodon', back.searchParams);
    expect(renderLinkOutcome(outcome, deps.platforms)).toBeNull();
    if (outcome.kind !== 'choose') throw new Error(`it was ${outcome.kind}`);
    const reply = renderLinkOutcome(await finishChoice(deps, outcome.token, ['1', '2']), deps.platforms);
    if (!reply) throw new Error('nothing was told');
    expect(reply).toMatchObject({ tone: 'good', private: true, title: '2 accounts of Mastodon are connected' });
    const words = wordsOf(reply);
    for (const handle of ['@bakery', '@cafe']) expect(words).toContain(`Mastodon (${handle}) is connected.`);
    expect(words).toContain('/publish to mastodon: Hello');
  });
});
