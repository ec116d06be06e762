// What every platform promises of telling failures apart: refused, unavailable, unknown.
import { expect, it } from 'vitest';
import { CrierError } from '../../../src/core/errors.ts';
import { deadAddress } from '../../support/local-server.ts';
import { type Current, loginRefused, openHarness, picture, type Subject } from '../harness.ts';

export function describeFailures(subject: Subject, current: Current): void {
  const { platform, publicRequest, uploadRequest, imagesApart = false, namesNoWait = false } = subject;
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

  if (!imagesApart) {
    it.each([{ status: 500 }, { status: 503 }, { drop: 'before-applying' as const }, { drop: 'after-applying' as const }])(
      'an upload that fails with %j is only unavailable, as no post can be out',
      async (fault) => {
        const { delivery, network } = current();
        const { failure, beforeSends } = await delivery({ media: [await picture()] });
        network.faults.order({ match: uploadRequest, times: 9, ...fault });
        expect((await failure()).kind).toBe('unavailable');
        expect([beforeSends(), network.posts().length]).toEqual([0, 0]);
      },
    );
  }

  if (!imagesApart) {
    it('a refused upload is refused', async () => {
      const { delivery, network } = current();
      const { failure } = await delivery({ media: [await picture()] });
      network.faults.order({ match: uploadRequest, status: 413 });
      expect((await failure()).kind).toBe('rejected');
    });
  }

  it('no answer in time is an unknown outcome, and the post is found', async () => {
    const impatient = await openHarness(subject, { timeoutMs: 500 });
    try {
      const { failure, find } = await impatient.delivery();
      impatient.network.faults.order({ match: publicRequest, hold: true });
      expect(await failure()).toMatchObject({ kind: 'outcome-unknown', userMessage: expect.stringContaining('in time') });
      expect(await find()).toMatchObject({ kind: 'found' });
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
}
