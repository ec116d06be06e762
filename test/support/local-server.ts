// A real HTTP server on loopback for one test, with whatever behaviour the test needs.
import { createServer, type RequestListener } from 'node:http';

export interface LocalServer {
  url: string;
  port: number;
  /** Requests that arrived so far. */
  seen: () => number;
  close: () => Promise<void>;
}

export async function serveLocally(listener: RequestListener): Promise<LocalServer> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    seen: () => requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An address on loopback where nobody listens. */
export async function deadAddress(): Promise<string> {
  const { url, close } = await serveLocally(() => undefined);
  await close();
  return url;
}
