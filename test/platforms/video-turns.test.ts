import { expect, it } from 'vitest';
import { inVideoTurn } from '../../src/platforms/video-turns.ts';

const unused = new AbortController().signal;

it('videos are uploaded two at a time, in the order they came', async () => {
  const begun: number[] = [];
  const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const uploads = ends.map(({ promise }, index) =>
    inVideoTurn(unused, async () => {
      begun.push(index);
      await promise;
      return index;
    }),
  );
  ends[1]?.resolve();
  await uploads[1];
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2]);
  for (const { resolve } of ends) resolve();
  expect(await Promise.all(uploads)).toEqual([0, 1, 2, 3]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('one that was broken off while it waited is not begun, and a failed one gives its turn on', async () => {
  const stop = new AbortController();
  const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = ends.map(({ promise }) => inVideoTurn(unused, () => promise));
  let isBegun = false;
  const waiting = inVideoTurn(stop.signal, async () => {
    isBegun = true;
  });
  stop.abort(new Error('draining'));
  for (const { reject } of ends) reject(new Error('the line broke'));
  expect((await Promise.allSettled(running)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(waiting).rejects.toThrow('draining');
  expect(isBegun).toBe(false);
});
