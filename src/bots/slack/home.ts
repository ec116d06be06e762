// App Home: what /overview says, for the person who looks. What stands in it is the command's matter.
import type { Front, Meeting } from './front.ts';
import { callOf } from './front.ts';
import { renderHome } from './render.ts';

const OVERVIEW = 'overview';

/** Shows the person's App Home as things are now. @throws Slack's error. */
export async function publishHome(front: Front, meeting: Meeting): Promise<void> {
  const { reply } = await front.commands.run(OVERVIEW, {}, callOf(front, meeting, { channel: meeting.userId }));
  const view = renderHome(reply);
  await front.call(() => meeting.access.client.views.publish({ user_id: meeting.userId, view }));
}

/** After a press there: that it cannot be shown anew is no reason to say that the press failed. */
export async function refreshHome(front: Front, meeting: Meeting): Promise<void> {
  try {
    await publishHome(front, meeting);
  } catch (error) {
    front.deps.log.warn({ err: error, team: meeting.access.teamId }, 'App Home could not be refreshed');
  }
}
