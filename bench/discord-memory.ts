// npm run bench:discord -- [--servers 1000] [--messages 20]
// What a whole Crier keeps of that many busy servers of Discord, in which people talk to each other: its memory before and after.
import { parseArgs } from 'node:util';
import { mention } from '../test/support/discord/people.ts';
import { ANN } from '../test/support/discord/places.ts';
import { openDiscordServer } from '../test/support/discord/server.ts';
import { startCrier } from './crier.ts';
import { startBenchServer } from './databases.ts';
import { busyServer, messageIn } from './discord/server-data.ts';
import { memoryMb } from './memory.ts';

/** What we ask of the whole process. */
const BELOW_MB = 300;
const AT_ONCE = 20;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { servers: number; messages: number } {
  const { values } = parseArgs({
    options: { servers: { type: 'string', default: '1000' }, messages: { type: 'string', default: '20' } },
  });
  return { servers: Number(values.servers), messages: Number(values.messages) };
}

const load = readArguments();
const discord = await openDiscordServer();

/** What came over the gateway before has been read once this is answered. */
async function untilRead(): Promise<void> {
  const asked = await discord.as(ANN).say(`${mention} what is planned this week`);
  await discord.until(
    () => discord.messages(asked.channel_id).find(({ id, author }) => author.bot && id > asked.id),
    'an answer',
  );
}

/** @returns whether all is as it must be */
async function run(pid: number): Promise<boolean> {
  await untilRead();
  const before = memoryMb(pid);
  let most = before;
  const note = async (): Promise<void> => {
    await untilRead();
    most = Math.max(most, memoryMb(pid));
  };
  const servers = Array.from({ length: load.servers }, (_, index) => busyServer(index));
  say(`servers=${load.servers} bytes_each=${JSON.stringify(servers[0]).length} messages_each=${load.messages}`);
  for (const [index, server] of servers.entries()) {
    discord.gateway.dispatch('GUILD_CREATE', server, server.id);
    if (index % AT_ONCE === 0) await note();
  }
  await note();
  const joined = memoryMb(pid);
  for (let round = 0; round < load.messages; round += 1) {
    for (const server of servers) discord.gateway.dispatch('MESSAGE_CREATE', messageIn(server, round), server.id);
    await note();
  }
  say(
    `before_mb=${before.toFixed(0)} joined_mb=${joined.toFixed(0)} after_mb=${memoryMb(pid).toFixed(0)} most_mb=${most.toFixed(0)}`,
  );
  return most < BELOW_MB;
}

const database = await startBenchServer();
let isGood = false;
try {
  isGood = await database.withDatabase(async (url) => {
    const crier = await startCrier(url, { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
    try {
      return await run(crier.pid);
    } finally {
      say(`crier_exit=${await crier.stop()}`);
    }
  });
} finally {
  await database.stop();
  await discord.close();
}
process.exit(isGood ? 0 : 1);
