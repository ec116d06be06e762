// Calls of the same moment share a statement, and each still gets its own answer.
import { describe, expect, it } from 'vitest';
import { groupCommit } from '../../src/db/group-commit.ts';

describe('group commit', () => {
  it('writes what comes in one moment in one statement, and answers each by itself', async () => {
    const groups: number[][] = [];
    const write = groupCommit(async (items: number[]) => {
      groups.push(items);
      return items.map((item) => item * 10);
    });
    expect(await Promise.all([write(1), write(2), write(3)])).toEqual([10, 20, 30]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('gathers what comes while a statement is under way for the next one', async () => {
    const groups: number[][] = [];
    const first = Promise.withResolvers<void>();
    const write = groupCommit(async (items: number[]) => {
      groups.push(items);
      if (groups.length === 1) await first.promise;
      return items;
    });
    const one = write(1);
    await Promise.resolve();
    const rest = [write(2), write(3)];
    first.resolve();
    await Promise.all([one, ...rest]);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('keeps to its most per statement', async () => {
    const groups: number[][] = [];
    const write = groupCommit(async (items: number[]) => {
      groups.push(items);
      return items;
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map(write));
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('fails all of a statement that failed, and none of the next', async () => {
    let fails = true;
    const write = groupCommit(async (items: string[]) => {
      if (fails) throw new Error('no connection');
      return items;
    });
    const results = await Promise.allSettled([write('a'), write('b')]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await write('c')).toBe('c');
  });
});
