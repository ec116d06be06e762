// The promises every platform makes, as tests that run over each of them against its emulated network; one file per promise.
import { afterEach, beforeEach, describe } from 'vitest';
import { describeConnect } from './contract/connecting.ts';
import { describeFailures } from './contract/failing.ts';
import { describeFinding } from './contract/finding.ts';
import { describeLinking } from './contract/linking.ts';
import { describeLimits, describePublish } from './contract/publishing.ts';
import { describeRefreshing } from './contract/refreshing.ts';
import { describeRepeats } from './contract/repeating.ts';
import { describeThreads } from './contract/threads.ts';
import { describeVideos } from './contract/videos.ts';
import { type Harness, openHarness, type Subject } from './harness.ts';

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
    const { oauth } = platform;
    if (oauth) describe('of connecting by a link', () => describeLinking(subject, oauth, current));
    if (platform.refresh) describe('of renewing logins', () => describeRefreshing(subject, current));
    describe('of publishing', () => describePublish(subject, current));
    describe('of its limits', () => describeLimits(subject, current));
    if (platform.limits(null).videos && !subject.videosApart) describe('of videos', () => describeVideos(subject, current));
    if (platform.capabilities.threads) describe('of threads', () => describeThreads(subject, current));
    describe('of failing', () => describeFailures(subject, current));
    describe('of never posting twice', () => describeRepeats(subject, current));
    describe('of finding what it posted', () => describeFinding(subject, current));
  });
}
