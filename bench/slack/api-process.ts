// The Slack that the bench's Crier talks to, in a process of its own: what it does for a message is not Crier's work. Says where it
// is, and when asked which cards it holds. Nothing is measured here.
import { openSlackServer } from '../../test/support/slack/server.ts';
import { requestIn } from './requests.ts';

/** A card that was posted: of which request, and when, in epoch milliseconds. */
export interface Card {
  request: number;
  at: number;
}

export type FromApi = { kind: 'ready'; apiUrl: string } | { kind: 'cards'; cards: Card[] };

const tell = (message: FromApi): void => void process.send?.(message);

const slack = await openSlackServer({ clock: { now: () => Temporal.Now.instant() } });

function cards(): Card[] {
  const posted = slack.calls('chat.postMessage').filter(({ ok }) => ok);
  return posted.flatMap(({ args, at }) => {
    const request = requestIn(JSON.stringify(args.blocks));
    return request === null ? [] : [{ request, at: at.epochMilliseconds }];
  });
}

process.on('message', () => tell({ kind: 'cards', cards: cards() }));
// the bench has gone, however it ended
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready', apiUrl: slack.apiUrl });
