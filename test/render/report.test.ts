import { describe, expect, it } from 'vitest';
import { chartOf } from '../../src/core/build-chart.ts';
import type { ReportChart } from '../../src/core/report-chart.ts';
import { THEMES } from '../../src/core/workspace.ts';
import { openPlatforms } from '../../src/platforms/index.ts';
import { drawReport, reportSvg } from '../../src/render/report.ts';
import { coloursOf, REPORT_LOOKS } from '../../src/render/report-look.ts';
import { wrapWords } from '../../src/render/wrap-words.ts';
import { contrast, leastDifference } from './colours.ts';
import { difference, expectPicture } from './golden.ts';
import { charts, periodOf, platforms, reportOf } from './reports.ts';

const ALL = openPlatforms()
  .all()
  .map(({ id }) => id);

const withText = (words: string): ReportChart => {
  const { bars } = charts.day;
  if (bars.kind !== 'posts') throw new Error('a day is drawn by its posts');
  return { ...charts.day, title: words, notes: [words], bars: { ...bars, words: bars.words.map(() => words) } };
};

describe('the picture of a report', () => {
  const names = ['last-week', 'day', 'month', 'empty'] as const;

  it.each(names.flatMap((name) => THEMES.map((theme) => [name, theme] as const)))(
    'of %s in %s is as it was looked over',
    async (name, theme) => {
      await expectPicture(`report-${name}-${theme}`, await drawReport(charts[name], theme));
    },
  );

  it('differs by more than the tolerance where one bar does', async () => {
    const { bars } = charts.month;
    const [first, ...others] = bars.series;
    const values = first?.values.map((value, at) => (at === 7 ? 2 * (value ?? 0) : value)) ?? [];
    const changed = { ...charts.month, bars: { ...bars, series: first ? [{ ...first, values }, ...others] : [] } };
    const pictures = await Promise.all([drawReport(charts.month, 'light'), drawReport(changed, 'light')]);
    expect(await difference(...pictures)).toBeGreaterThan(0.05);
  });

  it.each(Object.entries(charts))('of %s is the same each time', (_, chart) => {
    expect(reportSvg(chart, 'dark')).toBe(reportSvg(chart, 'dark'));
  });

  it.each(Object.entries(charts))('of %s has no letters that are too small for a phone', (_, chart) => {
    const sizes = [...reportSvg(chart, 'light').matchAll(/font-size[=:]"?([\d.]+)/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.filter((size) => size < 20)).toEqual([]);
  });

  it('is 1080 pixels wide', () => {
    expect(reportSvg(charts.empty, 'light')).toContain('width="1080"');
  });

  it.each(['</text><script>', '&amp;', '\u0000\u0007\uFFFE', '\uD83D', '', '<style>'])(
    'is drawn whatever a post says: %j',
    async (words) => {
      const png = await drawReport(withText(words), 'light');
      expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    },
  );

  it('says a sum above each of a few days: a dash where figures are not known, and nothing where nothing went out', () => {
    const went = [
      ...Array.from({ length: 9 }, () => ({ platform: 'bluesky', at: '2026-11-16T09:00', figures: { likes: 5 } })),
      { platform: 'bluesky', at: '2026-11-17T09:00' },
      { platform: 'bluesky', at: '2026-11-18T09:00', figures: { likes: 0 } },
    ];
    const svg = reportSvg(chartOf(reportOf({ period: periodOf('last week'), went }), platforms), 'light');
    const sums = [...svg.matchAll(/text-anchor="middle" style="font-size:22px[^>]*>([^<]*)</g)].map(([, sum]) => sum);
    expect(sums).toEqual(['45', '–', '0']);
  });

  it('has the name of each network beside its colour', () => {
    const svg = reportSvg(charts['last-week'], 'light');
    expect(['Instagram', 'LinkedIn', 'Bluesky', 'Mastodon', 'TikTok'].filter((name) => !svg.includes(`>${name}<`))).toEqual([]);
  });

  it('says in words that there are no bars', () => {
    expect(reportSvg(charts.empty, 'light')).toContain('>Nothing went out in this time.<');
  });
});

describe('the colours of networks', () => {
  it.each(THEMES)('stand out from the ground in %s', (theme) => {
    const look = REPORT_LOOKS[theme];
    const faint = Object.entries(look.networks).filter(([, colour]) => contrast(colour, look.page) < 3);
    expect(faint).toEqual([]);
  });

  it.each(THEMES)('are told apart in %s, also by whoever sees no red or no green', (theme) => {
    const colours = Object.entries(REPORT_LOOKS[theme].networks);
    const alike = colours.flatMap(([one, colour], index) =>
      colours
        .slice(index + 1)
        .flatMap(([other, second]) => (leastDifference(colour, second) < 0.1 ? [`${one} and ${other}`] : [])),
    );
    expect(alike).toEqual([]);
  });

  it('are there for every network there is, each its own', () => {
    const { networks } = REPORT_LOOKS.light;
    expect(ALL.filter((id) => !Object.hasOwn(networks, id))).toEqual([]);
    expect(new Set(coloursOf([...ALL, 'friends'], REPORT_LOOKS.light).values()).size).toBe(ALL.length + 1);
  });

  it.each(THEMES)('keep changes readable upon tiles in %s', (theme) => {
    const { up, down, muted, ink, quiet, page } = REPORT_LOOKS[theme];
    const faint = [up, down, muted, ink].flatMap((colour) => [quiet, page].filter((ground) => contrast(colour, ground) < 4.5));
    expect(faint).toEqual([]);
  });
});

describe('words in lines', () => {
  it('break between words, and never within one', () => {
    expect(wrapWords('Kites above the rooftops of Lisbon', 160, 20)).toEqual(['Kites above the', 'rooftops of', 'Lisbon']);
    expect(wrapWords('Donaudampfschifffahrtsgesellschaft', 50, 20)).toEqual(['Donaudampfschifffahrtsgesellschaft']);
    expect(wrapWords('', 50, 20)).toEqual([]);
  });
});
