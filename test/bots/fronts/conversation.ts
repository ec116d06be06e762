// A conversation with Crier, as it can be held in every chat. Nothing of it names a chat.
import { PASSWORD } from '../../core/usecases/newsroom.ts';
import type { Filled } from './front.ts';

type Deed = { say: string; withPicture?: true } | { press: string } | { fill: Filled } | { wait: 'until it is published' };

/** `sees` is some of what is shown in answer. */
export type Step = Deed & { sees: readonly string[] };

const SETTING_UP: readonly Step[] = [
  { say: '/timezone workspace Europe/Berlin', sees: ['Time zone set', 'Europe/Berlin'] },
  { say: '/timezone Lisbon', sees: ['Time zone set', 'Europe/Lisbon'] },
  { say: '/settings time 10:00', sees: ['Settings changed', '10:00'] },
  { say: '/settings cap', sees: ['Posts per account and day'] },
  { fill: { 'Posts per account and day on a network': 'mastodon 20' }, sees: ['Settings changed', 'mastodon 20'] },
];

/** What one chat or another reads as markup, and must be posted as it is. */
export const MARKS = 'Kites & *stars* _up_ <3 ~high~, 50% "off" `now` 🎉 @everyone';

const SCHEDULING: readonly Step[] = [
  { say: '/schedule tomorrow 9am to bluesky, mastodon: We are live', sees: ['P1 scheduled', 'We are live'] },
  { say: '/schedule 3/4 at noon to bluesky: Spring is here', sees: ['P2 kept as a draft', 'more than one time'] },
  { press: '3 April', sees: ['P2 scheduled'] },
  { say: '/schedule tomorrow 9am to blusky: Kites', sees: ['Did you mean bluesky?'] },
  { say: '/schedule tomorrow to bluesky: Kites', sees: ['P3 scheduled', 'Kites'] },
  { say: '/schedule', sees: ['When'] },
  { fill: { When: 'Thursday 9am', Networks: 'Mastodon', Text: 'Almost Friday' }, sees: ['P4 scheduled', 'Almost Friday'] },
];

const CHANGING: readonly Step[] = [
  { say: '/schedule tomorrow to mastodon: Blue kites #sky', sees: ['P5 scheduled'] },
  { press: 'Edit', sees: ['Blue kites #sky'] },
  { fill: { Text: 'Red kites #sunset\nand a *blue* one & <more>' }, sees: ['P5 edited', 'Red kites #sunset'] },
  { press: 'Move', sees: ['When'] },
  { fill: { When: 'Friday 5pm' }, sees: ['P5 scheduled'] },
  { say: '/post P1 variant bluesky: We are live, under a blue sky', sees: ['P1 edited', 'under a blue sky'] },
  { say: `/post P3 edit ${MARKS}`, sees: ['P3 edited'] },
  { say: '/post P2 cancel', sees: ['P2 canceled'] },
  { say: '/post P2 move Friday 9am', sees: ['P2 is canceled'] },
  { say: '/post P99', sees: ['There is no post P99 here'] },
];

const DRAFTING: readonly Step[] = [
  { say: '/draft --campaign spring to mastodon: About kites', sees: ['P6 kept as a draft'] },
  { press: 'Schedule', sees: ['When'] },
  { fill: { When: 'someday' }, sees: ['“someday” is no time I can read'] },
  { fill: { When: 'in 2 days at 8am' }, sees: ['P6 scheduled'] },
  { say: '/posts upcoming', sees: ['Upcoming posts', 'About kites', 'Red kites'] },
  { say: '/posts campaign spring', sees: ['About kites'] },
];

const PUBLISHING: readonly Step[] = [
  { say: '/publish to bluesky: Look up', withPicture: true, sees: ['P7 goes out now', 'Look up'] },
  { wait: 'until it is published', sees: ['published', 'https://bluesky.example/post/1'] },
  { say: '/post P7 edit Look down', sees: ['P7 is already out'] },
];

