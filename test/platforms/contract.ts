// The promises every platform makes, as tests that run over each of them against its emulated network.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrierError } from '../../src/core/errors.ts';
import { deadAddress } from '../support/local-server.ts';
import { type Delivery, failureOf, type Harness, openHarness, picture, type Subject } from './harness.ts';

export function describeContract(subject: Subject): void {
  const { platform } = subject;
  let harness: Harness;
  beforeEach(async () => {
    harness = await openHarness(subject);
  });
  afterEach(() => harness.close());
  const current = (): Harness => harness;

  describe(`${platform.name} keeps the contract`, () => {
    describe('of connecting', () => describeConnect(subject, current));
    describe('of publishing', () => describePublish(subject, current));
    describe('of its limits', () => describeLimits(subject, current));
    describe('of failing', () => describeFailures(subject, current));
    describe('of never posting twice', () => describeRepeats(subject, current));
    describe('of finding what it posted', () => describeFinding(subject, current));
  });
}

type Current = () => Harness;

function describeConnect({ platform, serverField, secretField }: Subject, current: Current): void {
  it('takes the right login', async () => {
    const { network, connect } = current();
    const account = await connect();
    expect(account).toMatchObject({ service: network.url, expiresAt: null });
    expect(account.handle).toMatch(/^@\w/);
    expect(account.remoteId).not.toBe('');
    expect(platform.limits(account.announcedLimits).text[0].max).toBeGreaterThan(0);
  });

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

function describePublish({ publicRequest }: Subject, current: Current): void {
  it('posts the text, and its URL opens it', async () => {
    const { delivery, network } = current();
    const { publish } = await delivery({ text: 'Hello from Crier' });
    const published = await publish();
    const [post, ...others] = network.posts();
    expect(others).toEqual([]);
    expect(post).toMatchObject({ text: 'Hello from Crier', id: published.remoteId });
    const page = await fetch(published.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Hello from Crier');
  });

  it('posts several lines, emoji and links as they are', async () => {
    const { delivery, network } = current();
    const text = 'First line\n\nSecond 👩‍🚀 with https://example.com/a?b=1#c and #Crier';
    const { publish } = await delivery({ text });
    await publish();
    expect(network.posts().map((post) => post.text)).toEqual([text]);
  });

  it('posts images in order, with their alt text', async () => {
    const { delivery, network } = current();
    const media = [await picture({ id: 'm1', altText: 'First' }), await picture({ id: 'm2', altText: '', size: 5000 })];
    const { publish } = await delivery({ media });
    await publish();
    expect(network.posts().map((post) => post.images)).toEqual([
      [
        { alt: 'First', size: media[0]?.size },
        { alt: '', size: 5000 },
      ],
    ]);
  });

  it('calls beforeSend once, after everything else and before the public request', async () => {
    const { delivery, network, countRequests } = current();
    let seenBefore: number | undefined;
    let requestsBefore = 0;
    const { publish } = await delivery({
      media: [await picture()],
      beforeSend: async () => {
        expect(seenBefore).toBeUndefined();
        seenBefore = countRequests(publicRequest);
        requestsBefore = network.requests().length;
      },
    });
    await publish();
    expect(seenBefore).toBe(0);
    expect(countRequests(publicRequest)).toBe(1);
    expect(network.requests().length).toBe(requestsBefore + 1);
  });

  it('sends nothing where beforeSend throws, and passes on what it threw', async () => {
    const { delivery, network, countRequests } = current();
    const lost = new Error('the lease was lost');
    const { publish } = await delivery({ beforeSend: () => Promise.reject(lost) });
    await expect(publish()).rejects.toBe(lost);
    expect(countRequests(publicRequest)).toBe(0);
    expect(network.posts()).toEqual([]);
  });

  it('sends nothing once it was told to stop', async () => {
    const { delivery, network } = current();
    const { failure, beforeSends } = await delivery({ signal: AbortSignal.abort() });
    expect((await failure()).kind).toBe('unavailable');
    expect([beforeSends(), network.posts().length]).toEqual([0, 0]);
  });

  it.each([null, { nonsense: true }])(
    'says that the account must be connected again where %j is stored for it',
    async (credentials) => {
      const { delivery } = current();
      const { failure } = await delivery({ credentials: credentials ?? {} });
      expect((await failure()).kind).toBe('auth-revoked');
    },
  );
}

function describeLimits({ platform }: Subject, current: Current): void {
  const limitsNow = async () => platform.limits((await current().connect()).announcedLimits);

  it('counts as the network does: the longest text goes out, one more does not', async () => {
    const { delivery, network } = current();
    const [limit] = (await limitsNow()).text;
    const longest = '👩‍🚀é'.repeat(10).padEnd(limit.max + 10 * ('👩‍🚀é'.length - 2), 'x');
    expect(limit.count(longest)).toBe(limit.max);
    const fits = await delivery({ text: longest });
    await fits.publish();
    const tooLong = await delivery({ text: `${longest}x`, idempotencyKey: 'delivery-2' });
    expect(limit.count(tooLong.context.text)).toBe(limit.max + 1);
    expect((await tooLong.failure()).kind).toBe('rejected');
    expect(network.posts()).toHaveLength(1);
  });

  it('takes as many images as it says, and no more', async () => {
    const { delivery, network } = current();
    const { images } = await limitsNow();
    const media = await Promise.all(Array.from({ length: (images?.max ?? 0) + 1 }, (_, index) => picture({ id: `m${index}` })));
    const most = await delivery({ media: media.slice(1) });
    await most.publish();
    const tooMany = await delivery({ media, idempotencyKey: 'delivery-2' });
    expect((await tooMany.failure()).kind).toBe('rejected');
    expect(network.posts().map((post) => post.images.length)).toEqual([images?.max]);
  });

  it('takes an image of the size it says, and no larger', async () => {
    const { delivery, network } = current();
    const { images } = await limitsNow();
    const maxBytes = images?.maxBytes ?? 0;
    const largest = await delivery({ media: [await picture({ size: maxBytes })] });
    await largest.publish();
    const tooLarge = await delivery({ media: [await picture({ size: maxBytes + 1 })], idempotencyKey: 'delivery-2' });
    expect((await tooLarge.failure()).kind).toBe('rejected');
    expect(network.posts().map((post) => post.images.map(({ size }) => size))).toEqual([[maxBytes]]);
  });

  it('has limits without a server having announced any', () => {
    expect(platform.limits(null).text[0].max).toBeGreaterThan(0);
  });
}

function describeFailures(subject: Subject, current: Current): void {
  const { platform, publicRequest, uploadRequest } = subject;
  it.each([
    [401, 'auth-revoked'],
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

  it("429 with the network's own headers tells when to come back", async () => {
    const { delivery, network } = current();
    const { failure } = await delivery();
    network.faults.order({ match: publicRequest, status: 429 });
    expect((await failure()).retryAfterMs).toBeTypeOf('number');
  });

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

  it('a refused upload is refused', async () => {
    const { delivery, network } = current();
    const { failure } = await delivery({ media: [await picture()] });
    network.faults.order({ match: uploadRequest, status: 413 });
    expect((await failure()).kind).toBe('rejected');
  });

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

function describeRepeats({ platform, publicRequest, uploadRequest }: Subject, current: Current): void {
  it('a repeat with the same key makes no second post, even without what the first try stored', async () => {
    const { delivery, network } = current();
    const first = await (await delivery()).publish();
    const second = await (await delivery()).publish();
    expect(second).toEqual(first);
    expect(network.posts()).toHaveLength(1);
  });

  it('another key makes another post, even of the same text', async () => {
    const { delivery, network } = current();
    await (await delivery({ idempotencyKey: 'one' })).publish();
    await (await delivery({ idempotencyKey: 'two' })).publish();
    expect(network.posts()).toHaveLength(2);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection that drops %s applying is an unknown outcome; the repeat leaves one post', async (when, applied) => {
    const { delivery, network } = current();
    const { failure, publish } = await delivery();
    network.faults.order({ match: publicRequest, drop: `${when}-applying` });
    expect((await failure()).kind).toBe('outcome-unknown');
    expect(network.posts()).toHaveLength(applied);
    const published = await publish();
    expect(network.posts().map((post) => post.id)).toEqual([published.remoteId]);
  });

  it('a 503 on a request that was applied is settled by the repeat', async () => {
    const { delivery, network } = current();
    const { context, publish } = await delivery();
    network.faults.order({ match: publicRequest, status: 503, apply: true });
    await publish().catch((error: unknown) => expect(platform.classifyError(error).kind).toBe('outcome-unknown'));
    const published = await publish();
    expect(network.posts()).toMatchObject([{ id: published.remoteId, text: context.text }]);
  });

  it.each(['before-applying', 'after-applying'] as const)(
    'goes on from its handles: dropped %s, the images are not uploaded again',
    async (drop) => {
      const { delivery, network, countRequests } = current();
      const media = [await picture({ id: 'm1' }), await picture({ id: 'm2', size: 5000 })];
      const { failure, publish } = await delivery({ media });
      network.faults.order({ match: publicRequest, drop });
      await failure();
      expect(countRequests(uploadRequest)).toBe(2);
      await publish();
      expect(countRequests(uploadRequest)).toBe(2);
      expect(network.posts().map((post) => post.images.length)).toEqual([2]);
    },
  );

  it('goes on from the image where it stopped', async () => {
    const { delivery, network, countRequests } = current();
    const broken = await picture({ id: 'm2', size: 5000 });
    let reads = 0;
    const media = [
      await picture({ id: 'm1' }),
      {
        ...broken,
        read: async () => {
          reads += 1;
          if (reads === 1) throw new Error('the disk is away');
          return broken.read();
        },
      },
    ];
    const { failure, publish } = await delivery({ media });
    expect((await failure()).kind).toBe('unavailable');
    expect(countRequests(uploadRequest)).toBe(1);
    await publish();
    expect(countRequests(uploadRequest)).toBe(2);
    expect(network.posts().map((post) => post.images.length)).toEqual([2]);
  });

  it('uploads anew where what an earlier try left is days old', async () => {
    const { delivery, network, pass, countRequests } = current();
    const { failure, publish } = await delivery({ media: [await picture()] });
    network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await failure();
    pass({ hours: 49 });
    await publish();
    expect(countRequests(uploadRequest)).toBe(2);
    expect(network.posts()).toHaveLength(1);
  });
}

function describeFinding({ publicRequest, findRequest, platform }: Subject, current: Current): void {
  const publishedButUnknown = async (delivery: Delivery): Promise<void> => {
    current().network.faults.order({ match: publicRequest, drop: 'after-applying' });
    await delivery.failure();
  };

  it.each([0, 1])('finds a post that went out unheard, with %i images', async (images) => {
    const { delivery, network } = current();
    const media = images > 0 ? [await picture()] : [];
    const unheard = await delivery({ media, text: '  Two lines\nand a space  ' });
    await publishedButUnknown(unheard);
    const [post] = network.posts();
    expect(await unheard.find()).toMatchObject({ kind: 'found', remoteId: post?.id, url: post?.url });
  });

  it.each([0, 1])('knows that a post did not go out, with %i images', async (images) => {
    const { delivery, network } = current();
    const other = await delivery({ idempotencyKey: 'other', text: 'Something else' });
    await other.publish();
    const lost = await delivery({ media: images > 0 ? [await picture()] : [] });
    network.faults.order({ match: publicRequest, drop: 'before-applying' });
    await lost.failure();
    expect(await lost.find()).toEqual({ kind: 'absent' });
  });

  it('does not take the post of another delivery for its own', async () => {
    const { delivery } = current();
    const twin = await (await delivery({ idempotencyKey: 'twin' })).publish();
    const lost = await delivery();
    const isTaken = async (remoteId: string) => remoteId === twin.remoteId;
    expect(await lost.find({ isTaken })).toEqual({ kind: 'absent' });
  });

  it('cannot say while the network does not answer', async () => {
    const { delivery, network } = current();
    const lost = await delivery();
    network.faults.order({ match: findRequest, times: 9, status: 503 });
    expect(await lost.find()).toEqual({ kind: 'cannot-say' });
    network.faults.clear();
    network.faults.order({ match: findRequest, times: 9, drop: 'before-applying' });
    expect(await lost.find()).toEqual({ kind: 'cannot-say' });
  });

  it('says so where the login is gone', async () => {
    const { delivery, network } = current();
    const lost = await delivery();
    network.faults.order({ match: findRequest, times: 9, status: 401 });
    expect((await failureOf(platform, lost.find())).kind).toBe('auth-revoked');
  });
}
