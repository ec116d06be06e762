// What a log line looks like, that no secret gets into one, and that a full disk is nobody's end.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Log } from '../src/core/ports.ts';
import { logTo, openLog } from '../src/log.ts';

function logged(say: (log: Log) => void): string {
  let output = '';
  say(openLog('info', { write: (line) => (output += line) }));
  return output;
}

describe('the log', () => {
  it('is one JSON object per line, with the level’s name and the time', () => {
    const line = JSON.parse(logged((log) => log.info({ post: 'P12' }, 'published')));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      post: 'P12',
      msg: 'published',
    });
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.debug({}, 'details'))).toBe('');
  });

  it.each([
    { fields: { password: 'hunter2' } },
    { fields: { account: { credentials: { anything: 'hunter2' } } } },
    { fields: { request: { headers: { authorization: 'Bearer hunter2' } } } },
    { fields: { a: { b: { c: { accessJwt: 'hunter2' } } } } },
    { fields: { err: { url: 'https://discord.com/api/v10/webhooks/1174405120008388608/hunter2-hunter2/messages/@original' } } },
    { fields: { data: { said: 'Slack gave xoxb-hunter2-hunter2-AbC and xapp-1-hunter2, then xoxe.xoxp-1-hunter2' } } },
    { fields: { deep: { a: { b: { c: { d: 'xoxp-hunter2' } } } } } },
    { fields: { err: new Error('POST https://hooks.slack.com/commands/T1/2/hunter2 broke off') } },
    { fields: { file: 'https://files.slack.com/files-pri/T1-F1/hunter2.png?t=hunter2' } },
    { fields: { url: 'postgresql://crier:hunter2@127.0.0.1:5432/crier' } },
    {
      fields: {
        error: new Error('cannot connect to mongodb://crier:hunter2@db', { cause: new Error('Bearer hunter2-hunter2') }),
      },
    },
  ])('hides secrets in $fields', ({ fields }) => {
    const line = logged((log) => log.warn(fields, 'postgres://u:hunter2@db failed'));
    expect(line).not.toContain('hunter2');
    expect(line).toContain('[redacted]');
    JSON.parse(line);
  });

  it('tells an error with its stack and what caused it', () => {
    const line = JSON.parse(logged((log) => log.error({ error: new Error('outer', { cause: new Error('inner') }) }, 'failed')));
    expect(line.error).toMatchObject({
      message: 'outer',
      stack: expect.stringContaining('log.test'),
      cause: { message: 'inner' },
    });
  });
});

describe('a log on a full disk', () => {
  // a device that is always full; not every system has it
  it.runIf(existsSync('/dev/full'))('is left out, and whoever logs goes on', () => {
    const log = openLog('info', logTo('/dev/full'));
    for (let n = 0; n < 100; n++) log.info({ n, long: 'x'.repeat(20_000) }, 'nobody will read this');
    log.error({ err: new Error('inner') }, 'nor this');
  });
});