const RECURRING: readonly Step[] = [
  { say: '/schedule every Wednesday 9am to bluesky, mastodon: Midweek kites', sees: ['P8 scheduled'] },
  { press: 'Edit', sees: ['Midweek kites'] },
  { fill: { Text: 'Midweek, in red', Which: 'All following' }, sees: ['P8 edited, with all that follow', 'Midweek, in red'] },
  { press: 'Pause', sees: ['P8 paused'] },
];

export const WRONG_PASSWORD = 'not-the-password';

const CONNECTING: readonly Step[] = [
  { say: '/overview', sees: ['All 2 accounts are connected'] },
  { press: 'Connect an account', sees: ['Which network?'] },
  { fill: { Network: 'Mastodon' }, sees: ['An app password for Mastodon', 'Handle'] },
  { fill: { Handle: 'kites.example', 'App password': WRONG_PASSWORD, Server: '' }, sees: ['does not know this password'] },
  { fill: { Handle: 'kites.example', 'App password': PASSWORD, Server: '' }, sees: ['Mastodon (@kites.example) is connected'] },
  { say: '/publish to @kites.example: Hello from the kites', sees: ['P9 goes out now'] },
  { press: 'Cancel', sees: ['P9 canceled'] },
  { say: '/disconnect mastodon/@kites.example', sees: ['Mastodon (@kites.example) is disconnected'] },
  { say: '/accounts', sees: ['kites.example', 'disconnected'] },
];

const QUEUEING: readonly Step[] = [
  { say: '/settings slots daily 9am, 5pm', sees: ['Settings changed', 'daily 09:00, 17:00'] },
  { say: '/queue to bluesky: One of these days', sees: ['P10 scheduled', 'the slots are daily 09:00, 17:00'] },
  { say: '/draft to bluesky: Some day', sees: ['P11 kept as a draft'] },
  { press: 'Add to queue', sees: ['P11 scheduled', 'is taken by P10'] },
  { say: '/post P11 move best', sees: ['P11 scheduled', 'are good times'] },
  { say: '/queue', sees: ['Networks'] },
  { fill: { Networks: 'Mastodon', Text: 'Kites, when there is wind' }, sees: ['P12 scheduled', 'Kites, when there is wind'] },
];

const LOOKING_AHEAD: readonly Step[] = [
  { say: '/calendar month bluesky', sees: ['Calendar of November 2026', 'P10 scheduled · Bluesky'] },
  { press: 'Later', sees: ['Calendar of December 2026'] },
  { press: 'Earlier', sees: ['Calendar of November 2026'] },
  { press: 'P10 · One of these days', sees: ['P10 scheduled', 'One of these days'] },
];

const LOOKING_BACK: readonly Step[] = [
  { say: '/analytics week', sees: ['Analytics of this week, Mon 16 – Sun 22 November 2026', '1 post went out', 'Bluesky'] },
  { press: 'This month', sees: ['Analytics of this month, Sun 1 – Sun 22 November 2026'] },
  { press: 'Mastodon', sees: ['Nothing went out this month for Mastodon'] },
  { press: 'All networks', sees: ['1 post went out'] },
  { say: '/digest daily 9am here', sees: ['Digest D1 comes here every day at 09:00'] },
  { press: 'Preview', sees: ['Today 1 post went out', 'A preview for you alone', 'nothing went out yesterday'] },
  { say: '/digest weekly friday 4pm', sees: ['Digest D2 comes here every Friday at 16:00'] },
  { press: 'Pause', sees: ['D2, every Friday at 16:00: paused'] },
  { say: '/digest list', sees: ['D1 · every day at 09:00 · here', 'D2 · every Friday at 16:00 · here', 'Paused'] },
  { say: '/digest stop D2', sees: ['D2, every Friday at 16:00: stopped'] },
];

export const CONVERSATION: readonly Step[] = [
  ...SETTING_UP,
  ...SCHEDULING,
  ...CHANGING,
  ...DRAFTING,
  ...PUBLISHING,
  ...RECURRING,
  ...CONNECTING,
  ...QUEUEING,
  ...LOOKING_AHEAD,
  ...LOOKING_BACK,
];
