// The emulator's own routes under /_emulator, for a process that cannot call it directly. They are neither recorded nor faulted.
import { z } from 'zod';
import { FaultOrder, type Faults } from './faults.ts';
import type { EmulatedPost, EmulatorApp, RecordedRequest } from './network.ts';

export interface Controls {
  faults: Faults;
  requests: () => readonly RecordedRequest[];
  posts: () => readonly EmulatedPost[];
}

export function mountControls(app: EmulatorApp, { faults, requests, posts }: Controls): void {
  app.post('/_emulator/faults', async (c) => {
    const order = FaultOrder.safeParse(parseJson(await c.req.text()));
    if (!order.success) return c.json({ error: z.prettifyError(order.error) }, 400);
    faults.order(order.data);
    return c.json({ pending: faults.pending() }, 201);
  });
  app.delete('/_emulator/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.post('/_emulator/release', (c) => {
    faults.release();
    return c.body(null, 204);
  });
  app.get('/_emulator/requests', (c) => c.json(requests()));
  app.get('/_emulator/posts', (c) => c.json(posts()));
}

/** Undefined for what is not JSON; the schema then says what is missing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
