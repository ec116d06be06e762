// The shortcuts: "Schedule this message" with the text and files of a message, and "New post". Both open the form of /schedule.
import { requirePermission } from '../../core/workspace.ts';
import { composeForm } from '../commands/compose-form.ts';
import { answerError, type Outcome } from '../run.ts';
import { answer } from './answer.ts';
import { readFiles } from './files.ts';
import { callOf, type Front, type Meeting, meetOnce, take } from './front.ts';
import { SCHEDULE_MESSAGE } from './manifest.ts';
import type { Shortcut } from './payloads.ts';
import type { Place } from './place.ts';
import { readSpoken } from './spoken.ts';

/** The button "New post": the whole form, empty. */
const OPENS_FORM = 'schedule/form/new';

/** Begins what a shortcut asks for. */
export function onShortcut(front: Front, teamId: string, chosen: Shortcut): void {
  const userId = chosen.user.id;
  const place = placeOf(chosen);
  const work = async (): Promise<void> => {
    const meeting = await meetOnce(front, { teamId, userId, key: `shortcut/${chosen.trigger_id}` });
    if (!meeting) return;
    const files = (chosen.message?.files ?? []).map(({ id }) => id);
    const ask = { ...meeting, way: 'command' as const, place, triggerId: chosen.trigger_id, files };
    await answer(front, ask, await openingOf(front, meeting, place, chosen));
  };
  take(front, chosen.callback_id, { teamId, userId }, place, work);
}

/** The card goes into the thread of the message it is made of; a post made of nothing belongs to its author alone. */
function placeOf({ user, channel, message, response_url: responseUrl }: Shortcut): Place {
  if (!channel || !message) return { channel: user.id };
  const answers = responseUrl === undefined ? {} : { responseUrl };
  return { channel: channel.id, thread: message.thread_ts ?? message.ts, ...answers };
}

async function openingOf(front: Front, meeting: Meeting, place: Place, { callback_id, message }: Shortcut): Promise<Outcome> {
  if (callback_id !== SCHEDULE_MESSAGE || !message) return front.commands.press(OPENS_FORM, callOf(front, meeting, place));
  try {
    requirePermission(meeting.actor, 'write');
    const media = await readFiles(front, meeting.access, message.files);
    const text = await readSpoken(front, meeting.access, message.text);
    const call = callOf(front, meeting, place, media.length > 0 ? media : undefined);
    return { reply: composeForm(call, 'schedule', text === '' ? {} : { text }), refused: false, bug: false };
  } catch (error) {
    return answerError(error, callback_id, front.deps.log);
  }
}
