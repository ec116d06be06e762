// How six languages say how often something recurs: patterns only, as sources of regular expressions. cadences.ts says what they mean.

export interface CadenceWords {
  /** What stands before a time of day to put it on the next day. */
  tomorrow: string;
  /** From Monday on, singular and plural. */
  weekdays: readonly string[];
  and: string;
  /** What makes a weekday recur, standing before it. */
  every: string;
  /** How a weekday recurs by its own form (`montags`); left out where there is none. */
  adverb?: (weekday: string) => string;
  day: string;
  /** Monday to Friday, to everyone. */
  workday: string;
  /** Monday to Friday to some, and to others (and to the law) Saturday too. */
  workdayOrSaturday?: string;
  /** Every other week on a day. */
  otherWeek: (weekday: string) => string;
  /** More often than once a day. */
  hourly: string;
  /** With a group `day`: that day of every month. */
  monthDay: string;
  /** Words that show a text is meant to recur, read or not. */
  recurring: string;
}

const NUMBER = '(?<day>\\d{1,2})';

export const CADENCE_WORDS: Readonly<Record<string, CadenceWords>> = {
  de: {
    tomorrow: 'morgen',
    weekdays: ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', '(?:samstag|sonnabend)', 'sonntag'],
    and: 'und',
    every: '(?:an\\s+)?jede[nm]',
    adverb: (weekday) => `${weekday}s`,
    day: 'jeden\\s+tag|täglich',
    workday: '(?:an\\s+)?jede[nm]\\s+arbeitstag|an\\s+(?:allen\\s+)?arbeitstagen|arbeitstags',
    workdayOrSaturday:
      '(?:werk|wochen)tags|werktäglich|(?:an\\s+)?jede[nm]\\s+(?:werk|wochen)tag|an\\s+(?:allen\\s+)?(?:werk|wochen)tagen',
    otherWeek: (weekday) => `(?:(?:an\\s+)?jede[nm]\\s+zweiten|alle\\s+(?:zwei|2)\\s+wochen,?(?:\\s+am)?)\\s+${weekday}s?`,
    hourly: 'stündlich|jede\\s+(?:stunde|minute)|alle\\s+\\S+\\s+(?:stunden|minuten)',
    monthDay: `(?:am\\s+)?${NUMBER}\\.\\s+(?:jedes\\s+monats|jeden\\s+monat)|monatlich\\s+am\\s+${NUMBER}\\.`,
    recurring: 'jede[nmrs]?|alle|(?:täg|wöchent|monat|jähr)lich',
  },
  es: {
    tomorrow: 'mañana',
    weekdays: ['lunes', 'martes', 'mi[eé]rcoles', 'jueves', 'viernes', 's[aá]bados?', 'domingos?'],
    and: '[ye]',
    every: '(?:todos\\s+los|cada|los)',
    day: 'todos\\s+los\\s+d[ií]as|cada\\s+d[ií]a|diariamente|a\\s+diario',
    workday: '(?:todos\\s+los|cada|los|en)\\s+d[ií]as?\\s+(?:laborables?|h[aá]bil(?:es)?)|entre\\s+semana',
    otherWeek: (weekday) => `cada\\s+(?:dos|2)\\s+(?:semanas,?\\s+(?:(?:el|los)\\s+)?)?${weekday}`,
    hourly: 'cada\\s+(?:\\S+\\s+)?(?:horas?|minutos?)',
    monthDay: `(?:el\\s+)?(?:d[ií]a\\s+)?${NUMBER}\\s+de\\s+cada\\s+mes`,
    recurring: 'cada|tod[oa]s|diari[oa]|diariamente|semanal(?:mente)?|mensual(?:mente)?|anual(?:mente)?',
  },
  fr: {
    tomorrow: 'demain',
    weekdays: ['lundis?', 'mardis?', 'mercredis?', 'jeudis?', 'vendredis?', 'samedis?', 'dimanches?'],
    and: 'et',
    every: '(?:tous\\s+les|chaque|les)',
    day: 'tous\\s+les\\s+jours|chaque\\s+jour|quotidiennement',
    workday: '(?:(?:tous\\s+)?les|chaque)\\s+jours?\\s+ouvr[eé]s?',
    workdayOrSaturday: '(?:(?:tous\\s+)?les|chaque)\\s+jours?\\s+ouvrables?',
    otherWeek: (weekday) =>
      `(?:un\\s+${weekday}\\s+sur\\s+(?:deux|2)|toutes\\s+les\\s+(?:deux|2)\\s+semaines,?\\s+(?:le\\s+)?${weekday})`,
    hourly: '(?:toutes\\s+les|chaque)\\s+(?:\\S+\\s+)?(?:heures?|minutes?)',
    monthDay: `le\\s+(?:${NUMBER}|(?<day>1)er)\\s+de\\s+chaque\\s+mois`,
    recurring: 'chaque|tous|toutes|quotidien(?:nement)?|hebdomadaire|mensuel(?:lement)?|annuel(?:lement)?',
  },
  it: {
    tomorrow: 'domani',
    weekdays: ['luned[iì]', 'marted[iì]', 'mercoled[iì]', 'gioved[iì]', 'venerd[iì]', 'sabat[oi]', 'domenic(?:a|he)'],
    and: 'ed?',
    every: '(?:ogni|tutti\\s+i|tutte\\s+le)',
    day: 'ogni\\s+giorno|tutti\\s+i\\s+giorni|quotidianamente',
    workday: '(?:ogni|tutti\\s+i|nei)\\s+giorn[oi]\\s+lavorativ[oi]',
    workdayOrSaturday: '(?:ogni|tutti\\s+i|nei)\\s+giorn[oi]\\s+ferial[ei]',
    otherWeek: (weekday) => `ogni\\s+(?:due|2)\\s+settimane,?\\s+(?:(?:il|la|di)\\s+)?${weekday}`,
    hourly: 'ogni\\s+(?:\\S+\\s+)?(?:or[ae]|minut[oi])',
    monthDay: `(?:il\\s+|l['’])?(?:giorno\\s+)?${NUMBER}\\s+(?:di\\s+)?ogni\\s+mese`,
    recurring: 'ogni|tutti|tutte|quotidianamente|settimanal(?:e|mente)|mensil(?:e|mente)|annual(?:e|mente)',
  },
  nl: {
    tomorrow: 'morgen',
    weekdays: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
    and: 'en',
    every: '(?:elke|iedere)',
    adverb: (weekday) => `(?:['’]s\\s+)?${weekday}s|op\\s+${weekday}en`,
    day: '(?:elke|iedere)\\s+dag|dagelijks',
    workday: '(?:elke|iedere)\\s+werkdag|op\\s+(?:alle\\s+)?werkdagen|doordeweeks',
    otherWeek: (weekday) =>
      `(?:om\\s+de\\s+(?:(?:twee|2)\\s+weken|week)|(?:elke|iedere)\\s+(?:twee|2)\\s+weken),?(?:\\s+op)?\\s+${weekday}`,
    hourly: '(?:om\\s+(?:de|het)|elke?|iedere?|alle)\\s+(?:\\S+\\s+)?(?:uur|uren|minuut|minuten)',
    monthDay: `(?:op\\s+)?de\\s+${NUMBER}(?:e|ste|de)\\s+van\\s+(?:elke|iedere)\\s+maand`,
    recurring: 'elke?|iedere?|alle|om\\s+de|dagelijks|wekelijks|maandelijks|jaarlijks',
  },
  pt: {
    tomorrow: 'amanhã',
    weekdays: [
      ...['segunda', 'ter[cç]a', 'quarta', 'quinta', 'sexta'].map((name) => `${name}s?(?:-feiras?)?`),
      's[aá]bados?',
      'domingos?',
    ],
    and: 'e',
    every: '(?:tod[oa]|todos\\s+os|todas\\s+as|(?:a\\s+)?cada|às|aos)',
    day: 'todos\\s+os\\s+dias|todo\\s+dia|cada\\s+dia|diariamente',
    workday: '(?:todos\\s+os|todo|cada|nos|em)\\s+dias?\\s+(?:[uú]til|[uú]teis)',
    otherWeek: (weekday) => `(?:a\\s+)?cada\\s+(?:duas|2)\\s+semanas,?\\s+(?:(?:na|no|às|aos)\\s+)?${weekday}`,
    hourly: '(?:a\\s+)?cada\\s+(?:\\S+\\s+)?(?:horas?|minutos?)',
    monthDay: `(?:no\\s+)?dia\\s+${NUMBER}\\s+de\\s+cada\\s+m[eê]s|todo\\s+dia\\s+${NUMBER}(?!\\s*(?:h|horas)(?!\\p{L}))`,
    recurring: 'cada|tod[oa]s?|diariamente|semanal(?:mente)?|mensal(?:mente)?|anual(?:mente)?',
  },
};
