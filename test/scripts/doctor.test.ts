// `npm run doctor`: nothing is wrong with a healthy Crier, and what it prints can be read by people and by programs.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../scripts/doctor/examine.ts';
import { sayFindings } from '../../scripts/doctor/words.ts';
import { about, graded } from './doctor-case.ts';
import { openPatient, type Patient, PUBLIC_URL } from './doctor-patient.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/doctor.ts');

const opened = new AsyncDisposableStack();
let patient: Patient;
beforeAll(async () => {
  patient = await openPatient(opened);
});
afterAll(() => opened.disposeAsync());

describe('a healthy Crier', () => {
  it('has nothing to mend, and is told what to enter at each network', async () => {
    const findings = await patient.examine();
    expect(graded(findings, 'wrong', 'warning')).toEqual([]);
    const said = sayFindings(findings, false);
    expect(said).toMatch(/\nNothing to mend\.$/);
    for (const network of ['x', 'facebook', 'instagram', 'linkedin', 'tiktok', 'youtube'])
      expect(said).toContain(`letter by letter: ${PUBLIC_URL}/oauth/callback/${network}\n`);
    expect(said).toContain('media.write to attach images and videos (may be left out)');
    expect(said).toContain('TikTok knows the app and takes its secret.');
    expect(said).toContain('answers, and it is this Crier.');
  });

  it('is told that emulated networks need no settings', async () => {
    const findings = await examine({ CRIER_DATA_DIR: join(tmpdir(), 'no-such-folder-of-crier') });
    expect(graded(findings, 'wrong', 'warning')).toEqual([]);
    expect(about(findings, 'X_CLIENT_ID')).toMatchObject([{ grade: 'note', found: 'X is emulated.' }]);
    expect(about(findings, 'PUBLIC_URL')).toMatchObject([{ grade: 'note' }]);
  });
});

describe('what it says', () => {
  it('counts what is to be mended at the end, and colours only where a terminal shows it', async () => {
    const findings = await patient.examine({ DISCORD_TOKEN: 'MTIzNDU2.Gnot.this-one', SLACK_APP_TOKEN: 'xapp-not-this-one' });
    expect(sayFindings(findings, false)).toMatch(/\n2 things to mend\.$/);
    expect(sayFindings(findings, false)).not.toContain('\u001b');
    expect(sayFindings(findings, true)).toContain('\u001b[31mwrong\u001b[39m');
  });
});

describe('npm run doctor', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crier-doctor-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (env: Record<string, string>, ...args: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const options = { cwd: folder, env: { PATH: process.env.PATH, CRIER_DATA_DIR: join(folder, 'data'), ...env } };
      const child = execFile(process.execPath, [SCRIPT, ...args], options, (_, said) =>
        resolve({ code: child.exitCode ?? Number.NaN, said }),
      );
    });

  it('ends well where nothing is to be mended, without settings too', async () => {
    const { code, said } = await run({});
    expect(said).toMatch(/^ok +settings +All settings can be read\.\n[\s\S]+\nNothing to mend\.\n$/);
    expect(code).toBe(0);
  });

  it('ends with 1 where something is to be mended, for programs too', async () => {
    const { code, said } = await run({ LOG_LEVEL: 'loud', ENCRYPTION_KEY: 'abc123' }, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      toMend: 2,
      findings: [
        { about: 'ENCRYPTION_KEY', grade: 'wrong' },
        { about: 'LOG_LEVEL', grade: 'wrong', found: expect.stringContaining('must be one of') },
      ],
    });
    expect(said).not.toContain('abc123');
  });
});
