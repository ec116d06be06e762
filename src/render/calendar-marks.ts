// The sign of each state, told by its shape and not by its colour alone.
import type { CalendarState } from '../core/post-calendar.ts';
import type { Look } from './calendar-look.ts';
import { element } from './svg.ts';

/** Drawn around 0,0 with a radius of ten. */
type Sign = (strong: string, upon: string) => string[];

const path = (d: string, stroke: string, more: Readonly<Record<string, string | number>> = {}): string =>
  element('path', {
    d,
    fill: 'none',
    stroke,
    'stroke-width': 2.6,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });
const ring = (stroke: string, more: Readonly<Record<string, string | number>> = {}): string =>
  element('circle', { r: 8.7, fill: 'none', stroke, 'stroke-width': 2.6, ...more });
const disc = (fill: string): string => element('circle', { r: 10, fill });

const SIGNS: Readonly<Record<CalendarState, Sign>> = {
  // a clock
  scheduled: (strong) => [ring(strong), path('M0 -4.6 V0.4 L3.4 2.8', strong, { 'stroke-width': 2.2 })],
  // one that is not there yet
  coming: (strong) => [ring(strong, { 'stroke-dasharray': '3.6 3.2', 'stroke-width': 2.4 })],
  // on its way up
  publishing: (strong, upon) => [disc(strong), path('M0 5 V-4.6 M-4.2 -0.6 L0 -4.8 L4.2 -0.6', upon, { 'stroke-width': 2.4 })],
  published: (strong, upon) => [disc(strong), path('M-4.6 0.4 L-1.4 3.6 L4.8 -3.2', upon)],
  'partly published': (strong) => [ring(strong), element('path', { d: 'M0 -8.7 A8.7 8.7 0 0 0 0 8.7 Z', fill: strong })],
  held: (strong) => [ring(strong), path('M-2.8 -3.4 V3.4 M2.8 -3.4 V3.4', strong)],
  // around once more
  retrying: (strong) => [
    path('M7.4 -3.4 A8.2 8.2 0 1 0 8.2 1', strong),
    element('path', { d: 'M9.8 -9.4 L9.2 -1.2 L2.4 -5.2 Z', fill: strong }),
  ],
  unconfirmed: (strong, upon) => [
    element('path', { d: 'M0 -11.4 L11.4 0 L0 11.4 L-11.4 0 Z', fill: strong }),
    path('M-2.9 -2.7 A3 3 0 1 1 0.9 0.2 Q0 0.8 0 2.2', upon, { 'stroke-width': 2.2 }),
    element('circle', { cx: 0, cy: 5.6, r: 1.4, fill: upon }),
  ],
  failed: (strong, upon) => [
    element('rect', { x: -9.5, y: -9.5, width: 19, height: 19, rx: 2.5, fill: strong }),
    path('M-4 -4 L4 4 M4 -4 L-4 4', upon),
  ],
};

/** @param radius in pixels */
export const stateMark = (state: CalendarState, x: number, y: number, radius: number, { states, upon }: Look): string =>
  element('g', { transform: `translate(${x} ${y}) scale(${radius / 10})` }, ...SIGNS[state](states[state].strong, upon));
