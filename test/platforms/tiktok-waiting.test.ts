// A post that TikTok works on for longer than Crier waits. Waiting takes no time here.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failureOf, type Harness, openHarness } from './harness.ts';
import { CHUNK, STATUS, subject, VIDEO, video } from './tiktok-subject.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const working = { data: { status: 'PROCESSING_UPLOAD', uploaded_bytes: 6618 }, error: { code: 'ok' } };
const complete = { data: { status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [] }, error: { code: 'ok' } };

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness(subject);
});
afterEach(() => harness.close());

it('is in doubt, is asked for again later, and found in the end', async () => {
  const { failure, find } = await harness.delivery({ media: [await video()] });
  harness.network.faults.order({ match: STATUS, times: 999, body: working });
  const inDoubt = { userMessage: expect.stringContaining('still working') };
  expect(await failure()).toMatchObject({ ...inDoubt, kind: 'outcome-unknown' });
  // not a matter for a person yet: it is asked again by the retry plan
  expect(await failureOf(subject.platform, find())).toMatchObject({ ...inDoubt, kind: 'unavailable' });
  harness.network.faults.clear();
  expect(await find()).toMatchObject({ kind: 'found', remoteId: harness.network.posts()[0]?.id });
  expect([harness.countRequests(VIDEO), harness.countRequests(CHUNK)]).toEqual([1, 1]);
});

it('is out, whenever TikTok tells its id: then the page of the account shows it', async () => {
  const { publish } = await harness.delivery({ media: [await video()] });
  harness.network.faults.order({ match: STATUS, times: 999, body: complete });
  const { remoteId, url } = await publish();
  expect([remoteId, url]).toEqual([expect.stringMatching(/^v_pub_file~/), `${harness.network.url}/@crier`]);
  expect(harness.countRequests(STATUS)).toBeLessThan(10);
});
