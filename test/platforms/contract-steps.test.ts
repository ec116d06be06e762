// What every platform promises of a crash between two steps of a publish: the next try goes on with what was stored, there is one post in the
// end, and nothing that is known to be there is uploaded again. Each step of each kind of post is broken once, on a network of its own.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Delivery, type Harness, openHarness, postsOf, type Subject } from './harness.ts';
import type { PostKind } from './subject.ts';
import { subjects } from './subjects.ts';

/** What became of one post, and what it took. */
interface Course {
  /** `out`; `a person is asked`; or the kind of the failure that ended it. */
  end: string;
  posts: [images: number, videos: number][];
  uploads: number;
  /** Requests of the first try, in order. */
  requests: string[];
  /** How often something was stored on the way. */
  saves: number;
}

type Break = (harness: Harness, delivery: Delivery) => void;

for (const subject of subjects) {
  describe(`${subject.platform.name}, broken off`, () => {
    for (const [name, kind] of Object.entries(postsOf(subject)))
      describe(`while it posts ${name}`, () => describeSteps(subject, kind));
  });
}

function describeSteps(subject: Subject, kind: PostKind): void {
  let clean: Course;
  beforeAll(async () => {
    clean = await courseOf(subject, kind);
    expect(clean).toMatchObject({ end: 'out', posts: [expect.any(Array)] });
  });
  const outOnce = () => ({ end: 'out', posts: clean.posts });
  const asksAPerson = () => ({ end: 'a person is asked', posts: expect.toBeOneOf([[], clean.posts]) });

  it.each(['before-applying', 'after-applying'] as const)('at any request, %s: there is one post in the end', async (drop) => {
    const broken = await Promise.all(clean.requests.map((_, index) => courseOf(subject, kind, dropAt(index, drop))));
    for (const [index, { end, posts, uploads }] of broken.entries()) {
      const request = clean.requests[index];
      const expected = request === kind.cannotSay ? asksAPerson() : outOnce();
      expect({ request, end, posts }).toEqual({ request, ...expected });
      const most = isPreparing(subject, request) ? clean.uploads + 1 : clean.uploads;
      expect({ request, uploads }).toEqual({ request, uploads: expect.toBeOneOf([clean.uploads, most]) });
    }
  });

  it('right behind anything it stored: nothing is uploaded again', async () => {
    const broken = await Promise.all(Array.from({ length: clean.saves }, (_, index) => courseOf(subject, kind, stopAt(index))));
    for (const { end, posts, uploads } of broken)
      expect({ end, posts, uploads }).toEqual({ ...outOnce(), uploads: clean.uploads });
  });

  it('right before what makes it public: there is one post in the end', async () => {
    const { end, posts } = await courseOf(subject, kind, stopBeforeSending);
    expect({ end, posts }).toEqual(kind.cannotSay === undefined ? outOnce() : asksAPerson());
  });
}

/** A request that changes something, which only its own answer tells; what makes a post public uploads nothing. */
const isPreparing = ({ publicRequest }: Subject, request = ''): boolean =>
  !request.startsWith('GET ') && request !== publicRequest;

/** The request with that place loses its connection. */
const dropAt =
  (index: number, drop: 'before-applying' | 'after-applying'): Break =>
  ({ network }) => {
    if (index > 0) network.faults.order({ match: '*', times: index });
    network.faults.order({ match: '*', drop });
  };

/** The process stops once what is stored there for the time with that number is stored. */
const stopAt =
  (index: number): Break =>
  (_, { context }) => {
    const { saveHandles } = context;
    let saves = 0;
    context.saveHandles = async (handles) => {
      await saveHandles(handles);
      saves += 1;
      if (saves === index + 1) throw new Error('the process stopped');
    };
  };

const stopBeforeSending: Break = (_, { context }) => {
  const { beforeSend } = context;
  let isFirst = true;
  context.beforeSend = async () => {
    await beforeSend();
    if (isFirst) {
      isFirst = false;
      throw new Error('the process stopped');
    }
  };
};

async function courseOf(subject: Subject, { files }: PostKind, breakIt: Break = () => undefined): Promise<Course> {
  const harness = await openHarness(subject);
  try {
    const { network, delivery, countRequests } = harness;
    const broken = await delivery({ media: await files() });
    const before = network.requests().length;
    let saves = 0;
    const { saveHandles } = broken.context;
    broken.context.saveHandles = async (handles) => {
      saves += 1;
      await saveHandles(handles);
    };
    breakIt(harness, broken);
    let requests: string[] = [];
    const end = await untilOver(subject, harness, broken, () => {
      requests = network
        .requests()
        .slice(before)
        .map(({ method, path }) => `${method} ${path}`);
    });
    const uploads = [...new Set([subject.uploadRequest, subject.videoRequest])].map(countRequests);
    return {
      end,
      posts: network.posts().map(({ images, videos }) => [images.length, videos.length]),
      uploads: uploads.reduce((sum, count) => sum + count, 0),
      requests,
      saves,
    };
  } finally {
    await harness.close();
  }
}

const MOST_TRIES = 5;

/** As the dispatcher goes on: a try that may have sent is asked for, any other is made again. */
async function untilOver(
  { platform }: Subject,
  harness: Harness,
  delivery: Delivery,
  firstTryOver: () => void,
): Promise<Course['end']> {
  let isInDoubt = false;
  let last = '';
  for (let turn = 0; turn < MOST_TRIES; turn += 1) {
    const sends = delivery.beforeSends();
    try {
      if (isInDoubt && platform.capabilities.repeatHarmlessForMs === 0) {
        harness.pass({ milliseconds: platform.capabilities.settlesWithinMs });
        const found = await delivery.find();
        if (found?.kind === 'found') return 'out';
        if (found?.kind !== 'absent') return 'a person is asked';
      }
      await delivery.publish();
      return 'out';
    } catch (error) {
      const { kind } = platform.classifyError(error);
      last = kind;
      if (kind !== 'unavailable' && kind !== 'outcome-unknown') break;
      isInDoubt ||= delivery.beforeSends() > sends && kind === 'outcome-unknown';
    } finally {
      if (turn === 0) firstTryOver();
    }
  }
  return last;
}
