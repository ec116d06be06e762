// The process itself, tried in one of its own.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const SOURCE = new URL('../src/process.ts', import.meta.url).href;

/** Runs `body` in a process that survives rejections, and logs as `level: the error`. */
const inProcess = (body: string): Promise<{ stdout: string }> =>
  run(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { surviveRejections } from ${JSON.stringify(SOURCE)};
     const say = (level) => ({ err }) => process.stdout.write(level + ': ' + err.message + '\\n');
     surviveRejections({ debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') });
     ${body}`,
  ]);

it('goes on where a promise is rejected that nobody took, and logs it', async () => {
  const { stdout } = await inProcess(
    `void Promise.reject(new Error('the session is gone'));
     setImmediate(() => process.stdout.write('still here'));`,
  );
  expect(stdout).toBe('error: the session is gone\nstill here');
});

it('ends at an exception that nobody caught', async () => {
  await expect(inProcess(`setImmediate(() => { throw new Error('a bug'); });`)).rejects.toMatchObject({ code: 1 });
});

it('ends within its time after a signal, also where something cannot be closed', async () => {
  const { stdout } = await run(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { listenForSignals } from ${JSON.stringify(SOURCE)};
     const say = (_, message) => process.stdout.write(message + '\\n');
     listenForSignals({ debug: say, info: say, warn: say, error: say }, 200);
     process.on('exit', (code) => process.stdout.write('exit code ' + code + '\\n'));
     setInterval(() => {}, 1_000);
     process.kill(process.pid, 'SIGTERM');`,
  ]).catch((failed) => failed);
  expect(stdout).toMatch(/^stopping: .*\nnot everything could be closed in time; ending as it is\nexit code 1\n$/);
});
