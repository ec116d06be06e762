// Where Crier starts: reads how it is to run, runs it (compose/run.ts), and says why where it cannot.
import { parseArgs } from 'node:util';
import { runCrier } from './compose/run.ts';
import { loadEnvFile, readConfig } from './config.ts';
import { CrierError, invalidInput } from './core/errors.ts';
import { PROCESS_ROLES } from './core/operations.ts';
import { redactText } from './log.ts';

const USAGE = `Usage: npm start -- [--role ${PROCESS_ROLES.join('|')}]

  --role   what this process does: bot (chats), worker (publishing and jobs), web (HTTP), or all of it (without --role)
  --help   show this

Everything else is a setting: .env.example lists them.
`;

/** @throws CrierError `invalid-input` for what is no option of Crier's. */
function readArguments(): { help: boolean; role: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { role: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    return { help: values.help, role: values.role };
  } catch (error) {
    throw invalidInput(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** @returns the exit code */
async function main(): Promise<number> {
  try {
    const { help, role } = readArguments();
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    loadEnvFile();
    return await runCrier(readConfig(undefined, role === undefined ? {} : { CRIER_ROLE: role }));
  } catch (error) {
    const said =
      error instanceof CrierError
        ? `Crier cannot start.\n${error.userMessage}`
        : `Crier stopped at an error of its own.\n${error instanceof Error ? error.stack : String(error)}`;
    process.stderr.write(`${redactText(said)}\n`);
    return 1;
  }
}

// said outright: everything is closed by now, but Agenda leaves a timer behind that would keep the process for seconds
process.exit(await main());
