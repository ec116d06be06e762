import { describe, expect, it } from 'vitest';
import { idsIn, plainText } from '../../../src/bots/discord/text-in.ts';

const NAMES = {
  user: (id: string) => ({ '1': 'Ada', '2': '@bob' })[id],
  role: (id: string) => ({ '3': 'editors' })[id],
  channel: (id: string) => ({ '4': 'social' })[id],
};

describe('text from Discord', () => {
  it.each([
    ['a person', 'Thanks <@1> and <@!2>', 'Thanks @Ada and @bob'],
    ['somebody unknown', '<@9>', '@9'],
    ['a role', '<@&3>', '@editors'],
    ['a channel', 'in <#4>', 'in #social'],
    ["a server's own emoji", 'Party <:parrot:12> <a:dance:13>', 'Party :parrot: :dance:'],
    ['an emoji', '🎉 👩‍👩‍👧', '🎉 👩‍👩‍👧'],
    ['a command', 'Try </schedule:5> or </post show:6>', 'Try /schedule or /post show'],
    ['an address that is not to unfold', 'See <https://example.com/a_b>.', 'See https://example.com/a_b.'],
    ['a time, which Crier reads', '<t:1795507200:F>', '<t:1795507200:F>'],
    ['formatting, as it was typed', '**bold** \\* `code`\n> quote', '**bold** \\* `code`\n> quote'],
    ['what only looks like one', 'a < b > c <@x> <#> <:a>', 'a < b > c <@x> <#> <:a>'],
  ])('is what people read: %s', (_, content, text) => {
    expect(plainText(content, NAMES)).toBe(text);
  });

  it('names each id once, to be looked up', () => {
    expect(idsIn('<@1> <@!1> <@2> <@&3> <#4> <#4> <:a:5>')).toEqual({ users: ['1', '2'], roles: ['3'], channels: ['4'] });
  });
});
