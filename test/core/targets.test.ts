import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { CrierError } from '../../src/core/errors.ts';
import { readTargets, resolveAccount, resolveTargets } from '../../src/core/targets.ts';
import { platforms } from './usecases/newsroom.ts';

const account = (id: string, platform: string, handle: string, more: Partial<Account> = {}): Account => ({
  id,
  workspaceId: 'w',
  platform,
  remoteId: id,
  handle,
  service: `https://${platform}.example`,
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  ...more,
});

const ACCOUNTS = [
  account('b1', 'bluesky', '@team.bsky.social'),
  account('m1', 'mastodon', '@team@mastodon.social'),
  account('m2', 'mastodon', '@crier@chaos.social'),
];

const idsFor = (text: string, accounts = ACCOUNTS): string[] => resolveTargets(text, accounts, platforms).map(({ id }) => id);

function sentenceFor(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CrierError && error.kind === 'invalid-input') return error.userMessage;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('who is meant by all alone', () => {
  it.each([
    ['all', ['b1', 'm1', 'm2']],
    ['bluesky, all', ['m1', 'm2']],
    ['everywhere and @crier', ['b1', 'm1']],
    ['bluesky, mastodon', []],
  ])('in "%s" are %j', (text, ids) => {
    expect([...readTargets(text, ACCOUNTS, platforms).byAll]).toEqual(ids);
  });
});

describe('the targets of a post', () => {
  it.each([
    ['bluesky', ['b1']],
    ['Bluesky, Mastodon', ['b1', 'm1', 'm2']],
    ['mastodon and bluesky', ['m1', 'm2', 'b1']],
    ['mastodon, and bluesky', ['m1', 'm2', 'b1']],
    ['mastodon & bsky', ['m1', 'm2', 'b1']],
    ['mastodon bluesky', ['m1', 'm2', 'b1']],
    ['all', ['b1', 'm1', 'm2']],
    ['Everywhere', ['b1', 'm1', 'm2']],
    ['@crier@chaos.social', ['m2']],
    ['crier@chaos.social', ['m2']],
    ['@crier', ['m2']],
    ['bluesky/@team', ['b1']],
    ['bluesky @team', ['b1']],
    ['mastodon/@TEAM@mastodon.social', ['m1']],
    ['@crier, mastodon, all', ['m2', 'm1', 'b1']],
  ])('"%s" are %j, each once', (text, ids) => {
    expect(idsFor(text)).toEqual(ids);
  });

  it.each([
    ['linkedin/Crier Demo', ['l1']],
    ['linkedin/"Crier Demo"', ['l1']],
    ['"Crier Demo"', ['l1']],
    ['crier  demo', ['l1']],
    ['linkedin Crier Demo, bluesky', ['l1', 'b1']],
    ['Salt and Pepper, Co. and bluesky', ['l2', 'b1']],
    ['bluesky, “Salt and Pepper, Co.” & Crier Demo', ['b1', 'l2', 'l1']],
  ])('"%s" are %j, where a handle is several words', (text, ids) => {
    const spaced = [account('l1', 'mastodon', 'Crier Demo'), account('l2', 'mastodon', 'Salt and Pepper, Co.')];
    expect(idsFor(text.replace('linkedin', 'mastodon'), [...ACCOUNTS, ...spaced])).toEqual(ids);
  });

  it.each([
    ['blusky', 'There is no network or account called "blusky". Did you mean bluesky?'],
    ['bluesky, mastodn', 'There is no network or account called "mastodn". Did you mean mastodon?'],
    ['@crierr', 'There is no network or account called "@crierr". Did you mean @crier'],
    ['friendster', 'There is no network or account called "friendster". Networks: bluesky, mastodon.'],
    ['bluesky/@nobody', 'There is no network or account called "bluesky/@nobody".'],
    ['@team', '"@team" is the name of 2 accounts here: say bluesky/@team.bsky.social or mastodon/@team@mastodon.social.'],
    [' , ', 'Say which networks it is for'],
  ])('"%s" is answered with a cure', (text, sentence) => {
    expect(sentenceFor(() => idsFor(text))).toContain(sentence.replace(/ Did you mean @crier$/, ''));
  });

  it.each([
    ['mastodon/Crier Dem', 'There is no network or account called "mastodon/Crier Dem". Did you mean mastodon/Crier Demo?'],
    ['"Crier Dmo"', 'There is no network or account called "Crier Dmo". Did you mean Crier Demo?'],
    ['blusky mastodon', 'There is no network or account called "blusky". Did you mean bluesky?'],
  ])('"%s" is answered with the name of several words that is like it, else word by word', (text, sentence) => {
    const accounts = [...ACCOUNTS, account('l1', 'mastodon', 'Crier Demo')];
    expect(sentenceFor(() => idsFor(text, accounts))).toBe(sentence);
  });

  it('asks to connect a known network that has no account', () => {
    const sentence = sentenceFor(() => idsFor('mastodon', ACCOUNTS.slice(0, 1)));
    expect(sentence).toBe('No Mastodon account is connected yet. Connect one with /connect mastodon.');
  });

  it('asks to connect anything where nothing is connected', () => {
    expect(sentenceFor(() => idsFor('all', []))).toBe('No account is connected yet. Connect one with /connect.');
  });

  describe('where an account has lost its login', () => {
    const lost = account('m3', 'mastodon', '@lost@chaos.social', {
      state: 'disconnected',
      stateReason: 'Mastodon took the access back.',
    });

    it('refuses it by name, with the reason and the cure', () => {
      expect(sentenceFor(() => idsFor('@lost', [...ACCOUNTS, lost]))).toBe(
        'Mastodon (@lost@chaos.social) is disconnected (Mastodon took the access back). Connect it again with /connect mastodon.',
      );
    });

    it('refuses its network where it was the only account there', () => {
      expect(sentenceFor(() => idsFor('mastodon', [lost]))).toContain('/connect mastodon');
    });

    it('takes the connected ones for the network and for all', () => {
      expect(idsFor('mastodon', [...ACCOUNTS, lost])).toEqual(['m1', 'm2']);
      expect(idsFor('all', [...ACCOUNTS, lost])).toEqual(['b1', 'm1', 'm2']);
    });
  });
});

describe('one account', () => {
  it.each([
    ['bluesky', 'b1'],
    ['@crier', 'm2'],
    ['mastodon/@team', 'm1'],
  ])('"%s" is %s', (text, id) => {
    expect(resolveAccount(text, ACCOUNTS, platforms).id).toBe(id);
  });

  it('is found by a handle of several words, in quotes or not', () => {
    const accounts = [...ACCOUNTS, account('l1', 'mastodon', 'Crier Demo')];
    const names = ['mastodon/Crier Demo', 'mastodon/"Crier Demo"', '"crier demo"', 'Crier Demo'];
    expect(names.map((name) => resolveAccount(name, accounts, platforms).id)).toEqual(['l1', 'l1', 'l1', 'l1']);
  });

  it('is asked for by its full name where a network has several', () => {
    expect(sentenceFor(() => resolveAccount('mastodon', ACCOUNTS, platforms))).toContain('mastodon/@crier@chaos.social');
  });
});
