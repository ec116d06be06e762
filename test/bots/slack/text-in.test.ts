import { describe, expect, it } from 'vitest';
import { idsIn, type Names, plainText } from '../../../src/bots/slack/text-in.ts';
import { emojiNamed, withEmoji } from '../../../src/bots/slack/text-in-emoji.ts';

const NAMES: Names = {
  user: (id) => (id === 'U1' ? 'Ada Lovelace' : undefined),
  channel: (id) => (id === 'C1' ? 'launch' : undefined),
  group: (id) => (id === 'S1' ? 'editors' : undefined),
};

describe('what Slack sends, as it will be posted', () => {
  it.each([
    ['entities', 'a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['an entity that was typed as such', '&amp;lt;', '&lt;'],
    ['an address', 'See <https://example.com/a?b=1&amp;c=2>.', 'See https://example.com/a?b=1&c=2.'],
    [
      'an address with an emoji name and a time in it',
      '<https://example.com/:tada:/10:30:00>',
      'https://example.com/:tada:/10:30:00',
    ],
    ['a domain that was typed alone', '<http://example.com|example.com>', 'http://example.com'],
    ['an address with its own text', '<https://www.example.com/|Example.com>', 'https://www.example.com/'],
    ['an address behind words', '<https://example.com/kites|our kites> fly', 'our kites (https://example.com/kites) fly'],
    [
      'an address that only begins like its label',
      '<https://example.com/kites|example.com>',
      'example.com (https://example.com/kites)',
    ],
    ['mail', '<mailto:team@example.com|team@example.com>', 'team@example.com'],
    ['mail behind words', '<mailto:team@example.com|write to us>', 'write to us (team@example.com)'],
    ['a telephone', '<tel:+49301234|+49 30 1234>', '+49 30 1234 (+49301234)'],
    ['a person', 'Thanks <@U1>', 'Thanks @Ada Lovelace'],
    ['a person by the name that holds now', '<@U1|ada>', '@Ada Lovelace'],
    ['a person nobody knows, by the name that came along', '<@U2|grace>', '@grace'],
    ['a person nobody knows', '<@U2>', '@U2'],
    ['a channel', '<#C9|news> and <#C1> and <#C1|>', '#news and #launch and #launch'],
    ['a group', '<!subteam^S1> <!subteam^S1|@writers>', '@editors @writers'],
    ['everyone', '<!here> <!channel|channel> <!everyone|@everyone>', '@here @channel @everyone'],
    ['a date', '<!date^1392734382^{date_num} {time}^https://example.com|18 Feb 2014>', '18 Feb 2014'],
    ['stars and underscores', '*bold* _italic_ ~struck~ `code` ```more```', '*bold* _italic_ ~struck~ `code` ```more```'],
    ['curly quotes', '“Live” isn’t dead', '“Live” isn’t dead'],
    ['line ends', 'one\ntwo\n\n• three', 'one\ntwo\n\n• three'],
    ['what only looks like one', 'a < b <c d> <>', 'a < b <c d> <>'],
  ])('%s', (_, sent, posted) => {
    expect(plainText(sent, NAMES)).toBe(posted);
  });

  it('names the ids that must be looked up', () => {
    expect(idsIn('<@U1> <@U2|ada> <@U1> <#C1|news> <#C2|> <!subteam^S1> <!here> <https://example.com>')).toEqual({
      users: ['U1', 'U2'],
      channels: ['C2'],
      groups: ['S1'],
    });
  });
});

describe('emoji by Slack\u2019s names', () => {
  it.each([
    ['one', ':tada:', '🎉'],
    ['several, with nothing between', 'hi:tada::tada:there', 'hi🎉🎉there'],
    ['one behind a colon', 'Note: :rocket: at 10:30: go', 'Note: 🚀 at 10:30: go'],
    ['one with a plus', ':+1: :-1:', '👍 👎'],
    ['one with a skin tone', ':wave::skin-tone-3:', '👋🏼'],
    ['a person at work with a skin tone', ':female-technologist::skin-tone-6:', '👩🏿‍💻'],
    ['a skin tone where there is no skin', ':tada::skin-tone-3:', '🎉'],
    ['one in text style with a skin tone', ':point_up::skin-tone-2:', '☝🏻'],
    ['flags', ':flag-de: :us: :rainbow-flag:', '🇩🇪 🇺🇸 🏳️‍🌈'],
    [
      'names that GitHub has otherwise',
      ':thinking_face: :hugging_face: :man-shrugging: :woman-running: :face_palm:',
      '🤔 🤗 🤷‍♂️ 🏃‍♀️ 🤦',
    ],
    ['a number that is one', 'Top :100: of all', 'Top 💯 of all'],
    ['a team\u2019s own', ':crier-logo: :partyparrot:', ':crier-logo: :partyparrot:'],
    ['times', 'at 10:30:45 or 9:15:', 'at 10:30:45 or 9:15:'],
    ['numbers between colons', '1:100:2', '1:100:2'],
    ['letters between colons', 'a:x:b and mm:o:ss', 'a:x:b and mm:o:ss'],
    ['addresses', 'https://example.com:8080: and localhost:3000:', 'https://example.com:8080: and localhost:3000:'],
    ['names that every object has', ':constructor: :toString: :__proto__:', ':constructor: :toString: :__proto__:'],
  ])('%s', (_, typed, shown) => {
    expect(withEmoji(typed)).toBe(shown);
  });

  it('are told from a team\u2019s own', () => {
    expect(emojiNamed('tada')).toBe('🎉');
    expect(emojiNamed('crier-logo')).toBeNull();
  });
});
