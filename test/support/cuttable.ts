// A way to a server on loopback that can be cut off or stopped up, for tests and trials of outages. It passes bytes and reads none.
import { connect, createServer, type Socket } from 'node:net';

export interface Target {
  host: string;
  port: number;
}

export interface Cuttable {
  /** On 127.0.0.1, the same for as long as this is open. */
  port: number;
  /** Breaks every connection, and each new one at once. */
  cut: () => void;
  /** Connections stay, new ones are taken, and nothing passes any more. */
  freeze: () => void;
  /** What comes passes again. After `freeze`, also all that waited. */
  restore: () => void;
  close: () => Promise<void>;
}

/** A connection of a client, and the one to the server, which is opened once something may pass. */
interface Pair {
  near: Socket;
  far: Socket | null;
}

export async function openCuttable(target: Target): Promise<Cuttable> {
  const pairs = new Set<Pair>();
  let state: 'open' | 'cut' | 'frozen' = 'open';

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    const pair: Pair = { near, far: null };
    pairs.add(pair);
    endTogether(near, pair);
    if (state === 'cut') breakOff(pair);
    else if (state === 'open') pass(pair);
  });

  function endTogether(socket: Socket, pair: Pair): void {
    socket.setNoDelay(true);
    // an error is one of the ways to end, and `close` follows
    socket.on('error', () => breakOff(pair));
    socket.on('close', () => breakOff(pair));
  }

  function pass(pair: Pair): void {
    if (!pair.far) {
      pair.far = connect({ ...target, allowHalfOpen: true });
      endTogether(pair.far, pair);
    }
    pair.near.pipe(pair.far);
    pair.far.pipe(pair.near);
  }

  function hold({ near, far }: Pair): void {
    if (!far) return;
    near.unpipe(far).pause();
    far.unpipe(near).pause();
  }

  function breakOff(pair: Pair): void {
    if (!pairs.delete(pair)) return;
    pair.near.resetAndDestroy();
    pair.far?.resetAndDestroy();
  }

  function cut(): void {
    state = 'cut';
    for (const pair of pairs) breakOff(pair);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the way has no port');
  return {
    port: address.port,
    cut,
    freeze: () => {
      if (state === 'open') for (const pair of pairs) hold(pair);
      state = 'frozen';
    },
    restore: () => {
      if (state === 'frozen') for (const pair of pairs) pass(pair);
      state = 'open';
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
