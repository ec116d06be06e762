// The colours of a report's picture, by light and by dark: the calendar's grounds, and one colour for each network. Names beside them say
// which is which as well.
import type { Theme } from '../core/workspace.ts';
import { LOOKS } from './calendar-look.ts';

export interface ReportLook {
  page: string;
  ink: string;
  muted: string;
  line: string;
  /** Behind tiles, and where a bar could still grow. */
  quiet: string;
  up: string;
  down: string;
  networks: Readonly<Record<string, string>>;
}

/** That the table has a colour for; another network gets one that is free. */
const KNOWN = ['bluesky', 'mastodon', 'instagram', 'linkedin', 'facebook', 'threads', 'x', 'youtube', 'tiktok'] as const;
type Known = (typeof KNOWN)[number] | 'another';

/** Near to each network's own colour, and as far from each other as can be for whoever sees no red or no green: test/render/colours. */
const LIGHT: Readonly<Record<Known, string>> = {
  bluesky: '#054ec3',
  mastodon: '#b46afb',
  instagram: '#831b68',
  linkedin: '#4979b8',
  facebook: '#36a3ab',
  threads: '#727272',
  x: '#15232f',
  youtube: '#8f1f21',
  tiktok: '#6ba419',
  another: '#8b680a',
};

const DARK: Readonly<Record<Known, string>> = {
  bluesky: '#5ca6fd',
  mastodon: '#6064ee',
  instagram: '#bd2a58',
  linkedin: '#42719d',
  facebook: '#76c9d2',
  threads: '#ececec',
  x: '#8e9399',
  youtube: '#d7632b',
  tiktok: '#dff579',
  another: '#e0aa4c',
};

const lookOf = (theme: Theme, networks: Readonly<Record<Known, string>>): ReportLook => {
  const { page, ink, muted, line, quiet, states } = LOOKS[theme];
  return { page, ink, muted, line, quiet, up: states.published.strong, down: states.unconfirmed.strong, networks };
};

export const REPORT_LOOKS: Readonly<Record<Theme, ReportLook>> = { light: lookOf('light', LIGHT), dark: lookOf('dark', DARK) };

/** A colour for each platform id, each its own as long as there are enough of them. */
export function coloursOf(ids: readonly string[], { networks }: Pick<ReportLook, 'networks'>): ReadonlyMap<string, string> {
  const free = Object.keys(networks)
    .filter((name) => !ids.includes(name))
    .reverse();
  const others = ids.filter((id) => !Object.hasOwn(networks, id));
  const nameOf = (id: string): string =>
    Object.hasOwn(networks, id) ? id : (free[others.indexOf(id) % free.length] ?? 'another');
  return new Map(ids.map((id) => [id, networks[nameOf(id)] ?? '']));
}
