// What every platform promises of telling failures apart: refused, unavailable, unknown.
import { expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import type { FaultOrder } from '../../../src/emulator/faults.ts';
import { deadAddress } from '../../support/local-server.ts';
import { type Current, type Harness, loginRefused, openHarness, picture, type Subject } from '../harness.ts';

export function describeFailures(subject: Subject, current: Current): void {
  const { platform, publicRequest, namesNoWait = false } = subject;
  it.each([
    [403, 'rejected'],
    [422, 'rejected'],
    [500, 'outcome-unknown'],
    [502, 'outcome-unknown'],
    [503, 'outcome-unknown'],
  ])('%i on the public request is %s', async (status, kind) => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    network.faults.order({ match: publicRequest, times: 9, status });
    expect((await failure()).kind).toBe(kind);
    expect(network.posts()).toEqual([]);
  });

  it('401 on the public request says that the login is not accepted', async () => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    network.faults.order({ match: publicRequest, times: 9, status: 401 });
    expect(loginRefused(platform)).toContain((await failure()).kind);
    expect(network.posts()).toEqual([]);
  });

  it.each([
    ['Retry-After in seconds', { 'retry-after': '90' }, 90_000],
    ['Retry-After as a date', { date: 'Sun, 22 Nov 2026 12:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 12:02:00 GMT' }, 120_000],
    ['nothing', {}, undefined],
  ])('429 with %s is rate-limited for as long as it says', async (_, headers, retryAfterMs) => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    network.faults.order({ match: publicRequest, status: 429, headers });
    const { kind, retryAfterMs: wait } = await failure();
    expect({ kind, wait }).toEqual({ kind: 'rate-limited', wait: retryAfterMs });
  });

  if (!namesNoWait) {
    it("429 with the network's own headers tells when to come back", async () => {
      const { delivery, network } = current();
      const { failure } = await delivery();
      network.faults.order({ match: publicRequest, status: 429 });
      expect((await failure()).retryAfterMs).toBeTypeOf('number');
    });
  }

  it('an error page instead of an answer is an unknown outcome', async () => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    const page = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' };
    network.faults.order({ match: publicRequest, ...page });
    expect((await failure()).kind).toBe('outcome-unknown');
  });

  it('a success nobody can read is an unknown outcome, as it was applied', async () => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    network.faults.order({ match: publicRequest, status: 200, body: { surprise: true }, apply: true });
    expect((await failure()).kind).toBe('outcome-unknown');
  });

  it.each([
    ['applied', {}, 'found'],
    ['not applied', { status: 503 }, 'absent'],
  ] as const)('no answer in time to what was %s is an unknown outcome, and settled by asking', async (_, fault, kind) => {
    const impatient = await openHarness(subject, { timeoutMs: 500 });
    try {
      const { failure, find } = await impatient.delivery();
      impatient.network.faults.order({ match: publicRequest, hold: true, ...fault });
      expect(await failure()).toMatchObject({ kind: 'outcome-unknown', userMessage: expect.stringContaining('in time') });
      impatient.pass({ milliseconds: platform.capabilities.settlesWithinMs });
      expect(await find()).toMatchObject({ kind });
    } finally {
      await impatient.close();
    }
  });

  it('a server where nobody listens is unavailable', async () => {
    const { delivery } = current();
    const { context } = await delivery();
    const { failure } = await delivery({ account: { ...context.account, service: await deadAddress() } });
    expect((await failure()).kind).toBe('unavailable');
  });

  it('an error never carries the login', async () => {
    const { delivery, network } = current();
    const { failure, context } = await delivery();
    network.faults.order({ match: publicRequest, status: 403 });
    const { userMessage, meta } = await failure();
    const told = JSON.stringify([userMessage, meta]);
    for (const secret of Object.values(context.credentials)) {
      if (typeof secret === 'string' && !secret.startsWith('did:') && !secret.endsWith('.test'))
        expect(told).not.toContain(secret);
    }
  });

  it('anything unforeseen is an unknown outcome, and a CrierError stays what it is', () => {
    const known = new CrierError('not-found', 'gone');
    expect(platform.classifyError(known)).toBe(known);
    expect(platform.classifyError(new Error('what')).kind).toBe('outcome-unknown');
    expect(platform.classifyError('what').kind).toBe('outcome-unknown');
  });

  describeUploads(subject, current);
}

/** What goes ahead of the public request: whatever becomes of it, no post can be out. */
function describeUploads(subject: Subject, current: Current): void {
  const { platform, uploadRequest, videoRequest, imagesApart = false, videosApart = false, files } = subject;
  const request = imagesApart && videosApart ? videoRequest : uploadRequest;
  const media = async () => (await files?.()) ?? [await picture()];
  const kindOf = async (harness: Harness, fault: Omit<FaultOrder, 'match'>): Promise<string> => {
    const { failure, beforeSends } = await harness.delivery({ media: await media() });
    harness.network.faults.order({ match: request, times: 9, ...fault });
    const { kind } = await failure();
    expect([beforeSends(), harness.network.posts().length]).toEqual([0, 0]);
    return kind;
  };

  it.each([{ status: 500 }, { status: 503 }, { drop: 'before-applying' as const }, { drop: 'after-applying' as const }])(
    'an upload that fails with %j is only unavailable',
    async (fault) => {
      expect(await kindOf(current(), fault)).toBe('unavailable');
    },
  );

  it.each([
    [403, ['rejected']],
    [413, ['rejected']],
    [429, ['rate-limited']],
    [401, loginRefused(platform)],
  ])('an upload answered with %i is told apart as %j', async (status, kinds) => {
    expect(kinds).toContain(await kindOf(current(), { status }));
  });

  it('an upload that is not answered in time is only unavailable', async () => {
    const impatient = await openHarness(subject, { timeoutMs: 300 });
    try {
      expect(await kindOf(impatient, { hold: true })).toBe('unavailable');
    } finally {
      await impatient.close();
    }
  });
}
