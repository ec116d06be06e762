// What a post's thread is told when a delivery changes: which post, where, what happened, and what can be done.
import type { Platforms } from '../core/ports.ts';
import { type DeliveryDetails, postName, textFor } from '../core/post.ts';
import type { News } from '../core/store.ts';
import { shorten } from '../core/text.ts';
import { zoneOf } from '../core/workspace.ts';
import { deliveryLines, wordsFor } from './cards/delivery-lines.ts';
import {
  confirmButtons,
  editButton,
  lateButtons,
  moveButton,
  publishNowButton,
  reconnectButton,
  retryButton,
  showButton,
} from './cards/post-buttons.ts';
import type { Button, Reply, Tone } from './reply.ts';

const FIRST_WORDS = 60;

/** How the title says each state, and how it is meant. */
const SAID: Record<DeliveryDetails['state'], { verb: string; tone: Tone }> = {
  scheduled: { verb: 'scheduled for', tone: 'plain' },
  publishing: { verb: 'going out on', tone: 'plain' },
  published: { verb: 'published on', tone: 'good' },
  retrying: { verb: 'not out yet on', tone: 'warning' },
  unconfirmed: { verb: 'unconfirmed on', tone: 'warning' },
  held: { verb: 'held for', tone: 'warning' },
  failed: { verb: 'failed on', tone: 'bad' },
  canceled: { verb: 'canceled for', tone: 'plain' },
};

export function renderNews({ delivery, post, author }: News, platforms: Pick<Platforms, 'get'>): Reply {
  const platformName = platforms.get(delivery.platform).name;
  const name = postName(post);
  const { tone } = SAID[delivery.state];
  const verb = delivery.state === 'retrying' && delivery.inDoubt ? 'may be out on' : SAID[delivery.state].verb;
  const said = shorten(textFor(post, delivery.platform), FIRST_WORDS);
  return {
    tone,
    title: `${name} ${verb} ${platformName} · ${delivery.account.handle}`,
    lines: [...(said === '' ? [] : [`"${said}"`]), ...deliveryLines(delivery, wordsFor(post, platformName, zoneOf(author)))],
    buttons: newsButtons(name, delivery, platformName),
  };
}

function newsButtons(name: string, delivery: DeliveryDetails, platformName: string): Button[] {
  const needsLogin = delivery.account.state === 'disconnected' || delivery.holdReason === 'account';
  const reconnect = needsLogin ? [reconnectButton(delivery.platform, platformName)] : [];
  switch (delivery.state) {
    case 'unconfirmed':
      return confirmButtons(name, delivery, null);
    case 'failed':
      return [...reconnect, retryButton(name), editButton(name), showButton(name)];
    case 'held':
      return [...reconnect, ...heldButtons(name, delivery), showButton(name)];
    case 'retrying':
      return [showButton(name)];
    case 'scheduled':
    case 'publishing':
    case 'published':
    case 'canceled':
      return [];
  }
}

function heldButtons(name: string, { holdReason }: DeliveryDetails): Button[] {
  if (holdReason === 'late') return lateButtons(name);
  if (holdReason === 'removed') return [publishNowButton(name), moveButton(name)];
  return holdReason === 'cap' ? [moveButton(name)] : [];
}
