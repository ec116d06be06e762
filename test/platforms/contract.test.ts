// The contract over every platform of the registry.
import { expect, it } from 'vitest';
import { openPlatforms } from '../../src/platforms/index.ts';
import { describeContract } from './contract.ts';
import { subjects } from './subjects.ts';

it('the contract runs over every platform there is', () => {
  expect(subjects.map(({ platform }) => platform.id)).toEqual(
    openPlatforms()
      .all()
      .map(({ id }) => id),
  );
});

for (const subject of subjects) describeContract(subject);
