// Replies in modals: for presses in App Home and in a modal that shows a reply already.
import type { ModalView } from '@slack/types';
import type { Reply } from '../reply.ts';
import type { Front } from './front.ts';
import { readFailure } from './outbox-errors.ts';
import { type Ask, listenerOf, type Place } from './place.ts';
import { sayPrivately } from './privately.ts';
import { slackCodeOf } from './refusals.ts';
import { renderModal } from './render.ts';

/** Slack's words for a trigger that has run out (three seconds) or was used. https://docs.slack.dev/reference/methods/views.open */
const SPENT_TRIGGER = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

/** Three modals may lie upon each other. https://docs.slack.dev/reference/methods/views.push (both checked 2026-11-22) */
const TOO_HIGH = 'push_limit_reached';

/** The modal has been closed since, or it shows something newer. */
const GONE = ['not_found', 'view_not_found', 'hash_conflict'];

export const isSpentTrigger = (error: unknown): boolean => SPENT_TRIGGER.includes(slackCodeOf(error) ?? '');
export const isViewGone = (error: unknown): boolean => GONE.includes(slackCodeOf(error) ?? '');

/** What a modal that shows a reply remembers: where its presses belong. */
const withPlace = (view: ModalView, { modal: _, ...place }: Place): ModalView => ({
  ...view,
  private_metadata: JSON.stringify(place),
});

/** A modal over whatever is there. @throws CrierError where Slack refuses it; see `isSpentTrigger`. */
export async function raiseModal({ access, place }: Ask, triggerId: string, view: ModalView): Promise<void> {
  const { views } = access.client;
  const { modal } = place;
  try {
    if (modal === undefined) await views.open({ trigger_id: triggerId, view });
    else await views.push({ trigger_id: triggerId, view });
  } catch (error) {
    if (modal === undefined || slackCodeOf(error) !== TOO_HIGH) throw readFailure(error);
    await views.update({ view_id: modal, view });
  }
}

/** In place of the reply whose button was pressed; as a new modal where there is none, or `above` is set. */
export async function showInModal(front: Front, ask: Ask, reply: Reply, { above = false } = {}): Promise<void> {
  const view = withPlace(renderModal(reply), ask.place);
  const { modal } = ask.place;
  try {
    if (modal !== undefined && !above) await front.call(() => ask.access.client.views.update({ view_id: modal, view }));
    else if (ask.way !== 'submit' && ask.triggerId !== null) await raiseModal(ask, ask.triggerId, view);
    return;
  } catch (error) {
    if (!isSpentTrigger(error) && !isViewGone(error)) throw error;
  }
  // nobody looks at a modal any more
  if (ask.way === 'press') await sayPrivately(front, listenerOf(ask), ask.place, reply);
}
