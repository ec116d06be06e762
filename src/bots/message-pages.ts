// Lays parts of a reply out over messages, in their order. It knows neither what they say nor how large a message may be: each chat
// hands that in.

export interface Layout<Block> {
  /** Blocks that belong together, from top to bottom. They are parted only where one unit is too large for a message. */
  units: readonly (readonly Block[])[];
  /** The reply's own buttons: always with its beginning. */
  tail: readonly Block[];
}

export interface Room<Block> {
  /** Whether these fit in one message. */
  fits: (blocks: readonly Block[]) => boolean;
  /** Whether these leave at least half of a message to what they are about. */
  leavesHalf: (blocks: readonly Block[]) => boolean;
}

/** Buttons leave at least half of the first message to what they are about; the others stand below everything else. */
function keptTail<Block>(tail: readonly Block[], { leavesHalf }: Room<Block>): readonly Block[] {
  const end = tail.findIndex((_, index) => !leavesHalf(tail.slice(0, index + 1)));
  return end < 0 ? tail : tail.slice(0, end);
}

/** The blocks of each message, at least one. */
export function fillMessages<Block>({ units, tail }: Layout<Block>, room: Room<Block>): Block[][] {
  const kept = keptTail(tail, room);
  const messages: Block[][] = [];
  let current: Block[] = [];
  const taken = (): readonly Block[] => (messages.length === 0 ? kept : []);
  const endMessage = (): void => {
    messages.push([...current, ...taken()]);
    current = [];
  };
  const place = (unit: readonly Block[]): void => {
    if (room.fits([...current, ...unit, ...taken()])) current.push(...unit);
    // parted only where it has no room in a message of its own, or would leave the buttons alone in the first
    else if (unit.length > 1 && (!room.fits(unit) || (messages.length === 0 && current.length === 0)))
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
