// Replies of all kinds and sizes, for properties that every chat's rendering keeps.
import fc from 'fast-check';
import { type Button, type Line, type Reply, type Span, sayPlainly } from '../../src/bots/reply.ts';

const anyText = (unit: 'grapheme' | 'binary', maxLength: number): fc.Arbitrary<string> => fc.string({ unit, maxLength });

const long = fc.tuple(anyText('grapheme', 20), fc.integer({ min: 100, max: 600 })).map(([piece, times]) => piece.repeat(times));

const seconds = fc.integer({ min: 1_600_000_000, max: 1_900_000_000 });
const moment = seconds.map((each) => Temporal.Instant.fromEpochMilliseconds(each * 1000));

interface ReplyWords {
  /** What people of the chat like to write, and the chat likes to interpret. */
  marks: readonly string[];
  /** Ids of people and groups that the chat cannot name. */
  mentions: readonly string[];
}

const wordsWith = (marks: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: anyText('grapheme', 60) },
    { weight: 2, arbitrary: anyText('binary', 40) },
    { weight: 2, arbitrary: fc.constantFrom(...marks) },
    { weight: 1, arbitrary: long },
  );

const press = (label: fc.Arbitrary<string>): fc.Arbitrary<Button> =>
  fc.record(
    {
      label,
      command: fc.constantFrom('post', 'connect'),
      name: fc.constantFrom('edit', 'cancel'),
      subject: fc.stringMatching(/^[A-Za-z0-9.:~-]{0,60}$/),
      style: fc.constantFrom('primary' as const, 'danger' as const),
    },
    { requiredKeys: ['label', 'command', 'name', 'subject'] },
  );

interface ReplyShape {
  labels: 'short' | 'any';
  /** What a chat makes of links is its own: without them, all that is said can be found in what is shown. */
  links: boolean;
}

export function anyReply({ marks, mentions }: ReplyWords, { labels, links }: ReplyShape): fc.Arbitrary<Reply> {
  const words = wordsWith(marks);
  const spans: fc.Arbitrary<Span>[] = [
    words,
    fc.record({ code: words }),
    fc.record({ moment, text: anyText('grapheme', 60) }),
    fc.record({ mention: fc.constantFrom(...mentions), text: words }),
    ...(links ? [fc.record({ url: fc.oneof(fc.webUrl({ withQueryParameters: true }), words), text: words })] : []),
  ];
  const span = fc.oneof(...spans);
  const line: fc.Arbitrary<Line> = fc.oneof(words, fc.array(span, { maxLength: 5 }));
  const lines = fc.array(line, { maxLength: 6 });
  const presses = (maxLength: number) => fc.array(press(labels === 'short' ? anyText('grapheme', 12) : words), { maxLength });
  const section = fc.record({ heading: line, quote: words, lines, buttons: presses(30) }, { requiredKeys: ['heading'] });
  return fc.record(
    {
      tone: fc.constantFrom('plain' as const, 'good' as const, 'warning' as const, 'bad' as const),
      title: line,
      lines,
      fields: fc.array(fc.record({ name: words, value: line }), { maxLength: 14 }),
      sections: fc.array(section, { maxLength: 12 }),
      notes: lines,
      buttons: presses(60),
    },
    { requiredKeys: ['tone'] },
  );
}

/** Everything a reply says, in any order; `see` is what a span is seen as in a chat that shows it by itself. */
export function saidBy(
  { title = '', lines = [], fields = [], sections = [], notes = [], buttons = [] }: Reply,
  see: (span: Span) => Span = (span) => span,
): string[] {
  const say = (line: Line): string => sayPlainly(typeof line === 'string' ? line : line.map(see));
  return [
    ...[title, ...lines, ...notes].map(say),
    ...fields.flatMap(({ name, value }) => [name, say(value)]),
    ...sections.flatMap(({ heading, quote = '', lines: more = [] }) => [say(heading), quote, ...more.map(say)]),
    ...[...sections.flatMap(({ buttons: own = [] }) => own), ...buttons].map(({ label }) => label),
  ];
}
