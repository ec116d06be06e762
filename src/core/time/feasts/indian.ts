// Feasts of India, by the moon and the sun over it.
import type { DayMoment, Feast, FeastRule } from './rule.ts';

/** Months from Chaitra, 1, to Phalguna, 12, that end with the new moon; lunar days from the new moon on. */
const hindu = (names: string, month: number, tithi: number, at: DayMoment, plusDays = 0): Feast => ({
  names,
  rule: { kind: 'hindu', month, tithi, at, plusDays },
  note: 'By the moon over India; calendars of other places may be a day off.',
});
const sun = (degrees: number, plusDays = 0, dayAfter = false): FeastRule => ({ kind: 'sun-enters', degrees, plusDays, dayAfter });

const SANKRANTI = 'sankrant[h]?i';

export const INDIAN: readonly Feast[] = [
  hindu('y?ugadi|samvatsaradi|gudi[ ]padwa|chaitra[ ]su[kh]+l?h?adi', 1, 1, 'sunrise'),
  hindu('ram(?:a)?[ ]navami', 1, 9, 'midday'),
  hindu('mahav(?:i|ee)r(?:a)?[ ](?:jayanti|janma[ ]kalyanak)', 1, 13, 'sunrise'),
  hindu('rath(?:a)?[- ]?yatra', 4, 2, 'sunrise'),
  hindu('guru[ ]purnima', 4, 15, 'sunrise'),
  hindu('raksha[ ]?bandhan|rakhi', 5, 15, 'sunrise'),
  hindu('(?:sri[ ]|krishna[ ])?janm[a]?ashtami|gokulashtami', 5, 23, 'midnight'),
  hindu('(?:ganesh(?:a)?|vinayaka)[ ]chaturthi', 6, 4, 'midday'),
  hindu('nava?rat(?:h)?ri|sharad[ ]navratri', 7, 1, 'sunrise'),
  hindu('maha[ ]saptami', 7, 7, 'sunrise'),
  hindu('durga[ ]ashtami|maha[ ]ashtami', 7, 8, 'sunrise'),
  hindu('maha[ ]navami', 7, 9, 'sunrise'),
  hindu('duss(?:eh|he)ra|dasara|vijaya[ ]?dashami', 7, 10, 'afternoon'),
  hindu('(?:maharishi[ ])?valmiki[ ]jayanti|pargat[ ]diwas|sharad[ ]purnima', 7, 15, 'sunrise'),
  hindu('karva[ ]chauth|karaka[ ]chaturthi', 7, 19, 'moonrise'),
  hindu('dhanteras|dhan(?:atrayodashi|vantari[ ]trayodashi)', 7, 28, 'dusk'),
  hindu('(?:choti|chhoti)[ ]diwali|(?:kali|roop)[ ]chaudas|narak(?:a)?[ ]chaturdashi', 7, 30, 'dusk', -1),
  hindu('diwali|dee?pavali|lakshmi[ ]puja', 7, 30, 'dusk'),
  hindu('govardhan[ ]puja|annakut', 8, 1, 'sunrise'),
  hindu('bhai[ ](?:dooj|duj|tika|phonta)|bhau[- ]beej', 8, 2, 'afternoon'),
  hindu('chh?ath?(?:[ ]puja)?|chhathi|dala[ ](?:puja|chhath)|surya[ ]shashthi', 8, 6, 'dusk'),
  hindu('guru[ ]nanak[ ](?:jayanti|gurpurab|birthday)|kartik[ ]purnima', 8, 15, 'sunrise'),
  hindu("guru[ ]go(?:b|v)ind[ ]singh(?:[’']?s)?[ ](?:jayanti|birthday|gurpurab)", 10, 7, 'sunrise'),
  hindu('[bv]asant[ ]panchami|saraswati[ ]puja', 11, 5, 'sunrise'),
  hindu("guru[ ]ravidass?(?:[’']?s)?[ ](?:jayanti|birthday)", 11, 15, 'sunrise'),
  hindu('(?:dayananda?[ ])?saraswati[ ]jayanti', 11, 25, 'sunrise'),
  hindu('(?:maha[ ]?)?shiv(?:a)?rat(?:h)?ri', 11, 29, 'midnight'),
  hindu('holika[ ]dahan|ch?hoti[ ]holi|kamudu[ ]pyre', 12, 15, 'dusk'),
  hindu('(?:rangwali[ ])?holi|phagwah?|dhul(?:andi|eti)', 12, 15, 'dusk', 1),
  { names: `(?:makara?|magha)[ ]${SANKRANTI}|${SANKRANTI}|maghi|(?:thai[ ])?pongal|pongal[ ]pandigai`, rule: sun(270) },
  { names: 'bog(?:h)?i(?:[ ]pandigai)?|lohri', rule: sun(270, -1) },
  { names: 'maa?ttu[ ]pongal', rule: sun(270, 1) },
  { names: '(?:kaanum|kanni)[ ]pongal', rule: sun(270, 2) },
  { names: '(?:[bv]aisakhi|vaishakhi|vasakhi|mesadi)', rule: sun(0) },
  { names: 'rabindra(?:nath)?[ ]jayanti', rule: sun(0, 24, true) },
  { names: 'parsi[ ]new[ ]year|jamshedi[ ]navroz', rule: { kind: 'every-365-days', from: '1990-08-24' } },
];
