// A way to an emulated network on which it forgets the keys by which it would know a repeat: then only Crier's own care, and asking the
// network, keeps a post from being out twice.
import { createServer, request } from 'node:http';

const KEY = 'idempotency-key';

export interface Forgetful {
  url: string;
  close: () => Promise<void>;
}

/** Passes every request on as it is, but for the key. @param target URL of the network */
export async function openForgetful(target: string): Promise<Forgetful> {
  const { hostname, port } = new URL(target);
  const server = createServer((near, answer) => {
    const { [KEY]: _, ...headers } = near.headers;
    const far = request({ hostname, port, path: near.url, method: near.method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('error', breakOff).pipe(answer);
    });
    // what the network breaks off is broken off here too; a client that is gone after it has sent all changes nothing
    const breakOff = (): void => void near.socket.destroy();
    far.on('error', breakOff);
    near.on('close', () => near.complete || far.destroy()).pipe(far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the way has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
