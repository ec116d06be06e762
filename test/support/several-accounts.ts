// Platforms whose login leads to several accounts, made of one whose login leads to one: what is told apart are id, handle and kind.
import type { Candidate, OAuth } from '../../src/core/oauth.ts';
import type { Platform } from '../../src/core/platform.ts';

type More = Pick<Candidate, 'remoteId' | 'handle' | 'kind'>;

/** Mastodon, whose login leads to these beside the account itself; other platforms as they are. */
export const withMore =
  (more: readonly More[]) =>
  (platform: Platform): Platform =>
    platform.id === 'mastodon' && platform.oauth
      ? { ...platform, oauth: { ...platform.oauth, connect: connectMore(platform.oauth, more) } }
      : platform;

const connectMore =
  ({ connect }: OAuth, more: readonly More[]): OAuth['connect'] =>
  async (...given) => {
    const granted = await connect(...given);
    if (granted === 'denied') return granted;
    const [first] = granted.accounts;
    return { ...granted, accounts: [first, ...more.map((each) => ({ ...first, ...each }))] };
  };
