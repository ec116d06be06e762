// How well times are read: our reader beside raw chrono-node on a corpus of cases, and how long a reading takes.
// npm run bench:when -- CORPUS.json [--wrong] [--declined]; the two list the cases themselves.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { parseWhen } from '../src/core/time/parse-when.ts';
import type { When, WhenOptions } from '../src/core/time/when.ts';
import { percentile } from './measure.ts';
import { readWithChrono } from './when-chrono.ts';
import { type Outcome, tally } from './when-score.ts';

const Case = z.object({
  bucket: z.string(),
  text: z.string(),
  now: z.string(),
  zone: z.string(),
  expect: z.string(),
  grain: z.string(),
});
type Case = z.infer<typeof Case>;

const print = (line: string) => process.stdout.write(`${line}\n`);
/** Both suites are American: 2/15 is a day of February, and Labor Day is in September. */
const optionsOf = ({ now, zone }: Case): WhenOptions => ({
  now: Temporal.Instant.from(now),
  timeZone: zone,
  dateOrder: 'MDY',
  country: 'US',
});

/** A day is met by its date, anything finer by the second. */
function outcomeOf({ expect, grain, zone }: Case, at: Temporal.Instant | null): Outcome {
  if (at === null) return 'declined';
  const wall = at.toZonedDateTimeISO(zone).toPlainDateTime();
  const wanted = Temporal.PlainDateTime.from(expect);
  const meets =
    grain === 'day' ? wall.toPlainDate().equals(wanted.toPlainDate()) : wall.round('second').equals(wanted.round('second'));
  return meets ? 'right' : 'wrong';
}

const momentOf = (when: When): Temporal.Instant | null => (when.kind === 'at' ? when.at.toInstant() : null);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wrong: { type: 'boolean' }, declined: { type: 'boolean' } },
});
const [path] = positionals;
if (path === undefined) throw new Error('Which corpus? npm run bench:when -- ../shared/corpora/when-dev.json');
const cases = z.array(Case).parse(JSON.parse(readFileSync(path, 'utf8')));

const cold = performance.now();
parseWhen('tomorrow 9am', { now: Temporal.Instant.from('2026-11-22T12:00:00Z'), timeZone: 'UTC' });
const firstMs = performance.now() - cold;

const ours = cases.map((each) => ({ ...each, when: parseWhen(each.text, optionsOf(each)) }));
const scored = ours.map((each) => ({ ...each, outcome: outcomeOf(each, momentOf(each.when)) }));
const raw = cases.map((each) => ({ ...each, outcome: outcomeOf(each, readWithChrono(each)) }));

print(`${cases.length} cases of ${path}`);
for (const line of tally({ crier: scored, 'chrono-node': raw })) print(line);

// The rounds before the measured ones let the engine compile what is run often. Of a case, its middle reading counts: what stops
// the process for a moment (garbage, other processes) is not the reader's, and is shown as the longest of all.
const [WARM_UP, ROUNDS] = [4, 7];
const rounds = Array.from({ length: WARM_UP + ROUNDS }, () =>
  cases.map((each) => {
    const options = optionsOf(each);
    const start = performance.now();
    parseWhen(each.text, options);
    return performance.now() - start;
  }),
).slice(WARM_UP);
const middles = cases.map((_, index) =>
  percentile(
    rounds.map((times) => times[index] ?? 0),
    50,
  ),
);
const ms = (value: number) => `${value.toFixed(3)} ms`;
print(
  `parse: p50 ${ms(percentile(middles, 50))}, p99 ${ms(percentile(middles, 99))} (the middle of ${ROUNDS} warm readings of each case)`,
);
print(
  `       every reading: p99 ${ms(percentile(rounds.flat(), 99))}, longest ${ms(Math.max(...rounds.flat()))}; the first of the process ${ms(firstMs)}`,
);

for (const outcome of ['wrong', 'declined'] as const) {
  if (!values[outcome]) continue;
  print(`\n${outcome}:`);
  for (const each of scored.filter((one) => one.outcome === outcome)) {
    const { when } = each;
    const said =
      when.kind === 'at'
        ? when.at.toPlainDateTime().toString()
        : when.kind === 'none'
          ? when.reason
          : when.kind === 'past'
            ? `past ${when.at.toPlainDateTime()}`
            : `asks: ${when.choices.map(({ at, label }) => `${at.toPlainDateTime()} ${label}`).join(' | ')}`;
    print(`  ${each.bucket.padEnd(8)} ${each.now.slice(0, 16)} “${each.text}” wants ${each.expect}: ${said}`);
  }
}
