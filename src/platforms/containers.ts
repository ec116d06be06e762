// Containers: what Instagram and Threads make of a post before it is public. Made from addresses that Meta fetches, waited for, and stored as
// handles, so that the next try goes on with them. What goes into one, the networks' own folders say; nothing is published here.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CrierError } from '../core/errors.ts';
import type { MediaFile, PublishContext } from '../core/platform.ts';
import { untilReady } from './until-ready.ts';

export type ContainerState = 'EXPIRED' | 'ERROR' | 'FINISHED' | 'IN_PROGRESS' | 'PUBLISHED';

/** A network's requests about containers. */
export interface ContainerDesk {
  /** As people know it. */
  network: string;
  /** Returns the id. */
  make: (body: object) => Promise<string>;
  /** `why`: what the network says of a failed one. Null for one that it does not know (any more). */
  look: (id: string) => Promise<{ state: ContainerState; why: string } | null>;
  /** Why a container came to nothing. */
  failure: (why: string) => CrierError;
}

/** A container to be made. `of` is a hash of what it is made from: a text or file that was changed since makes a new one. */
interface Part {
  of: string;
  /** What the request says; a function, as each address is made when it is needed. */
  body: () => object;
}

/** The container of a whole post, and those that have to be there before; empty for a post with one file or none. */
export interface Wish {
  of: string;
  /** @param children ids of the containers of `items`, in their order */
  body: (children: readonly string[]) => object;
  items: readonly Part[];
}

export const hashOf = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
/** What tells a file in a hash. */
export const sameFile = ({ hash, altText }: MediaFile): string[] => [hash, altText];

/** `madeAt`: ISO 8601. */
const Stored = z.object({ id: z.string(), madeAt: z.string(), of: z.string() });
type Stored = z.infer<typeof Stored>;
const Handles = z.object({ containers: z.record(z.string(), Stored) });

/** Among the handles, the container that is published; those of items have the item's place as name. */
const POST = 'post';

/**
 * A container dies after 24 hours, and one that is nearly there is left alone: "EXPIRED" in
 * https://developers.facebook.com/docs/threads/troubleshooting (checked 2026-11-22), and the same on Instagram.
 */
const KEEP_HOURS = 23;

/** A fresh container is not known everywhere at once: https://github.com/gitroomhq/postiz-app/pull/2047 (checked 2026-11-22). */
const GRACE_SECONDS = 60;

/** Milliseconds; a minute and a half in all. Meta asks for one question a minute, which would make each image take one. */
const WAITS_MS = [100, 300, 800, 1500, 3000, 5000, 8000, 10_000, 15_000, 15_000, 15_000, 15_000];

/** What became of the container that a try was to publish, `gone` where the network does not know it; null where the try got none. */
export async function lookAtPost(desk: ContainerDesk, handles: unknown): Promise<ContainerState | 'gone' | null> {
  const parsed = Handles.safeParse(handles);
  const post = parsed.success ? parsed.data.containers[POST] : undefined;
  return post ? ((await desk.look(post.id))?.state ?? 'gone') : null;
}

export interface Ready {
  id: string;
  /** Since when there is the container. */
  since: Temporal.Instant;
  /** True where an earlier try has published it. */
  isPublished: boolean;
}

type Context = Pick<PublishContext, 'handles' | 'saveHandles' | 'clock' | 'signal'>;

/**
 * The container of the whole post, ready to be published.
 * @param allowNew asked before any is made, and not where an earlier try left one that is good
 * @throws CrierError `unavailable` where the network takes too long; what `failure` makes of a file it cannot take; what the desk throws
 */
export async function readyContainer(
  context: Context,
  desk: ContainerDesk,
  wish: Wish,
  allowNew: () => Promise<void>,
): Promise<Ready> {
  const containers = openContainers(context, desk);
  const known = containers.known(POST, wish.of);
  if (known) return containers.finished(POST, known);
  await allowNew();
  const items: Stored[] = [];
  for (const [place, { of, body }] of wish.items.entries()) {
    const name = String(place);
    items.push(containers.known(name, of) ?? (await containers.made(name, of, body())));
  }
  for (const [place, item] of items.entries()) await containers.finished(String(place), item);
  const body = wish.body(items.map(({ id }) => id));
  return containers.finished(POST, await containers.made(POST, wish.of, body));
}

function openContainers({ handles, saveHandles, clock, signal }: Context, desk: ContainerDesk) {
  const { network } = desk;
  const parsed = Handles.safeParse(handles);
  const all: Record<string, Stored> = parsed.success ? { ...parsed.data.containers } : {};
  const save = (): Promise<void> => saveHandles({ containers: { ...all } });
  const age = ({ madeAt }: Stored): Temporal.Duration => clock.now().since(Temporal.Instant.from(madeAt));

  const look = async (name: string, container: Stored): Promise<Ready | null> => {
    const found = await desk.look(container.id);
    if (!found && age(container).total('seconds') < GRACE_SECONDS) return null;
    const state = found?.state ?? 'EXPIRED';
    if (state === 'IN_PROGRESS') return null;
    if (state === 'FINISHED' || state === 'PUBLISHED')
      return { id: container.id, since: Temporal.Instant.from(container.madeAt), isPublished: state === 'PUBLISHED' };
    // it will never be more: the next try makes another
    delete all[name];
    await save();
    if (state === 'ERROR') throw desk.failure(found?.why ?? '');
    const sentence = `${network} has let go of what Crier prepared; it is prepared again at the next try.`;
    throw new CrierError('unavailable', sentence);
  };

  return {
    known: (name: string, of: string): Stored | undefined => {
      const container = all[name];
      return container && container.of === of && age(container).total('hours') < KEEP_HOURS ? container : undefined;
    },
    made: async (name: string, of: string, body: object): Promise<Stored> => {
      const container = { id: await desk.make(body), madeAt: clock.now().toString(), of };
      all[name] = container;
      await save();
      return container;
    },
    finished: (name: string, container: Stored): Promise<Ready> =>
      untilReady(signal, () => look(name, container), {
        stillWorking: `${network} is still processing the post; it will be tried again.`,
        waitsMs: WAITS_MS,
      }),
  };
}
