import { describe, expect, it } from 'vitest';
import { openCommands } from '../../../src/bots/run.ts';
import { completeLine, completeTargets } from '../../../src/bots/terminal/complete.ts';
import { COMMANDS } from './commands.ts';
import { ACTOR, account, openWorld } from './deps.ts';

const source = { commands: openCommands(COMMANDS), deps: openWorld().deps, actor: ACTOR };

describe('Tab', () => {
  it.each([
    ['command names', '/s', ['/schedule ', '/say '], '/s'],
    ['/quit', '/q', ['/quit'], '/q'],
    ['nothing for an unknown command', '/nope a', [], '/nope a'],
    ['nothing for plain words', 'hello', [], 'hello'],
    [
      'networks, accounts and all as targets',
      '/schedule tomorrow to ',
      ['all', 'bluesky', 'mastodon', '@crier.example', '@crier@mastodon.example'],
      '',
    ],
    ['a network by its beginning, in any case', '/schedule tomorrow to BL', ['bluesky'], 'BL'],
    ['a second target behind a comma', '/schedule tomorrow to bluesky,ma', ['mastodon'], 'ma'],
    ['a handle without its @', '/schedule to cr', ['crier.example', 'crier@mastodon.example'], 'cr'],
    ['a campaign behind its option', '/schedule --campaign l', ['launch'], 'l'],
    ['a campaign behind its name', '/schedule campaign:', ['campaign:launch', 'campaign:winter'], 'campaign:'],
    ['post names', '/post P1', ['P12', 'P11'], 'P1'],
    ['choices in their place', '/post P12 ', ['edit', 'move', 'cancel'], ''],
    ['nothing for free text', '/post P12 edit so', [], 'so'],
    ['networks to connect', '/connect m', ['mastodon'], 'm'],
    ['the fields that a network asks for', '/connect bluesky ', ['handle:', 'password:'], ''],
    ['the fields that are left', '/connect bluesky handle:me pa', ['password:'], 'pa'],
    ['time zones once begun', '/timezone Europe/Berl', ['Europe/Berlin'], 'Europe/Berl'],
    ['no list of all time zones', '/timezone ', [], ''],
  ])('offers %s', async (_, line, candidates, replaced) => {
    expect(await completeLine(source, line)).toEqual([candidates, replaced]);
  });

  it('offers a handle of several words behind its network, as one name', async () => {
    const { deps } = source;
    const list = async () => [account('mastodon', 'Salt & Pepper')];
    const spaced = { ...source, deps: { ...deps, store: { ...deps.store, accounts: { ...deps.store.accounts, list } } } };
    expect(await completeLine(spaced, '/schedule to mastodon/')).toEqual([['mastodon/"Salt & Pepper"'], 'mastodon/']);
  });

  it('offers all commands on an empty line', async () => {
    const [candidates] = await completeLine(source, '');
    expect(candidates).toHaveLength(COMMANDS.length + 1);
  });

  it('completes targets in a form', async () => {
    expect(await completeTargets(source, 'bluesky, ma')).toEqual([['mastodon'], 'ma']);
  });
});
