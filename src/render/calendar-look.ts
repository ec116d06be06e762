// The colours of a calendar, by light and by dark. Each state has a shape of its own beside its colour: calendar-marks.ts.
import type { CalendarState } from '../core/post-calendar.ts';
import type { Theme } from '../core/workspace.ts';

export interface StateColours {
  /** Of its mark. */
  strong: string;
  /** Behind its entry in a month. */
  soft: string;
}

export interface Look {
  page: string;
  ink: string;
  muted: string;
  line: string;
  /** Behind Saturday and Sunday, and behind days of other months. */
  quiet: string;
  today: string;
  /** Behind today. */
  todaySoft: string;
  /** Upon the colour of today, or of a mark. */
  upon: string;
  badge: string;
  badgeInk: string;
  states: Readonly<Record<CalendarState, StateColours>>;
}

const LIGHT: Look = {
  page: '#ffffff',
  ink: '#1c2230',
  muted: '#5d6779',
  line: '#e3e7ed',
  quiet: '#f7f8fa',
  today: '#2b5fc7',
  todaySoft: '#f0f5fe',
  upon: '#ffffff',
  badge: '#e9ecf2',
  badgeInk: '#38435a',
  states: {
    scheduled: { strong: '#2b6fd6', soft: '#dbe9fc' },
    coming: { strong: '#6a7891', soft: '#eff2f6' },
    publishing: { strong: '#0b7f8c', soft: '#dff4f5' },
    published: { strong: '#21804a', soft: '#e2f4e9' },
    'partly published': { strong: '#7a6a00', soft: '#f7f1d2' },
    held: { strong: '#7150cc', soft: '#efeafc' },
    retrying: { strong: '#a5660c', soft: '#fdf0d9' },
    unconfirmed: { strong: '#b84a10', soft: '#fde9dc' },
    failed: { strong: '#c32f35', soft: '#fde6e6' },
  },
};

const DARK: Look = {
  page: '#15181f',
  ink: '#eceff5',
  muted: '#a0aabb',
  line: '#2c333f',
  quiet: '#1a1e26',
  today: '#7fa9ff',
  todaySoft: '#1a212e',
  upon: '#10131a',
  badge: '#2b323e',
  badgeInk: '#d3dae6',
  states: {
    scheduled: { strong: '#72aaff', soft: '#223657' },
    coming: { strong: '#93a1b8', soft: '#232a35' },
    publishing: { strong: '#45c6d2', soft: '#15353a' },
    published: { strong: '#5fce8d', soft: '#173425' },
    'partly published': { strong: '#d9c548', soft: '#353112' },
    held: { strong: '#b39bff', soft: '#2b2547' },
    retrying: { strong: '#f0b452', soft: '#3a2d14' },
    unconfirmed: { strong: '#ff9a63', soft: '#3f2618' },
    failed: { strong: '#ff7f84', soft: '#421f24' },
  },
};

export const LOOKS: Readonly<Record<Theme, Look>> = { light: LIGHT, dark: DARK };
