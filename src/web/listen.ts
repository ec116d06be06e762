// Which port the web server takes, and in words why it cannot take one.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { CrierError } from '../core/errors.ts';

const FIRST_PORT = 3000;
const PORTS_TRIED = 100;

/**
 * Returns the port it listens on. @param wanted null: the first free one from 3000 on
 * @throws CrierError `invalid-input` naming the port or the address that cannot be used.
 */
export async function listen(server: Server, host: string, wanted: number | null): Promise<number> {
  if (wanted !== null) return listenOn(server, host, wanted);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return listenOn(server, host, 0);
}

async function listenOn(server: Server, host: string, port: number): Promise<number> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw unusable(error, host, port) ?? error;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the web server listens on no port');
  return address.port;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const isTaken = (error: unknown): boolean => error instanceof Error && codeOf(error.cause) === 'EADDRINUSE';

/** The system's refusals, in words; null for any other error. */
function unusable(error: unknown, host: string, port: number): CrierError | null {
  const sentence = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that, or set PORT to another one, or leave PORT out to take a free one.`,
    EACCES: `Crier may not listen on port ${port} of ${host}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, such as 127.0.0.1, or 0.0.0.0 for all.`,
    ENOTFOUND: `No address is known for ${host}. Set HOST to one of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`,
  }[String(codeOf(error))];
  return sentence === undefined ? null : new CrierError('invalid-input', sentence, { cause: error });
}
