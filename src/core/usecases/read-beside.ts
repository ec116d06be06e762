// Reads what a new post says beside its text, and what a stored one is to say from now on. Writes nothing.
import { invalidArgument } from '../errors.ts';
import { type NetworkOptions, readOptions } from '../network-options.ts';
import type { Deps } from '../ports.ts';
import type { Beside } from '../post.ts';
import { findPlatform } from './connect-account.ts';
import { refuseUnstorable } from './post-text.ts';

export interface BesideRequest {
  /** By a network's id, name or alias, as a person names it. */
  options?: Readonly<Record<string, NetworkOptions>>;
  /** Left out: no. */
  thread?: boolean;
  /** Empty or left out: none. */
  comment?: string;
}

/**
 * @param goesTo platform ids the post goes to
 * @throws CrierError `invalid-input` for a network, a name or a value that is not there, or a network the post does not go to.
 */
export function readBeside(
  deps: Pick<Deps, 'platforms'>,
  goesTo: ReadonlySet<string>,
  { options = {}, thread = false, comment = '' }: BesideRequest,
): Beside {
  refuseUnstorable(comment, 'comment');
  const read = new Map<string, NetworkOptions>();
  for (const [network, given] of Object.entries(options)) {
    const platform = findPlatform(deps, network);
    for (const value of Object.values(given)) refuseUnstorable(value, 'options');
    const known = readOptions(platform, given);
    if (!goesTo.has(platform.id)) {
      throw invalidArgument(
        'options',
        `${platform.name} has options here, and the post does not go there: add ${platform.id} to the networks, or leave them out.`,
      );
    }
    if (Object.keys(known).length > 0) read.set(platform.id, { ...read.get(platform.id), ...known });
  }
  return { options: Object.fromEntries(read), thread, comment: comment.trim() === '' ? null : comment };
}
