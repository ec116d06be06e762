// What the doctor says, as aligned plain text: what was found, and below it what to do. It looks at nothing itself.
import { styleText } from 'node:util';
import type { Finding, Grade } from './finding.ts';

const COLOURS = { ok: 'green', note: 'gray', warning: 'yellow', wrong: 'red' } as const satisfies Record<Grade, string>;
const GRADE_WIDTH = 9;

/** @param isColoured whether a terminal shows it */
export function sayFindings(findings: readonly Finding[], isColoured: boolean): string {
  const width = Math.max(0, ...findings.map(({ about }) => about.length)) + 2;
  const lines = findings.flatMap((finding) => linesOf(finding, width, isColoured));
  return [...lines, '', sayCount(findings)].join('\n');
}

function linesOf({ grade, about, found, cure, details }: Finding, width: number, isColoured: boolean): string[] {
  const shown = isColoured ? styleText(COLOURS[grade], grade, { validateStream: false }) : grade;
  const head = `${shown}${' '.repeat(GRADE_WIDTH - grade.length)}${about.padEnd(width)}`;
  const indent = ' '.repeat(GRADE_WIDTH + width);
  return [`${head}${found}`, ...(cure === null ? [] : [`${indent}-> ${cure}`]), ...details.map((line) => `${indent}   ${line}`)];
}

export const countOf = (findings: readonly Finding[], wanted: Grade): number =>
  findings.filter(({ grade }) => grade === wanted).length;

function sayCount(findings: readonly Finding[]): string {
  const [wrong, warnings] = [countOf(findings, 'wrong'), countOf(findings, 'warning')];
  const beside = warnings === 0 ? '' : `, and ${warnings} to keep an eye on`;
  if (wrong === 0) return `Nothing to mend${beside}.`;
  return `${wrong} ${wrong === 1 ? 'thing' : 'things'} to mend${beside}.`;
}
