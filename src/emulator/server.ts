// Runs one emulated network on a port of its own, records what reaches it, and lets faults and a second process in.
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/ports.ts';
import { mountControls } from './controls.ts';
import { openFaults } from './faults.ts';
import type { DemoLogin, EmulatedNetwork, EmulatorApp, NetworkDefinition, RecordedRequest } from './network.ts';
import { timestamp } from './timestamp.ts';

export interface ServerOptions {
  clock: Clock;
  log: Log;
  host: string;
  /** 0: any free one. */
  port: number;
  stateDir: string | null;
}

export interface RunningNetwork<Login extends DemoLogin> {
  network: EmulatedNetwork<Login>;
  stop: () => Promise<void>;
}

const REQUESTS_KEPT = 5_000;
const DEMO_ACCOUNT = 'crier';

/** @throws CrierError `invalid-input` where the stored state is damaged. */
export async function startNetwork<Login extends DemoLogin>(
  definition: NetworkDefinition<Login>,
  { clock, log, host, port, stateDir }: ServerOptions,
): Promise<RunningNetwork<Login>> {
  let url = '';
  const parts = definition.open({ clock, log, baseUrl: () => url, stateDir });
  const faults = openFaults(parts.refusal);
  const requests: RecordedRequest[] = [];

  const app: EmulatorApp = new Hono();
  mountControls(app, { faults, requests: () => requests, posts: parts.posts });
  recordRequests(app, requests, clock);
  app.use(faults.middleware);
  parts.mount(app);

  // The listener's own Request and Response stay out of this process's globals: real clients run beside it in tests.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  url = `http://${host}:${await listen(server, host, port, definition.id, log)}`;
  const { addAccount, posts, app: handMade = null } = parts;
  return {
    network: { url, app: handMade, demo: addAccount(DEMO_ACCOUNT), addAccount, posts, faults, requests: () => [...requests] },
    stop: async () => {
      faults.close();
      const closed = new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
      server.closeAllConnections();
      await closed;
      parts.close();
    },
  };
}

function recordRequests(app: EmulatorApp, requests: RecordedRequest[], clock: Clock): void {
  app.use(async (c, next) => {
    const entry: RecordedRequest = { method: c.req.method, path: c.req.path, status: null, at: timestamp(clock) };
    requests.push(entry);
    if (requests.length > REQUESTS_KEPT) requests.shift();
    await next();
    if (!c.env.incoming.socket.destroyed) entry.status = c.res.status;
  });
}

/** Takes the port where it is free, else another. Returns which. */
export async function listen(server: Server, host: string, port: number, network: string, log: Log): Promise<number> {
  const wish = await tryListen(server, host, port);
  const taken = wish === 'taken';
  if (taken) log.info({ network, port }, 'port is taken; the emulated network takes a free one');
  const got = taken ? await tryListen(server, host, 0) : wish;
  if (got === 'taken') throw new Error(`no free port on ${host}`);
  return got;
}

function tryListen(server: Server, host: string, port: number): Promise<number | 'taken'> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else reject(error);
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });
}
