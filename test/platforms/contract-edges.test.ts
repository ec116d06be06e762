// What every platform promises of its limits: what just fits goes out, what is just past one is refused before anything is sent, and by the
// network itself where Crier did not know better.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/core/account.ts';
import { conversionFor } from '../../src/core/media-conversion.ts';
import type { NetworkOptions } from '../../src/core/network-options.ts';
import type { Limits, Platform } from '../../src/core/platform.ts';
import { problemsOf } from '../../src/core/preview.ts';
import { type EdgePost, edgesOf, fileOf } from './edges.ts';
import { openHarness, type Subject } from './harness.ts';
import { subjects } from './subjects.ts';

const MEGABYTE = 1_000_000;
/** Larger files are announced with their size, and their bytes are not all there. */
const MOST_BYTES = 25 * MEGABYTE;

for (const subject of subjects) {
  describe(`the limits of ${subject.platform.name}`, () => {
    for (const options of optionSets(subject.platform)) describeLimits(subject, options);
    describeNetwork(subject);
  });
}

/** Nothing, and each of the choices there are. */
function optionSets({ options }: Platform): NetworkOptions[] {
  const given = options.flatMap(({ name, example, choices }) =>
    (choices ?? [example.slice(name.length + 1).replaceAll('"', '')]).map((value) => ({ [name]: value })),
  );
  return [{}, ...given];
}

function describeLimits({ platform }: Subject, options: NetworkOptions): void {
  const limits = platform.limits(null, options);
  const account = accountOf(platform);
  const problems = ({ text, media }: EdgePost): string[] =>
    problemsOf(account, platform, { texts: [text], media, options, postName: 'p1' });

  it.each(edgesOf(limits))(
    `$name: at the edge it may be scheduled, past it not, with ${JSON.stringify(options)}`,
    ({ fits, past }) => {
      expect(problems(fits)).toEqual([]);
      const found = problems(past);
      const isMended = past.media.some((file) => conversionFor(limits.images, file) !== null);
      if (isMended) expect(found).toEqual([]);
      else expect(found).toEqual([expect.stringContaining(platform.name)]);
    },
  );
}

const accountOf = ({ id }: Platform): Account => ({
  id: 'a1',
  workspaceId: 'w1',
  platform: id,
  remoteId: 'r1',
  handle: '@crier',
  service: 'https://network.test',
  state: 'connected',
  stateReason: null,
  announcedLimits: null,
  expiresAt: null,
  createdAt: Temporal.Instant.from('2026-11-22T12:00:00Z'),
});

function describeNetwork(subject: Subject): void {
  const { platform, unchecked = [] } = subject;
  const names = edgesOf(platform.limits(null)).map(({ name }) => name);

  it('the network looks at every edge but those that its subject names', () => {
    expect(names).toEqual(expect.arrayContaining([...unchecked]));
  });

  it.each(names.filter((name) => !unchecked.includes(name)))(
    '%s: the network takes what is at the edge, and refuses what is past it',
    async (name) => {
      const edge = edgesOf(await limitsOf(subject)).find((each) => each.name === name);
      if (!edge) throw new Error(`the demo account has no ${name}`);
      const isClaim = edge.fits.media.some(({ size }) => size > MOST_BYTES);
      const [at, beyond] = await Promise.all([isClaim ? '1 post' : outcomeOf(subject, edge.fits), outcomeOf(subject, edge.past)]);
      expect({ at, beyond }).toEqual({ at: '1 post', beyond: 'rejected, 0 posts' });
    },
  );
}

/** As the demo account learns them. */
async function limitsOf(subject: Subject): Promise<Limits> {
  const harness = await openHarness(subject);
  try {
    return subject.platform.limits((await harness.connect()).announcedLimits);
  } finally {
    await harness.close();
  }
}

async function outcomeOf(subject: Subject, { text, media }: EdgePost): Promise<string> {
  const harness = await openHarness(subject);
  try {
    const files = await Promise.all(media.map((file, index) => fileOf(file, index, MOST_BYTES)));
    const { publish } = await harness.delivery({ text, media: files });
    const posts = (): string => `${harness.network.posts().length} post${harness.network.posts().length === 1 ? '' : 's'}`;
    try {
      await publish();
      return posts();
    } catch (error) {
      return `${subject.platform.classifyError(error).kind}, ${posts()}`;
    }
  } finally {
    await harness.close();
  }
}
