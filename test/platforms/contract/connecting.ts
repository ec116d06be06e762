// What every platform promises of connecting an account.
import { expect, it } from 'vitest';
import type { Platform } from '../../../src/core/platform.ts';
import { deadAddress } from '../../support/local-server.ts';
import { type Current, failureOf, type Subject } from '../harness.ts';

export function describeConnect(subject: Subject, current: Current): void {
  const { platform, serverField, secretField } = subject;
  it('takes the right login', async () => {
    const { network, connect } = current();
    const account = await connect();
    expect(account.service).toBe(network.url);
    expect(account.handle).toMatch(/\w/);
    expect(account.remoteId).not.toBe('');
    expect(platform.limits(account.announcedLimits).text[0].max).toBeGreaterThan(0);
  });

  if (!platform.connect) return;
  if (!serverField || !secretField) throw new Error(`the contract of ${platform.name} names no field for server or secret`);
  describeTyped(platform, { serverField, secretField }, current);
}

function describeTyped(
  platform: Platform,
  { serverField, secretField }: { serverField: string; secretField: string },
  current: Current,
): void {
  it('names the secret where that is wrong, and does not repeat it', async () => {
    const { network, connect } = current();
    const failure = await failureOf(platform, connect({ ...network.demo, [secretField]: 'guessed-secret' }));
    expect(failure.kind).toBe('invalid-input');
    expect(failure.userMessage).toContain(secretField);
    expect(JSON.stringify([failure.userMessage, failure.meta])).not.toContain('guessed-secret');
  });

  it.each(platform.setup.fields.filter((field) => field.required).map((field) => field.name))(
    'asks for a missing %s',
    async (field) => {
      const { network, connect } = current();
      const failure = await failureOf(platform, connect({ ...network.demo, [field]: ' ' }));
      expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(field) });
    },
  );

  it('names the server where nobody answers', async () => {
    const { network, connect } = current();
    const failure = await failureOf(platform, connect({ ...network.demo, [serverField]: await deadAddress() }));
    expect(failure).toMatchObject({ kind: 'unavailable', userMessage: expect.stringContaining(serverField) });
  });

  it('names the server where it is none of this network', async () => {
    const { network, emulator, connect } = current();
    const other = Object.values(emulator.networks).find(({ url }) => url !== network.url);
    const failure = await failureOf(platform, connect({ ...network.demo, [serverField]: other?.url ?? '' }));
    expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(serverField) });
  });

  it.each(['not a url', 'ftp://example.com', 'http://example.com', 'https://me:secret@example.com'])(
    'refuses the server %j',
    async (url) => {
      const { network, connect } = current();
      const failure = await failureOf(platform, connect({ ...network.demo, [serverField]: url }));
      expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining(serverField) });
    },
  );

  it('refuses a server on a private address that is not allowed', async () => {
    const { connect, network } = current();
    const failure = await failureOf(platform, connect(network.demo, []));
    expect(failure).toMatchObject({ kind: 'invalid-input', userMessage: expect.stringContaining('CRIER_ALLOW_PRIVATE_HOSTS') });
    expect(network.requests()).toEqual([]);
  });
}
