// What an export of figures holds: a row per post, network and look, as text. How the rows become a file is the chats' matter (src/bots/csv.ts).
import { engagementOf } from './figures.ts';
import type { ExportedSnapshot } from './figures-store.ts';
import type { Platforms } from './ports.ts';
import { postName } from './post.ts';

/** In the order they stand in the file. */
export const SNAPSHOT_COLUMNS = [
  'post',
  'network',
  'account',
  'seen_at',
  'hours_since_published',
  'likes',
  'comments',
  'shares',
  'saves',
  'engagement',
  'views',
  'reach',
  'clicks',
  'published_at',
  'campaign',
  'hashtags',
  'author',
  'url',
  'remote_id',
  'text',
] as const;

/** '' where there is nothing, or where the network does not tell. */
export type SnapshotRow = Record<(typeof SNAPSHOT_COLUMNS)[number], string>;

/** @param timeZone the reader's; times are `2026-11-23T09:00:00+01:00[Europe/Berlin]` */
export function snapshotRow(snapshot: ExportedSnapshot, platforms: Pick<Platforms, 'get'>, timeZone: string): SnapshotRow {
  const { at, publishedAt, figures } = snapshot;
  const local = (instant: Temporal.Instant): string => instant.toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'second' });
  const told = (figure: number | null): string => (figure === null ? '' : String(figure));
  return {
    post: postName({ number: snapshot.post }),
    network: platforms.get(snapshot.platform).name,
    // a spreadsheet would take an @ at the start for a formula
    account: snapshot.handle.replace(/^@/, ''),
    seen_at: local(at),
    hours_since_published: at.since(publishedAt).total('hours').toFixed(1),
    likes: told(figures.likes),
    comments: told(figures.comments),
    shares: told(figures.shares),
    saves: told(figures.saves),
    engagement: told(engagementOf(figures)),
    views: told(figures.views),
    reach: told(figures.reach),
    clicks: told(figures.clicks),
    published_at: local(publishedAt),
    campaign: snapshot.campaign ?? '',
    hashtags: snapshot.hashtags.map((tag) => `#${tag}`).join(' '),
    author: snapshot.author,
    url: snapshot.url ?? '',
    remote_id: snapshot.remoteId ?? '',
    text: snapshot.text,
  };
}
