// What the thread of a post is told some hours after it went out: how it did by then, on each network.
import { sayFigure } from '../core/figure-words.ts';
import { engagementOf } from '../core/figures.ts';
import type { FiguresNews } from '../core/figures-store.ts';
import type { Platforms } from '../core/ports.ts';
import { postName } from '../core/post.ts';
import { counted } from '../core/words.ts';
import { zoneOf } from '../core/workspace.ts';
import { minute } from './cards/report-health.ts';
import { sayFigures } from './cards/report-words.ts';
import type { Line, Reply, Span } from './reply.ts';

/** Networks that were asked within so long of each other were asked at once. */
const TOGETHER_HOURS = 1;

/** In the zone of whoever wrote the post. */
export function renderFiguresNews({ post, author, hours, results }: FiguresNews, platforms: Pick<Platforms, 'get'>): Reply {
  const engagement = sumOf(results.map(({ figures }) => engagementOf(figures)));
  const isWhole = results.length > 1 && engagement !== null;
  const newest = results
    .map(({ seenAt }) => seenAt)
    .sort(Temporal.Instant.compare)
    .at(-1);
  return {
    tone: 'plain',
    title: `${postName(post)} after ${sayAge(hours)}`,
    lines: [
      ...results.map(({ platform, handle, url, figures, seenAt }): Line => {
        const { name } = platforms.get(platform);
        const isOld = newest !== undefined && newest.since(seenAt).total('hours') > TOGETHER_HOURS;
        const age: Span[] = isOld ? [', as of ', minute(seenAt, zoneOf(author))] : [];
        return [url === null ? name : { url, text: name }, ` (${handle}): ${sayFigures(figures)}`, ...age];
      }),
      ...(isWhole ? [`Together: engagement ${sayFigure(engagement)}.`] : []),
    ],
    ...(newest === undefined ? {} : { notes: [['As the networks told ', minute(newest, zoneOf(author)), '.']] }),
  };
}

/** `24 hours`, `7 days`. */
const sayAge = (hours: number): string => (hours > 24 && hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour'));

/** Null where none is told. */
function sumOf(figures: readonly (number | null)[]): number | null {
  const told = figures.filter((figure) => figure !== null);
  return told.length === 0 ? null : told.reduce((sum, figure) => sum + figure, 0);
}
