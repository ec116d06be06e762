// Lays blocks out over messages, or into one view. It knows sizes and order, and nothing of what the blocks say.
import type { KnownBlock } from '@slack/types';
import { fillMessages as fillRoom, type Layout, type Room } from '../message-pages.ts';
import { smallPrint } from './blocks.ts';
import * as limits from './limits.ts';

const bytesOf = (blocks: readonly KnownBlock[]): number => Buffer.byteLength(JSON.stringify(blocks));

const fits = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= limits.MESSAGE_BLOCKS && bytesOf(blocks) <= limits.MESSAGE_BYTES;

const ROOM: Room<KnownBlock> = {
  fits,
  leavesHalf: (blocks) => bytesOf(blocks) <= limits.MESSAGE_BYTES / 2 && blocks.length <= limits.MESSAGE_BLOCKS / 2,
};

/** The blocks of each message, at least one. */
export const fillMessages = (layout: Layout<KnownBlock>): KnownBlock[][] => fillRoom(layout, ROOM);

/** One view's blocks. A view has no second page: what has no room is left out, and that is said. */
export function fillView({ units, tail }: Layout<KnownBlock>): KnownBlock[] {
  const blocks = units.flat();
  const room = limits.VIEW_BLOCKS - Math.min(tail.length, limits.VIEW_BLOCKS / 2);
  const buttons = tail.slice(0, limits.VIEW_BLOCKS - room);
  if (blocks.length <= room) return [...blocks, ...buttons];
  const remark = smallPrint(['There is more than has room here. Ask for it in a channel, with a command.']);
  return [...blocks.slice(0, room - remark.length), ...remark, ...buttons];
}
