// When posts do well on each network, as published, for workspaces that have chosen no slots and for the time "best". Data only; each
// row names where it is from. Nobody knows the audience of an account from a table: it is where to begin.
import type { WeekSlots } from './slots.ts';

export interface GoodTimes {
  /** In the zone of the audience, taken to be the workspace's. */
  slots: WeekSlots;
  /** Who says so: the end of "good times, by ...". */
  source: string;
  /** Where it was read, on `checkedOn`. */
  urls: readonly string[];
  checkedOn: string;
}

/**
 * For a network without a row of its own: Tuesday to Thursday from 9 to 12 did best on most networks in Sprout Social's study of
 * 2023, here as the hours of that time. None was found that is about Mastodon, Threads or YouTube and names its figures.
 */
const ON_MOST_NETWORKS: GoodTimes = {
  slots: [{ weekdays: [2, 3, 4], times: ['09:00', '10:00', '11:00'] }],
  source: 'Sprout Social’s study of most networks',
  urls: ['https://www.odwyerpr.com/story/public/19714/2023-06-07/midweek-afternoons-best-post-time-for-tiktok.html'],
  checkedOn: '2026-11-22',
};

const GOOD_TIMES: Readonly<Record<string, GoodTimes>> = {
  /**
   * Two guides: weekdays 8 to 10 and 12 to 13 in New York (Mediafast), and 9 to 11, 12 to 14 and 16 to 18 (TheBlue.social). Both have
   * 9 to 10 and 12 to 13; the first leaves out weekends.
   */
  bluesky: {
    slots: [{ weekdays: [1, 2, 3, 4, 5], times: ['09:00', '12:00'] }],
    source: 'the guides of Mediafast and TheBlue.social',
    urls: [
      'https://www.mediafa.st/schedule-bluesky-posts',
      'https://theblue.social/articles/bluesky-post-formats-what-analytics-reveal',
    ],
    checkedOn: '2026-11-22',
  },
  /** Mondays to Thursdays from 8 to at least 12. */
  facebook: {
    slots: [{ weekdays: [1, 2, 3, 4], times: ['09:00', '11:00'] }],
    source: 'Sprout Social’s study of 2023',
    urls: [
      'https://www.socialmediatoday.com/news/report-best-times-to-post-social-platforms-twitter-instagram-tiktok-facebook-pintrist-linkedin/650006/',
    ],
    checkedOn: '2026-11-22',
  },
  /** 10 to 11 is within what it names for Mondays (10 to 12), Tuesdays (9 to 13), Wednesdays (10 to 13) and Fridays (9 to 11). */
  instagram: {
    slots: [
      { weekdays: [2, 3], times: ['10:00', '11:00', '12:00'] },
      { weekdays: [1, 5], times: ['10:00'] },
    ],
    source: 'Sprout Social’s study of 2023',
    urls: [
      'https://www.socialmediatoday.com/news/report-best-times-to-post-social-platforms-twitter-instagram-tiktok-facebook-pintrist-linkedin/650006/',
    ],
    checkedOn: '2026-11-22',
  },
  /** Tuesdays to Fridays from 9 until around noon. */
  x: {
    slots: [{ weekdays: [2, 3, 4, 5], times: ['09:00', '11:00'] }],
    source: 'Sprout Social’s study of 2023',
    urls: ['https://www.odwyerpr.com/story/public/19714/2023-06-07/midweek-afternoons-best-post-time-for-tiktok.html'],
    checkedOn: '2026-11-22',
  },
  /** Tuesdays and Wednesdays between 10 and 12. */
  linkedin: {
    slots: [{ weekdays: [2, 3], times: ['10:00', '11:00'] }],
    source: 'Sprout Social’s study of 2023',
    urls: ['https://www.odwyerpr.com/story/public/19714/2023-06-07/midweek-afternoons-best-post-time-for-tiktok.html'],
    checkedOn: '2026-11-22',
  },
  /** Wednesdays from 14 to 17, Thursdays from 15 to 17, Tuesdays at 17. */
  tiktok: {
    slots: [
      { weekdays: [2], times: ['17:00'] },
      { weekdays: [3], times: ['14:00', '16:00'] },
      { weekdays: [4], times: ['15:00', '16:00'] },
    ],
    source: 'Sprout Social’s study of TikTok',
    urls: ['https://sproutsocial.com/insights/?p=172822'],
    checkedOn: '2026-11-22',
  },
};

/** By platform id. */
export const goodTimesOf = (platform: string): GoodTimes => GOOD_TIMES[platform] ?? ON_MOST_NETWORKS;
