// Lays blocks out over messages, or into one view. It knows sizes and order, and nothing of what the blocks say.
import type { KnownBlock } from '@slack/types';
import { smallPrint } from './blocks.ts';
import * as limits from './limits.ts';

export interface Layout {
  /** Blocks that belong together, from top to bottom. They are parted only where one unit is too large for a message. */
  units: readonly (readonly KnownBlock[])[];
  /** The reply's own buttons: always with its beginning. */
  tail: readonly KnownBlock[];
}

const bytesOf = (blocks: readonly KnownBlock[]): number => Buffer.byteLength(JSON.stringify(blocks));

const fits = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= limits.MESSAGE_BLOCKS && bytesOf(blocks) <= limits.MESSAGE_BYTES;

/** Buttons leave at least half of the first message to what they are about; the others stand below everything else. */
function keptTail(tail: readonly KnownBlock[]): readonly KnownBlock[] {
  const kept: KnownBlock[] = [];
  for (const block of tail) {
    if (bytesOf([...kept, block]) > limits.MESSAGE_BYTES / 2 || kept.length >= limits.MESSAGE_BLOCKS / 2) break;
    kept.push(block);
  }
  return kept;
}

/** The blocks of each message, at least one. */
export function fillMessages({ units, tail }: Layout): KnownBlock[][] {
  const kept = keptTail(tail);
  const messages: KnownBlock[][] = [];
  let current: KnownBlock[] = [];
  const taken = (): readonly KnownBlock[] => (messages.length === 0 ? kept : []);
  const endMessage = (): void => {
    messages.push([...current, ...taken()]);
    current = [];
  };
  const place = (unit: readonly KnownBlock[]): void => {
    if (fits([...current, ...unit, ...taken()])) current.push(...unit);
    // parted only where it has no room in a message of its own, or would leave the buttons alone in the first
    else if (unit.length > 1 && (!fits(unit) || (messages.length === 0 && current.length === 0)))
      for (const block of unit) place([block]);
    else {
      if (current.length > 0 || taken().length > 0) endMessage();
      current.push(...unit);
    }
  };
  for (const unit of units) place(unit);
  for (const block of tail.slice(kept.length)) place([block]);
  if (current.length > 0 || taken().length > 0) endMessage();
  return messages;
}

/** One view's blocks. A view has no second page: what has no room is left out, and that is said. */
export function fillView({ units, tail }: Layout): KnownBlock[] {
  const blocks = units.flat();
  const room = limits.VIEW_BLOCKS - Math.min(tail.length, limits.VIEW_BLOCKS / 2);
  const buttons = tail.slice(0, limits.VIEW_BLOCKS - room);
  if (blocks.length <= room) return [...blocks, ...buttons];
  const remark = smallPrint(['There is more than has room here. Ask for it in a channel, with a command.']);
  return [...blocks.slice(0, room - remark.length), ...remark, ...buttons];
}
