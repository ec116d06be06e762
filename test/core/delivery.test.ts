// Which state may follow which: the whole table, so that a new arrow is a decision and not an accident.
import { describe, expect, it } from 'vitest';
import { assertMove, canMove, DELIVERY_STATES, type DeliveryState, isOpen } from '../../src/core/delivery.ts';

const LEGAL: Record<DeliveryState, DeliveryState[]> = {
  scheduled: ['scheduled', 'publishing', 'held', 'canceled'],
  publishing: ['scheduled', 'published', 'retrying', 'unconfirmed', 'held', 'failed', 'canceled'],
  published: [],
  retrying: ['scheduled', 'publishing', 'held', 'canceled'],
  unconfirmed: ['scheduled', 'published', 'canceled'],
  held: ['scheduled', 'canceled'],
  failed: ['scheduled', 'canceled'],
  canceled: [],
};

const every = DELIVERY_STATES.flatMap((from) => DELIVERY_STATES.map((to) => [from, to] as const));

describe('a delivery', () => {
  it.each(every)('from %s to %s is legal exactly where the table says so', (from, to) => {
    expect(canMove(from, to)).toBe(LEGAL[from].includes(to));
    if (LEGAL[from].includes(to)) assertMove(from, to);
    else expect(() => assertMove(from, to)).toThrow(`a delivery cannot go from ${from} to ${to}`);
  });

  it.each(DELIVERY_STATES)('that is %s can be canceled unless it is settled or going out right now', (state) => {
    expect(isOpen(state)).toBe(!['publishing', 'published', 'canceled'].includes(state));
  });
});
