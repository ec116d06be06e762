// Feasts of the Jewish, Muslim and Chinese calendars, as Unicode's calendars count them.
import type { Feast, FeastRule, Moves } from './rule.ts';

const hebrew = (month: number, day: number, moves: Moves = {}): FeastRule => ({
  kind: 'calendar',
  calendar: 'hebrew',
  month,
  day,
  moves,
});
const islamic = (month: number, day: number, more: { weekdayBefore?: number } = {}): FeastRule => ({
  kind: 'calendar',
  calendar: 'islamic-umalqura',
  month,
  day,
  ...more,
});
const chinese = (month: number, day: number, plusDays = 0): FeastRule => ({
  kind: 'calendar',
  calendar: 'chinese',
  month,
  day,
  plusDays,
});

const sighted = (names: string, rule: FeastRule): Feast => ({
  names,
  rule,
  note: 'This is by the Umm al-Qura calendar; where the moon is sighted it may be a day off.',
});
/** Months count from Tishri; a leap month has no number of its own, so that Nisan is always the seventh. */
const jewish = (names: string, rule: FeastRule): Feast => ({ names, rule, fromEvening: true });

export const JEWISH: readonly Feast[] = [
  jewish('rosh[ ]ha-?shan+ah?|jewish[ ]new[ ]year', hebrew(1, 1)),
  jewish('yom[ ]kippur|day[ ]of[ ]atonement', hebrew(1, 10)),
  jewish('sukkot|succot|feast[ ]of[ ](?:tabernacles|booths)', hebrew(1, 15)),
  jewish('shemini[ ]atzeret', hebrew(1, 22)),
  jewish('simc?hat[ ]torah', hebrew(1, 23)),
  jewish('(?:c?hann?ukk?ah?)', hebrew(3, 25)),
  jewish("tu[ ]b['’]?i?[ -]?shvat", hebrew(5, 15)),
  jewish('purim', hebrew(6, 14)),
  jewish('shushan[ ]purim', hebrew(6, 15)),
  jewish('passover|pesa[ck]?h', hebrew(7, 15)),
  jewish('yom[ ]ha-?shoah|holocaust[ ](?:remembrance[ ])?day', hebrew(7, 27, { 5: -1, 7: 1 })),
  jewish("yom[ ]ha[’']?-?atzma[’']?ut", hebrew(8, 5, { 1: 1, 5: -1, 6: -2 })),
  jewish("lag[ ]b(?:a|[’'])?[ ]?[’']?omer", hebrew(8, 18)),
  jewish("tisha[ ]b[’']?[ ]?av", hebrew(11, 9, { 6: 1 })),
  jewish("shavu[’']?oth?|feast[ ]of[ ]weeks", hebrew(9, 6)),
];

export const MUSLIM: readonly Feast[] = [
  sighted('(?:islamic|arabic|hijri|muslim)[ ]new[ ]year|amun[ ]jadid|muharram', islamic(1, 1)),
  sighted('(?:the[ ])?(?:day[ ]of[ ])?ashura', islamic(1, 10)),
  sighted("mawlid(?:[ ]al-nab(?:i|awi))?|mevlid|(?:the[ ])?prophet[’']?s[ ]birthday", islamic(3, 12)),
  sighted(
    "isra[ ]and[ ]mi[’']?raj|(?:the[ ])?night[ ]journey|(?:the[ ])?(?:prophet[’']?s[ ]ascension|ascension[ ]to[ ]heaven)",
    islamic(7, 27),
  ),
  sighted('(?:the[ ])?(?:first[ ]day[ ]|start[ ]|beginning[ ])of[ ]rama[dz][ah]?an|rama(?:d|dh|z)[ah]?an', islamic(9, 1)),
  sighted('la[iy]lat[ ](?:al|ul)[- ][qk]adr|night[ ]of[ ](?:power|destiny|measures|value|decree)', islamic(9, 27)),
  sighted("jumu[’']?at[’']?ul[- ]wida|jamat[ -]ul[ -]vida", islamic(10, 1, { weekdayBefore: 5 })),
  sighted('e?id[ -](?:al|ul)[ -]fitr|end[ ]of[ ]ramadan|eid', islamic(10, 1)),
  sighted('e?id[ -](?:al|ul)[ -]ad[hz]a|bakr[ -]?e?id|(?:feast[ ]of[ ]the[ ]sacrifice|sacrifice[ ]feast)', islamic(12, 10)),
  sighted('(?:day[ ]of[ ]arafah?|arafat[ ]day)', islamic(12, 9)),
];

export const CHINESE: readonly Feast[] = [
  { names: "(?:chinese|lunar)[ ](?:lunar[ ])?new[ ]year(?:[’']?s)?(?:[ ]day)?|spring[ ]festival", rule: chinese(1, 1) },
  { names: "(?:chinese|lunar)[ ](?:lunar[ ])?new[ ]year(?:[’']?s)?[ ]eve", rule: chinese(1, 1, -1) },
  { names: '(?:the[ ])?lantern[ ]festival', rule: chinese(1, 15) },
  { names: '(?:the[ ])?dragon[ ]boat[ ]festival', rule: chinese(5, 5) },
  { names: 'qixi(?:[ ]festival)?', rule: chinese(7, 7) },
  { names: '(?:the[ ])?mid-?[ ]?autumn[ ](?:festival|day)|moon[ ]festival', rule: chinese(8, 15) },
  { names: 'double[ ]ninth[ ]festival', rule: chinese(9, 9) },
];
