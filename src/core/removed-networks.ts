// What is told of networks that Crier does not know any more: posts that went out there once are still in reports. Nothing is published
// or asked there; whoever wants to do that uses the list itself and hears that there is no such network.
import { CrierError } from './errors.ts';
import { definePlatform, type Platform } from './platform.ts';
import type { Platforms } from './ports.ts';

const refuse = (id: string): never => {
  throw new CrierError('not-found', `Crier does not know the network “${id}” any more.`);
};

/** By its id, which is all that is left of it. */
const removedNetwork = (id: string): Platform =>
  definePlatform({
    id,
    name: id,
    aliases: [],
    setup: { intro: '', fields: [] },
    capabilities: { altText: false, repeatHarmlessForMs: 0 },
    limits: () => refuse(id),
    connect: null,
    oauth: null,
    publish: async () => refuse(id),
    findPublished: null,
    classifyError: () => new CrierError('not-found', `Crier does not know the network “${id}” any more.`),
  });

/** The same networks, and whichever else is in the database. */
export const withRemoved = (platforms: Platforms): Platforms => ({
  ...platforms,
  get: (id) => platforms.all().find((each) => each.id === id) ?? removedNetwork(id),
});
