// The contract over every platform of the registry; a new one is added here as one more subject.
import { expect, it } from 'vitest';
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import { describeContract } from './contract.ts';
import type { Subject } from './harness.ts';

const subjects: readonly Subject[] = [
  {
    platform: bluesky,
    network: (emulator) => emulator.networks.bluesky,
    serverField: 'service',
    secretField: 'password',
    publicRequest: 'POST /xrpc/com.atproto.repo.createRecord',
    uploadRequest: 'POST /xrpc/com.atproto.repo.uploadBlob',
    videoRequest: 'POST /xrpc/app.bsky.video.uploadVideo',
    videoStatusRequest: 'GET /xrpc/app.bsky.video.getJobStatus',
    findRequest: 'GET /xrpc/com.atproto.repo.getRecord',
  },
  {
    platform: mastodon,
    network: (emulator) => emulator.networks.mastodon,
    serverField: 'instance',
    secretField: 'token',
    publicRequest: 'POST /api/v1/statuses',
    uploadRequest: 'POST /api/v2/media',
    videoRequest: 'POST /api/v2/media',
    videoStatusRequest: 'GET /api/v1/media/*',
    findRequest: 'GET /api/v1/accounts/*',
  },
];

it('the contract runs over every platform there is', () => {
  expect(subjects.map(({ platform }) => platform.id)).toEqual(
    openPlatforms()
      .all()
      .map(({ id }) => id),
  );
});

for (const subject of subjects) describeContract(subject);
