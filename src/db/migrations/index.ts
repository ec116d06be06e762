// Every migration, oldest first. The list is explicit: what runs is what stands here.
import { First } from './0001-first.ts';
import { SeriesTable } from './0002-series.ts';
import { CountryAndLanguage } from './0003-country-and-language.ts';
import { Chats } from './0004-chats.ts';
import { Operations } from './0005-operations.ts';
import { Links } from './0006-links.ts';
import { Slots } from './0007-slots.ts';
import { Choices } from './0008-choices.ts';
import { Tokens } from './0009-tokens.ts';
import { SaidBeside } from './0010-said-beside.ts';
import { ConnectedNotices } from './0011-connected-notices.ts';
import { Analytics } from './0012-analytics.ts';

export const migrations = [
  { name: '0001-first', class: First },
  { name: '0002-series', class: SeriesTable },
  { name: '0003-country-and-language', class: CountryAndLanguage },
  { name: '0004-chats', class: Chats },
  { name: '0005-operations', class: Operations },
  { name: '0006-links', class: Links },
  { name: '0007-slots', class: Slots },
  { name: '0008-choices', class: Choices },
  { name: '0009-tokens', class: Tokens },
  { name: '0010-said-beside', class: SaidBeside },
  { name: '0011-connected-notices', class: ConnectedNotices },
  { name: '0012-analytics', class: Analytics },
];
