// Lines that hold a secret: never shown again, and never taken where others read along.
import { describe, expect, it } from 'vitest';
import { buttonId } from '../../src/bots/reply.ts';
import { maskSecrets, mayHoldSecret, refuseSecret } from '../../src/bots/secrets.ts';
import { platforms } from '../core/usecases/newsroom.ts';
import { wordsOf } from './commands/desk.ts';

describe('lines with secrets', () => {
  const names = ['password', 'token'];

  it.each([
    ['/connect bluesky handle:me password:abc', '/connect bluesky handle:me password:•••'],
    ['/connect bluesky password:"a b" handle:me', '/connect bluesky password:••• handle:me'],
    ['/connect bluesky password:"a \\" b" handle:me', '/connect bluesky password:••• handle:me'],
    ['/connect x PASSWORD=abc token: def', '/connect x PASSWORD=••• token: •••'],
    ['/connect x --password abc', '/connect x --password •••'],
    ['/connect x password:"never closed', '/connect x password:•••'],
    ['/say a tokens:1', '/say a tokens:1'],
  ])('%j is shown as %j', (line, shown) => {
    expect(maskSecrets(line, names)).toBe(shown);
  });

  it.each([
    ['/connect bluesky', true],
    ['/conect bluesky secret', true],
    ['connect bluesky', true],
    ['/say password:abc', true],
    ['/schedule tomorrow to x: password please', false],
    ['/posts', false],
  ])('%j may hold one: %s', (line, may) => {
    expect(mayHoldSecret(line, names)).toBe(may);
  });

  it('are not looked for where no network has any', () => {
    expect(maskSecrets('password:abc', [])).toBe('password:abc');
  });
});

describe('a secret typed into a chat', () => {
  it.each([
    ['/connect bluesky handle:me password:abc', 'Connect Bluesky'],
    ['/connect bluesky handle:me password:"a b"', 'Connect Bluesky'],
    ['connect bluesky password=abc', 'Connect Bluesky'],
    ['/conect Bluesky PASSWORD: abc', 'Connect Bluesky'],
    ['/connect bsky pasword:abc', 'Connect Bluesky'],
    ['/connect masto --password abc-def', 'Connect Mastodon'],
    ['/connect bluesky app-password:abcd-efgh-ijkl-mnop', 'Connect Bluesky'],
    ['/connect bluesky me.bsky.social abcd-efgh-ijkl-mnop', 'Connect Bluesky'],
    ['/connect mastodon pass:abc', 'Connect Mastodon'],
    ['/crier connect mastodon token: abc', 'Connect Mastodon'],
    ['can you please connect my bluesky, the app password is abc-123', 'Connect Bluesky'],
    ['/connect password:abc', 'Connect an account'],
    ['my bluesky app password is abcd-efgh-ijkl-mnop', 'Connect Bluesky'],
    ['bluesky handle:me password:abcd-efgh', 'Connect Bluesky'],
    ['/crier mastodon, token: abc', 'Connect Mastodon'],
    ['please set up mastodon, token: 0123abcdefghijklmnopqr', 'Connect Mastodon'],
    ['abcd-efgh-ijkl-mnop', 'Connect an account'],
  ])('%s', (line, label) => {
    const reply = refuseSecret(line, platforms);
    expect(reply).toMatchObject({ tone: 'bad', private: true });
    expect(reply?.buttons?.map((button) => button.label)).toEqual([label]);
    expect(reply && wordsOf(reply)).toContain('nothing of that line was kept');
    expect(JSON.stringify(reply)).not.toMatch(/abc/);
  });

  it('is answered with the form, where nobody else sees it', () => {
    const [known] = refuseSecret('/connect bluesky password:abc', platforms)?.buttons ?? [];
    const [unknown] = refuseSecret('/connect password:abc', platforms)?.buttons ?? [];
    expect([known && buttonId(known), unknown && buttonId(unknown)]).toEqual(['connect/form/bluesky', 'connect/choose/network']);
  });

  it.each([
    '/connect bluesky',
    '/connect',
    '/connect bluesky handle:me.bsky.social',
    '/connect bluesky handle:did:plc:ewvi7nxzyoun6zhxrhs64oiz',
    '/connect mastodon handle:me service:https://mastodon.social',
    'connect bluesky please',
    'what password do I need to connect bluesky?',
    '/schedule tomorrow 9am to x: connect with us, password: kites2',
    'post this to x: connect today, the password is kite-2',
    '/say password:abc',
    '/help connect',
    '/posts',
    '',
  ])('is not seen in "%s"', (line) => {
    expect(refuseSecret(line, platforms)).toBeNull();
  });
});
