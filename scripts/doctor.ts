// Looks at every setting and says what to do about what is wrong with it. `npm run doctor` changes nothing but a small object in the bucket,
// which it deletes again; with --json it prints the same for programs. It ends with 1 where something has to be mended.
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../src/config.ts';
import { examine } from './doctor/examine.ts';
import { countOf, sayFindings } from './doctor/words.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
loadEnvFile();
const findings = await examine(process.env);
const toMend = countOf(findings, 'wrong');
const said = values.json ? JSON.stringify({ findings, toMend }, null, 2) : sayFindings(findings, process.stdout.isTTY === true);
process.stdout.write(`${said}\n`);
if (toMend > 0) process.exitCode = 1;
