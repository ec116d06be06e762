// A network that takes every post at once, in this process: what is measured is Crier and not somebody's server.
import { CrierError } from '../src/core/errors.ts';
import { definePlatform, type Platform } from '../src/core/platform.ts';

/** @param onRequest called where a real platform's request would leave. */
export function inProcessNetwork(onRequest: (text: string) => void): Platform {
  let posts = 0;
  return definePlatform({
    id: 'benchnet',
    name: 'Benchnet',
    aliases: [],
    setup: { intro: '', fields: [] },
    capabilities: { altText: true, repeatHarmlessForMs: 0 },
    limits: () => ({
      text: [{ max: 280, unit: 'characters', count: (text) => text.length }],
      images: null,
      videos: null,
      mixedMedia: false,
      needsMedia: false,
    }),
    connect: () => Promise.reject(new CrierError('invalid-input', 'There is nothing to connect here.')),
    publish: async (context) => {
      await context.beforeSend();
      onRequest(context.text);
      posts += 1;
      return { remoteId: String(posts), url: `https://benchnet.example/${posts}` };
    },
    oauth: null,
    findPublished: null,
    classifyError: (error) => new CrierError('outcome-unknown', 'The network broke off.', { cause: error }),
  });
}
