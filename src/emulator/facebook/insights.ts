// Insights: how often posts and videos were seen in all, and a Page day by day, by the names that metrics have in 2026.
// https://developers.facebook.com/docs/graph-api/reference/insights (checked 2026-11-23 in part).
import type { Clock } from '../../core/clock.ts';
import { figuresOf, type PostFigures, seenBetween } from '../growth.ts';
import type { EmulatorApp } from '../network.ts';
import { valuesByDay } from '../pacific-days.ts';
import { authorizePage, invalid, pageOf, readParameters, textOf, VERSION } from './graph.ts';
import { type FacebookState, publicVideos } from './state.ts';

/** https://developers.facebook.com/documentation/pages-api/platforminsights/page (checked 2026-11-23 in part). */
const SCOPES = ['pages_read_engagement', 'read_insights'];

const OF_POSTS: Partial<Record<string, (figures: PostFigures) => number>> = {
  post_media_view: ({ views }) => views,
  post_total_media_view_unique: ({ reach }) => reach,
  post_clicks: ({ clicks }) => clicks,
  post_reactions_like_total: ({ likes }) => likes,
  total_video_views: ({ views }) => views,
  total_video_views_unique: ({ reach }) => reach,
};

const OF_PAGES: Partial<Record<string, 'views' | 'reach'>> = {
  page_media_view: 'views',
  page_total_media_view_unique: 'reach',
};

export function mountInsights(app: EmulatorApp, state: FacebookState, clock: Clock): void {
  for (const edge of ['insights', 'video_insights'])
    app.get(`${VERSION}/:id/${edge}`, async (c) => {
      const { id } = c.req.param();
      const parameters = await readParameters(c);
      const { pageId } = pageOf(state, id);
      authorizePage(c, state, parameters, { pageId, scopes: SCOPES });
      const ofPage = id === pageId;
      const period = ofPage ? 'day' : 'lifetime';
      if ((textOf(parameters, 'period') ?? period) !== period) throw invalid(`The period must be ${period}`);
      const names = (textOf(parameters, 'metric') ?? '').split(',').map((name) => name.trim());
      const valuesOf = ofPage ? pageValues(state, id, clock) : postValues(state, id, clock);
      const data = names.map((name) => ({ name, period, values: valuesOf(name), id: `${id}/insights/${name}/${period}` }));
      return c.json({ data, paging: {} });
    });
}

const UNKNOWN = 'The value must be a valid insights metric';

const postValues =
  (state: FacebookState, id: string, clock: Clock) =>
  (name: string): object[] => {
    const at = state.posts.get(id)?.at ?? state.videos.get(id)?.endedAt;
    const age = at ? clock.now().epochMilliseconds - Date.parse(at) : 0;
    const value = OF_POSTS[name]?.(figuresOf(id, age));
    if (value === undefined) throw invalid(UNKNOWN);
    return [{ value }];
  };

function pageValues(state: FacebookState, id: string, clock: Clock): (name: string) => object[] {
  const videos = publicVideos(state).map(({ endedAt: at, ...video }) => ({ ...video, at }));
  const own = [...state.posts.all(), ...videos].filter(({ pageId }) => pageId === id);
  return (name) => {
    const which = OF_PAGES[name];
    if (which === undefined) throw invalid(UNKNOWN);
    return valuesByDay(clock.now(), (stretch) => seenBetween(id, own, stretch)[which]);
  };
}
