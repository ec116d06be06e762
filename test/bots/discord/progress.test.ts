// How far a long command is: that the newest word counts, and that nothing of it follows the answer.
import { expect, it } from 'vitest';
import { openProgress, PROGRESS_EVERY_MS } from '../../../src/bots/discord/progress.ts';
import { inShort } from '../../../src/bots/discord/voice.ts';
import { keptLog } from '../../support/log.ts';
import { openWaits } from '../../support/waits.ts';

function open(fails = false) {
  const shown: string[] = [];
  const log = keptLog();
  const waits = openWaits();
  const progress = openProgress({
    show: async (message) => {
      shown.push(/"content":"([^"]*)"/.exec(JSON.stringify(message))?.[1] ?? '');
      if (fails) throw new Error('Discord is away');
    },
    pause: waits.pause,
    log,
  });
  const say = (words: string): void => progress.say(inShort({ tone: 'plain', lines: [words] }));
  return { shown, log, waits, say, end: progress.end };
}

it('The first word is shown at once, and of those that come too soon the last one later', async () => {
  const { shown, waits, say } = open();
  waits.hold();
  say('1 of 4');
  say('2 of 4');
  say('3 of 4');
  await waits.until(PROGRESS_EVERY_MS);
  expect(shown).toHaveLength(1);
  say('4 of 4');
  waits.letGo(PROGRESS_EVERY_MS);
  await expect.poll(() => shown).toHaveLength(2);
  expect(shown.at(-1)).toBe('4 of 4');
});

it('Nothing is shown once the answer comes', async () => {
  const { shown, waits, say, end } = open();
  waits.hold();
  say('1 of 4');
  await waits.until(PROGRESS_EVERY_MS);
  say('2 of 4');
  await end();
  say('3 of 4');
  waits.letGo(PROGRESS_EVERY_MS);
  expect(shown).toEqual(['1 of 4']);
});

it('What cannot be shown is logged, and the next word is tried', async () => {
  const { shown, log, waits, say } = open(true);
  say('1 of 4');
  await waits.until(PROGRESS_EVERY_MS);
  say('2 of 4');
  await expect.poll(() => shown).toEqual(['1 of 4', '2 of 4']);
  await expect.poll(() => log.lines.map(({ message }) => message)).toHaveLength(2);
});
