// Connecting by a link with the whole of Crier, from the line that is typed to the words in the terminal.
import { expect, it } from 'vitest';
import { useCrier } from './support/crier.ts';
import { decide, open } from './support/link-desk.ts';

const crier = useCrier();

it('connects an account of the emulated Mastodon by a link, tells the terminal, and takes it back there', {
  timeout: 90_000,
}, async () => {
  const running = crier.start();
  await running.logs('web server is up');
  const first = await (await open(running.url())).text();
  const mastodon = /href="(http[^"]+)">Emulated mastodon/.exec(first)?.[1] ?? '';
  running.child.stdin.write(`/connect mastodon instance:${mastodon}\n`);
  await running.says('/connect/');
  await running.says('It opens only on the machine');
  const url = /http:\/\/\S+\/connect\/[\w-]{43}/.exec(running.output())?.[0] ?? '';
  const page = await (await open(await decide({ url }, 'allow'))).text();
  expect(page).toContain('is connected again');
  await running.says('is connected again');
  running.child.stdin.end('/disconnect mastodon\n');
  await running.says('Mastodon has taken it back as well.');
  expect(await running.exit).toBe(0);
  expect(running.log()).not.toContain(url.split('/').at(-1));
});
