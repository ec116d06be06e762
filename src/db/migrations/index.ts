// Every migration, oldest first. The list is explicit: what runs is what stands here.
import { First } from './0001-first.ts';
import { SeriesTable } from './0002-series.ts';

export const migrations = [
  { name: '0001-first', class: First },
  { name: '0002-series', class: SeriesTable },
];
