import { it } from 'vitest';
import { openDesk, wordsOf, labelsOf } from './desk.ts';
it('look', async () => {
  const desk = await openDesk();
  const show = async (line: string) => {
    const { reply, bug } = await desk.say(line);
    process.stdout.write(`\n> ${line}\n${bug ? 'BUG ' + JSON.stringify((desk.deps.log as never as {lines: unknown[]}).lines.at(-1), (k, v) => v instanceof Error ? v.stack : v) : ''}[${reply.tone}${reply.private ? ' private' : ''}]\n${wordsOf(reply)}\n{${labelsOf(reply).join(' | ')}}\n${reply.form ? JSON.stringify(reply.form) : ''}\n`);
  };
  for (const line of [
    '/help', '/help post', '/schedule tomorrow 9am to bluesky, @crier: Hello world #kites', '/schedule', '/schedule tomorrow to bluesky', '/schedule tomorrow 9am to bluesky Hello there',
    '/schedule today 9am to bluesky: Hello', '/schedule blargh to bluesky: Hello', '/schedule 3/4 9am to bluesky: Hello', '/schedule next Friday 9am to all: Hello', '/schedule at 7 to all: Seven',
    '/schedule --campaign "big launch" in 2 hours to mastodon --image https://img.example/500.png "A kite": Hello: with colons\nand lines',
    '/schedule tomorrow 9am to blusky: Hi', '/schedule tomorrow 9am to x: Hi', '/publish to bluesky: Now!', '/publish tomorrow 9am to bluesky: Now!', '/draft tomorrow 9am to all: Draft it',
    '/posts', '/posts today', '/posts faild', '/posts campaign', '/posts campaign big launch', '/post P1', '/post', '/post P99', '/post potato', '/post P1 edit', '/post P1 edit Other text', '/post P1 move Friday 10am', '/post P1 move at 7', '/post P1 variant bluesky: Blue',
    '/post P1 variant', '/post P1 frobnicate', '/post P1 cancel', '/accounts', '/connect', '/connect bluesky handle:me.bsky', '/connect bluesky handle:me password:wrong-pass', '/connect bluesky handle:me password:open-sesame-1234 service:http://127.0.0.1:3000', '/connect friendster', '/connect bluesky handel:me',
    '/disconnect', '/disconnect mastodon', '/disconnect @me', '/timezone', '/timezone new york', '/timezone workspace Asia/Kolkata', '/timezone Berlim', '/timezone reset', '/settings', '/settings cap bluesky 3', '/settings time 25:00', '/settings time 5pm', '/settings dates mdy', '/settings cap', '/settings foo 1', '/schedule tomorrow to bluesky: default time', '/schedule in 3 seconds to bluesky, mastodon: Hello',
  ]) await show(line);
  await desk.close();
});
