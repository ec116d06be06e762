// Pictures of what is said in words as well. What draws them is read when the first is asked for, since it brings libraries and fonts.
import type { Pictures } from '../core/ports.ts';

export const openPictures = (): Pictures => ({
  calendar: async (calendar, theme) => (await import('../render/calendar.ts')).drawCalendar(calendar, theme),
  report: async (chart, theme) => (await import('../render/report.ts')).drawReport(chart, theme),
});
