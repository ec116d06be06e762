// What the vault promises: only the right key, for the right row, unaltered.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CrierError, type ErrorKind } from '../../src/core/errors.ts';
import { checkCanary, keyFrom, makeCanary, makeKeyHex, openVault, type Vault } from '../../src/db/vault.ts';

const FIRST = keyFrom('00'.repeat(32));
const SECOND = keyFrom('ab'.repeat(32));
const vault = openVault({ current: FIRST, old: [] });

/** The sentence a person would read. */
function refusal(open: () => unknown, ...kinds: ErrorKind[]): string {
  try {
    open();
  } catch (error) {
    if (error instanceof CrierError && (kinds.length === 0 ? ['invalid-input'] : kinds).includes(error.kind))
      return error.userMessage;
    throw error;
  }
  throw new Error('it opened');
}

describe('a vault', () => {
  it.each([{ value: { accessJwt: 'a', nested: [1, null, 'ü🙂'] } }, { value: '' }, { value: null }, { value: 0 }])(
    'gives back $value',
    ({ value }) => {
      expect(vault.open(vault.seal(value, 'account-1'), 'account-1')).toEqual(value);
    },
  );

  it('seals the same value differently each time, and never readably', () => {
    const [one, two] = [vault.seal('secret-token', 'a'), vault.seal('secret-token', 'a')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('secret-token');
    expect(one).not.toContain(Buffer.from('secret-token').toString('base64url'));
  });

  it('opens a value only for the account it was sealed for', () => {
    const sealed = vault.seal('token', 'account-1');
    expect(refusal(() => vault.open(sealed, 'account-2'))).toContain('altered in the database, or moved');
  });

  it('refuses a value of which any single character was changed', () => {
    const sealed = vault.seal('t', 'a');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      // a changed name of the key names one that is not here
      expect(refusal(() => vault.open(changed, 'a'), 'invalid-input', 'unavailable')).toMatch(/sealed/);
    }
  });

  it('names the key it would need, and those it has, when the key is wrong', () => {
    const other: Vault = openVault({ current: SECOND, old: [] });
    const message = refusal(() => other.open(vault.seal('token', 'a'), 'a'), 'unavailable');
    expect(message).toContain(FIRST.id);
    expect(message).toContain(SECOND.id);
    expect(message).toContain('ENCRYPTION_KEY');
    expect(other.canOpen(vault.seal('token', 'a'))).toBe(false);
  });

  it('opens with an old key what that key sealed, and seals with the current one', () => {
    const rotated = openVault({ current: SECOND, old: [FIRST] });
    const before = vault.seal('token', 'a');
    expect(rotated.open(before, 'a')).toBe('token');
    expect(rotated.isCurrent(before)).toBe(false);
    expect(rotated.isCurrent(rotated.seal('token', 'a'))).toBe(true);
  });

  it.each(['', 'v1', 'v1.abcd', 'v2.00000000.AAAA', 'not sealed at all', 'v1.00000000.AAAA'])(
    'says that %j was not written by it',
    (text) => {
      expect(refusal(() => vault.open(text, 'a'))).toContain('not one that this version of Crier wrote');
    },
  );
});

describe('a canary', () => {
  it('passes with the key that made it, and with that key as an old one', () => {
    const canary = makeCanary(vault);
    checkCanary(vault, canary);
    checkCanary(openVault({ current: SECOND, old: [FIRST] }), canary);
  });

  it('fails with another key', () => {
    const other = openVault({ current: SECOND, old: [] });
    expect(refusal(() => checkCanary(other, makeCanary(vault)), 'unavailable')).toContain(FIRST.id);
  });
});

describe('a key', () => {
  it('is made of 64 hex digits, in either case', () => {
    expect(keyFrom('AB'.repeat(32)).id).toBe(SECOND.id);
    expect(keyFrom(makeKeyHex()).id).toMatch(/^[0-9a-f]{8}$/);
  });

  it.each(['', 'secret', 'g'.repeat(64), 'a'.repeat(63)])('is refused as %j, without repeating it', (text) => {
    const message = refusal(() => keyFrom(text));
    expect(message).toContain('64 hex digits');
    if (text !== '') expect(message).not.toContain(text);
  });

  it('does not show itself when it is inspected', () => {
    expect(inspect(SECOND, { depth: 10 })).not.toContain('abab');
  });
});
