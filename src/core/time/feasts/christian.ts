// Feasts of the Western and the Orthodox churches, and what is kept with them.
import type { Feast, FeastRule } from './rule.ts';

const easter = (plusDays: number): FeastRule => ({ kind: 'easter', church: 'western', plusDays });
const orthodox = (plusDays: number): FeastRule => ({ kind: 'easter', church: 'orthodox', plusDays });
const fixed = (month: number, day: number): FeastRule => ({ kind: 'fixed', month, day });

const FRI = 'fri(?:day)?';
const SAT = 'sat(?:urday)?';
const SUN = 'sun(?:day)?';
const MON = 'mon(?:day)?';
const THU = 'thu(?:rs)?(?:day)?';

export const CHRISTIAN: readonly Feast[] = [
  { names: '(?:christmas|xmas|x-mas)(?:[ ]day)?', rule: fixed(12, 25) },
  { names: "(?:christmas|xmas|x-mas)(?:[ ]day)?(?:[’']?s)?[ ]eve", rule: fixed(12, 24) },
  { names: "(?:boxing[ ]day|s(?:ain)?t\\.?[ ]stephen[’']?s?[’']?[ ]day)", rule: fixed(12, 26) },
  { names: "epiphany|three[ ]kings(?:[’'])?[ ]day|twelfth[ ]night", rule: fixed(1, 6) },
  { names: 'candlemas', rule: fixed(2, 2) },
  { names: "s(?:ain)?t\\.?[ ](?:patrick|paddy|patty)(?:[’']?s?[’']?)(?:[ ]day)?", rule: fixed(3, 17) },
  { names: "s(?:ain)?t\\.?[ ]george(?:[’']?s)[ ]day", rule: fixed(4, 23) },
  { names: "s(?:ain)?t\\.?[ ]andrew(?:[’']?s)[ ]day", rule: fixed(11, 30) },
  { names: "s(?:ain)?t\\.?[ ]david(?:[’']?s)[ ]day", rule: fixed(3, 1) },
  { names: "s(?:ain)?t\\.?[ ]nicholas(?:[’']?s?)[ ]day", rule: fixed(12, 6) },
  { names: "s(?:ain)?t\\.?[ ]martin(?:[’']?s)[ ]day|martinmas", rule: fixed(11, 11) },
  { names: '(?:the[ ])?(?:feast[ ]of[ ]the[ ])?assumption(?:[ ](?:day|of[ ]mary))?', rule: fixed(8, 15) },
  { names: "all[ ](?:saints|hallows)[’']?(?:[ ]day)?", rule: fixed(11, 1) },
  { names: "all[ ]souls[’']?(?:[ ]day)?", rule: fixed(11, 2) },
  { names: '(?:feast[ ]of[ ]the[ ])?immaculate[ ]conception', rule: fixed(12, 8) },
  { names: 'reformation[ ]day', rule: fixed(10, 31) },
  { names: `shrove[ ]tues(?:day)?|mardi[ ]gras|fat[ ]tuesday|pancake[ ](?:tues)?day`, rule: easter(-47) },
  { names: 'ash[ ]wednesday', rule: easter(-46) },
  { names: `(?:palm|branch|yew)[ ]${SUN}`, rule: easter(-7) },
  { names: `(?:maundy|holy|covenant|sheer)[ ]${THU}|${THU}[ ]of[ ]mysteries`, rule: easter(-3) },
  { names: `(?:good|holy)[ ]${FRI}`, rule: easter(-2) },
  { names: `(?:holy|easter)[ ]${SAT}|easter[ ]eve`, rule: easter(-1) },
  { names: `easter(?:[ ](?:${SUN}|day))?`, rule: easter(0) },
  { names: `easter[ ]${MON}`, rule: easter(1) },
  { names: `ascension(?:[ ](?:day|${THU}))|feast[ ]of[ ]the[ ]ascension`, rule: easter(39) },
  { names: `pentecost(?:[ ]${SUN})?|(?:white|whit)[ ]?${SUN}`, rule: easter(49) },
  { names: `(?:whit|pentecost)[ ]?${MON}|${MON}[ ]of[ ]the[ ]holy[ ]spirit`, rule: easter(50) },
  { names: `trinity[ ]${SUN}`, rule: easter(56) },
  { names: '(?:the[ ]feast[ ]of[ ])?corpus[ ]christi', rule: easter(60) },
  { names: `(?:orthodox[ ])?(?:clean|pure|green)[ ]${MON}|orthodox[ ]shrove[ ]${MON}`, rule: orthodox(-48) },
  { names: `lazarus[ ]${SAT}`, rule: orthodox(-8) },
  { names: `orthodox[ ](?:palm|branch)[ ]${SUN}`, rule: orthodox(-7) },
  { names: `orthodox[ ](?:good|great|holy)(?:[ ]and[ ]holy)?[ ]${FRI}`, rule: orthodox(-2) },
  { names: `orthodox[ ](?:holy|great)[ ]${SAT}`, rule: orthodox(-1) },
  { names: `orthodox[ ](?:easter|pascha)(?:[ ]${SUN})?|pascha`, rule: orthodox(0) },
  { names: `orthodox[ ]easter[ ]${MON}`, rule: orthodox(1) },
  { names: 'orthodox[ ]christmas(?:[ ]day)?', rule: fixed(1, 7) },
  { names: 'orthodox[ ]new[ ]year', rule: fixed(1, 14) },
];
