// What is written down about the settings must not fall behind the settings.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { envExample } from '../../scripts/env-example.ts';
import { readConfig, settings } from '../../src/config.ts';

const textOf = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('.env.example', () => {
  it('is what the settings make it: if this fails, run `npm run env:example` and commit the file', async () => {
    expect(await textOf('.env.example')).toBe(envExample());
  });

  it('changes nothing as it is: every line is a comment', () => {
    expect(
      envExample()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });

  it('offers no key to copy, and else examples that Crier takes', () => {
    const given = [...envExample().matchAll(/^# ([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);
    expect(given.map(([name]) => name)).toEqual(Object.keys(settings));
    const env = Object.fromEntries(given);
    expect(env).toMatchObject({ ENCRYPTION_KEY: '', ENCRYPTION_KEYS_OLD: '' });
    expect(readConfig({ ...env, ENCRYPTION_KEY: 'ab'.repeat(32) }).warnings).toEqual([]);
  });
});

describe('the README', () => {
  it.each(Object.keys(settings))('has %s in its table of settings', async (name) => {
    expect(await textOf('README.md')).toMatch(new RegExp(`^\\| \`${name}\` *\\|`, 'm'));
  });
});
