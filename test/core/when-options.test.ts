import { describe, expect, it } from 'vitest';
import { languageOf, whenOptions } from '../../src/core/when-options.ts';
import { type Actor, zoneOf } from '../../src/core/workspace.ts';
import { ACTOR, NOW } from '../bots/terminal/deps.ts';

const actor = (workspace: Partial<Actor['workspace']>, member: Partial<Actor['member']>): Actor => ({
  workspace: { ...ACTOR.workspace, ...workspace },
  member: { ...ACTOR.member, ...member },
});

describe('the language of a person', () => {
  it.each<[string | null, string | null, string | null]>([
    [null, null, null],
    [null, 'de-DE', 'de'],
    [null, 'pt_BR', 'pt'],
    [null, 'ZH-Hant-TW', 'zh'],
    [null, 'en-GB', null],
    [null, 'sv-SE', null],
    [null, '', null],
    ['fr', 'de-DE', 'fr'],
    ['fr', null, 'fr'],
  ])('is %s in a workspace of %s and with a profile in %s', (language, locale, expected) => {
    expect(languageOf(actor({ language }, { locale }))).toBe(expected);
  });

  it('is one that times are read in beside English', () => {
    expect(whenOptions(actor({}, { locale: 'de-AT' }), NOW).locale).toBe('de');
    expect(whenOptions(actor({}, { locale: 'en-US' }), NOW)).not.toHaveProperty('locale');
  });

  it('decides nothing about the order of dates', () => {
    expect(whenOptions(actor({ dateOrder: null }, { locale: 'en-US' }), NOW).dateOrder).toBeNull();
  });
});

describe('the zone of a person', () => {
  it.each<[string | null, string | null, string]>([
    ['Asia/Tokyo', 'Europe/Paris', 'Asia/Tokyo'],
    [null, 'Europe/Paris', 'Europe/Paris'],
    [null, null, 'Europe/Berlin'],
  ])('is what they said (%s), else their profile’s (%s), else the workspace’s', (timeZone, profileTimeZone, zone) => {
    expect(zoneOf(actor({}, { timeZone, profileTimeZone }))).toBe(zone);
  });
});
