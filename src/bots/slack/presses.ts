// Presses of buttons: in messages, in messages for one person, in modals and in App Home. The command reads anew what holds by then;
// here is only where the press was, and so what its answer replaces.
import { readFormButton } from '../form-button.ts';
import { answer } from './answer.ts';
import { findKeptForm } from './form-keep.ts';
import { openForm } from './form-open.ts';
import { callOf, type Front, meetOnce, take } from './front.ts';
import type { BlockActions } from './payloads.ts';
import { Place } from './place.ts';
import { withProgress } from './progress.ts';

/** Presses that look at a post and change nothing. */
const LOOKS = /^post\/show\//;

/** Begins what a press asks for. `buttonId` is `command/name/subject`. */
export function onPress(front: Front, teamId: string, payload: BlockActions, buttonId: string): void {
  const userId = payload.user.id;
  const place = placeOf(payload);
  const work = async (): Promise<void> => {
    const meeting = await meetOnce(front, { teamId, userId, key: keyOf(payload) });
    if (!meeting) return;
    const ask = {
      ...meeting,
      way: 'press' as const,
      place,
      triggerId: payload.trigger_id ?? null,
      looksOnly: LOOKS.test(buttonId),
    };
    const form = readFormButton(buttonId);
    const kept = form === null ? null : findKeptForm(front, ask, form);
    if (kept) return openForm(front, { ...ask, files: kept.files }, kept.reply, kept.form);
    const { commands } = front;
    const long = withProgress(front, ask, callOf(front, meeting, place));
    const outcome =
      form === null ? await commands.press(buttonId, long.call) : await commands.run(form.split('~')[0] ?? '', {}, long.call);
    await answer(front, long.ask, outcome);
  };
  take(front, buttonId.split('/')[0] ?? 'press', { teamId, userId }, place, work);
}

/** The same in every delivery of one press. */
function keyOf({ trigger_id, actions, container }: BlockActions): string {
  const [action] = actions;
  return `press/${trigger_id ?? `${container.message_ts ?? ''}/${action?.action_id ?? ''}/${action?.action_ts ?? ''}`}`;
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload (checked 2026-11-22) */
function placeOf({ user, view, container, channel, message, response_url: responseUrl }: BlockActions): Place {
  if (view?.type === 'home') return { channel: user.id, home: true };
  if (view) return { ...(readPlace(view.private_metadata) ?? { channel: user.id }), modal: view.id };
  const thread = container.thread_ts ?? message?.thread_ts;
  const said = { channel: container.channel_id ?? channel?.id ?? user.id, ...(thread === undefined ? {} : { thread }) };
  if (container.is_ephemeral) return { ...said, ephemeral: true, ...(responseUrl === undefined ? {} : { responseUrl }) };
  const ts = container.message_ts ?? message?.ts;
  if (ts === undefined) return said;
  return { ...said, message: ts, ...(responseUrl === undefined ? {} : { messageUrl: responseUrl }) };
}

/** What a modal that shows a reply remembers; null for one that remembers nothing of the kind. */
function readPlace(metadata: string): Place | null {
  if (metadata === '') return null;
  return Place.parse(JSON.parse(metadata));
}
