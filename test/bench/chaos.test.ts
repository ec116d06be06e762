// What a chaos run rests on: its plan can be had again, and its verdict sees what went wrong.
import { describe, expect, it } from 'vitest';
import { couldNotBeAsked } from '../../bench/chaos/faults.ts';
import { isWorkerStep, planChaos } from '../../bench/chaos/plan.ts';
import { isGood, judge, type Shown, type Stored, type Verdict, type Wanted } from '../../bench/chaos/verdict.ts';

const OPTIONS = { seed: 7, kills: 200, workers: 2, leaseMs: 5_000 };

describe('the plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planChaos(OPTIONS)).toEqual(planChaos(OPTIONS));
    expect(planChaos({ ...OPTIONS, seed: 8 })).not.toEqual(planChaos(OPTIONS));
  });

  it('hits workers as often as asked, each of them, in every way, and cuts both servers beside', () => {
    const steps = planChaos(OPTIONS);
    const hits = steps.filter(isWorkerStep);
    expect(hits).toHaveLength(200);
    expect(new Set(hits.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['kill', 'freeze', 'restart', 'cut', 'hang']));
    expect(new Set(steps.flatMap((step) => (isWorkerStep(step) ? [] : step.server)))).toEqual(new Set(['postgres', 'mongo']));
  });

  it('freezes for longer than the lease', () => {
    const freezes = planChaos(OPTIONS).filter(({ kind }) => kind === 'freeze');
    expect(Math.min(...freezes.map((step) => step.forMs))).toBeGreaterThan(OPTIONS.leaseMs);
  });
});

const DUE = 1_000;
const wanted = (text: string, more: Partial<Wanted> = {}): Wanted => ({
  text,
  accountId: 'team',
  isCanceled: false,
  notBefore: DUE,
  ...more,
});
const stored = (text: string, state: Stored['state'] = 'published'): Stored => ({ text, state, remoteId: `${text}-1` });
const shown = (text: string, more: Partial<Shown> = {}): Shown => ({
  id: `${text}-1`,
  text,
  accountId: 'team',
  at: DUE,
  ...more,
});

/** Only the lists that hold something. */
const found = (verdict: Verdict): Partial<Verdict> =>
  Object.fromEntries(Object.entries(verdict).filter(([, texts]) => texts.length > 0));

describe('the verdict', () => {
  it('is good where all is out once, taken back, or asked about', () => {
    const verdict = judge(
      [wanted('a'), wanted('b', { isCanceled: true }), wanted('c')],
      [stored('a'), stored('b', 'canceled'), stored('c', 'unconfirmed')],
      [shown('a'), shown('c')],
    );
    expect(found(verdict)).toEqual({ published: ['a'], canceled: ['b'], unconfirmed: ['c'] });
    expect(isGood(verdict, 0)).toBe(true);
    expect(isGood(verdict, 1)).toBe(false);
  });

  it.each([
    ['is not at the network though the database says so', stored('a'), []],
    ['is not in the database', undefined, []],
    ['was given up', stored('a', 'failed'), []],
    ['is not settled', stored('a', 'publishing'), [shown('a')]],
    ['is out under another id than the database has', stored('a'), [shown('a', { id: 'other' })]],
  ] as const)('finds a lost post, that %s', (_, row, copies) => {
    const verdict = judge([wanted('a')], row ? [row] : [], copies);
    expect(found(verdict)).toEqual({ lost: ['a'] });
    expect(isGood(verdict, 0)).toBe(false);
  });

  it('finds a doubled post, published or unconfirmed', () => {
    const copies = [shown('a'), shown('a', { id: 'a-2' })];
    expect(found(judge([wanted('a')], [stored('a')], copies))).toEqual({ published: ['a'], doubled: ['a'] });
    const asked = judge([wanted('a')], [stored('a', 'unconfirmed')], copies);
    expect(found(asked)).toEqual({ unconfirmed: ['a'], doubled: ['a'] });
    expect(isGood(asked, 0)).toBe(false);
  });

  it('finds a canceled post that is out, or that would still go out', () => {
    const canceled = [wanted('a', { isCanceled: true })];
    expect(found(judge(canceled, [stored('a', 'canceled')], [shown('a')]))).toEqual({ leaked: ['a'] });
    expect(found(judge(canceled, [stored('a', 'scheduled')], []))).toEqual({ leaked: ['a'] });
  });

  it('lets a post be out that was canceled when an earlier try may have got through', () => {
    expect(found(judge([wanted('a')], [stored('a', 'canceled')], [shown('a')]))).toEqual({ canceled: ['a'] });
  });

  it('finds a post that was out before its time', () => {
    expect(found(judge([wanted('a')], [stored('a')], [shown('a', { at: DUE - 1 })]))).toEqual({ published: ['a'], early: ['a'] });
  });

  it('finds a post at an account that nobody sent it to, and one that nobody wrote', () => {
    const verdict = judge([wanted('a')], [stored('a')], [shown('a', { accountId: 'other' }), shown('b')]);
    expect(found(verdict)).toEqual({ published: ['a'], strange: ['a', 'b'] });
  });
});

describe('a question to a network', () => {
  const at = '2026-11-22T09:00:00.000Z';
  const around = { accountId: '7', from: Date.parse(at) - 1, until: Date.parse(at) + 1 };
  const list = { method: 'GET', path: '/api/v1/accounts/7/statuses', at };
  const record = { method: 'GET', path: '/xrpc/com.atproto.repo.getRecord', at };

  it.each([500, 429, null])('counts as unanswered with %s', (status) => {
    expect(couldNotBeAsked([{ ...list, status }], { network: 'mastodon', ...around })).toBe(true);
    expect(couldNotBeAsked([{ ...record, status }], { network: 'bluesky', ...around })).toBe(true);
  });

  it('counts as answered where there is no such post, and where another account or time was asked about', () => {
    expect(couldNotBeAsked([{ ...record, status: 400 }], { network: 'bluesky', ...around })).toBe(false);
    const other = { ...list, path: '/api/v1/accounts/8/statuses', status: 500 };
    const before = { ...list, at: '2026-11-22T08:00:00.000Z', status: 500 };
    expect(couldNotBeAsked([other, before], { network: 'mastodon', ...around })).toBe(false);
  });
});
