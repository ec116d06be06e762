// A setting that is broken, and what the doctor must say of it: one test for each, which also looks that no secret is told.
import { expect, it } from 'vitest';
import type { Finding, Grade } from '../../scripts/doctor/finding.ts';
import type { Ways } from '../../scripts/doctor/ways.ts';
import { sayFindings } from '../../scripts/doctor/words.ts';
import type { Environment, Patient } from './doctor-patient.ts';

export const graded = (findings: readonly Finding[], ...grades: Grade[]): Finding[] =>
  findings.filter(({ grade }) => grades.includes(grade));
export const about = (findings: readonly Finding[], name: string): Finding[] => findings.filter((each) => each.about === name);

/** A password that no case may find in what is said. */
export const HUSH = 'hush-hush';

export interface Case {
  broken: string;
  change?: Environment;
  ways?: () => Partial<Ways>;
  name: string;
  /** Left out: wrong. */
  grade?: Grade;
  /** Part of what was found. */
  found: string;
  /** Part of what to do. */
  cure: string;
}

const secretsOf = (environment: Environment): string[] =>
  Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && /SECRET$|TOKEN$|^ENCRYPTION_KEY/.test(name) ? [value] : [],
  );

export function itNames(cases: readonly Case[], patient: () => Patient): void {
  it.each(cases)('$broken', async ({ change = {}, ways, name, grade = 'wrong', found, cure }) => {
    const findings = await patient().examine(change, ways?.());
    const [finding] = graded(about(findings, name), grade).filter((each) => each.found.includes(found));
    expect(finding, sayFindings(findings, false)).toBeDefined();
    expect(`${finding?.found} ${finding?.cure ?? ''}`).toContain(cure);
    const said = JSON.stringify(findings);
    for (const secret of [...secretsOf({ ...patient().environment, ...change }), HUSH]) expect(said).not.toContain(secret);
  });
}
