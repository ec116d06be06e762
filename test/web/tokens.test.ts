// Tokens in requests: how they are read, compared, and what is written down of wrong ones.
import { describe, expect, it } from 'vitest';
import { bearerOf, isFromOurPage, isSame, openDoor, passwordOf } from '../../src/web/tokens.ts';
import { keptLog } from '../support/log.ts';
import { basic, steadyAt } from './open-web.ts';

const SETTING = 'CRIER_API_TOKEN';

describe('reading a token', () => {
  it('takes a bearer token in any spelling of the scheme', () => {
    expect(['Bearer abc', 'bearer   abc ', 'BEARER abc'].map(bearerOf)).toEqual(['abc', 'abc', 'abc']);
  });

  it('finds none where there is another scheme, more than one word, or nothing', () => {
    expect([undefined, '', 'abc', 'Bearer', 'Bearer a b', 'Basic abc', 'xBearer abc'].map(bearerOf)).toEqual(
      Array.from({ length: 7 }, () => null),
    );
  });

  it('takes the password that a browser sends, of any user and with colons in it', () => {
    const passwords = [basic('x', 'tö:ken'), basic('', 'a'), basic('me', '')].map((headers) => passwordOf(headers.Authorization));
    expect(passwords).toEqual(['tö:ken', 'a', '']);
    expect([undefined, 'Basic', 'Basic !!', 'Basic YWJj', 'Bearer abc'].map(passwordOf)).toEqual([null, null, null, null, null]);
  });
});

describe('a door', () => {
  it('opens for the token and for nothing like it', () => {
    const { judge } = openDoor({ token: 'correct-horse-battery', setting: SETTING, log: keptLog() });
    expect(judge('correct-horse-battery')).toBe('right');
    const near = ['correct-horse-batter', 'correct-horse-batteryx', 'Correct-horse-battery', '', ' ', null];
    expect(near.map(judge)).toEqual(near.map(() => 'wrong'));
  });

  it('opens for nobody where no token is set', () => {
    const { judge } = openDoor({ token: null, setting: SETTING, log: keptLog() });
    expect([judge(null), judge(''), judge('null')]).toEqual(['closed', 'closed', 'closed']);
  });

  it('writes down that somebody tries, once a minute and without what they tried', () => {
    const [clock, log] = [steadyAt(), keptLog()];
    const { judge } = openDoor({ token: 'correct-horse-battery', setting: SETTING, log }, clock.now);
    for (let n = 0; n < 100; n++) judge(`guess-${n}`);
    // a browser's first request brings none
    judge(null);
    clock.forward(60_000);
    judge('guess-again');
    expect(log.lines.map(({ fields }) => fields)).toEqual([
      { setting: SETTING, tries: 1 },
      { setting: SETTING, tries: 100 },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('guess');
  });

  it('compares texts of any length', () => {
    expect([isSame('a', 'a'), isSame('', 'a'), isSame('a'.repeat(10_000), 'a'), isSame('ä', 'a')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('where a request comes from', () => {
  it('is our page, by the browser’s own word or by the host', () => {
    expect(isFromOurPage({ secFetchSite: 'same-origin', origin: undefined, host: 'crier.example' })).toBe(true);
    expect(isFromOurPage({ secFetchSite: undefined, origin: 'https://crier.example', host: 'crier.example' })).toBe(true);
    expect(isFromOurPage({ secFetchSite: undefined, origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toBe(true);
  });

  it.each([
    { secFetchSite: 'cross-site', origin: 'https://crier.example', host: 'crier.example' },
    { secFetchSite: 'same-site', origin: undefined, host: 'crier.example' },
    { secFetchSite: undefined, origin: 'https://evil.example', host: 'crier.example' },
    { secFetchSite: undefined, origin: 'http://127.0.0.1:3001', host: '127.0.0.1:3000' },
    { secFetchSite: undefined, origin: 'null', host: 'crier.example' },
    { secFetchSite: undefined, origin: undefined, host: 'crier.example' },
    { secFetchSite: undefined, origin: 'https://crier.example', host: undefined },
  ])('is elsewhere for %o', (from) => {
    expect(isFromOurPage(from)).toBe(false);
  });
});
