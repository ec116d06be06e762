// Pictures of what is said in words as well. What draws them is read when the first is asked for, since it brings a library and fonts.
import type { Pictures } from '../core/ports.ts';

/** Light: chats show them on either ground, and it prints. */
export const openPictures = (): Pictures => ({
  calendar: async (calendar) => (await import('../render/calendar.ts')).drawCalendar(calendar, 'light'),
});
