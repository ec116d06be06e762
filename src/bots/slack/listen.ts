// Which of Slack's requests goes where. Each is read by its schema, acknowledged, and only then worked on.
import type { App, ViewSubmitAction } from '@slack/bolt';
import { readButtonId } from './blocks.ts';
import { onSlashCommand } from './commands.ts';
import { onFormChanged } from './form-live.ts';
import { onFormSent } from './form-submit.ts';
import { type Front, meetOnce, take } from './front.ts';
import { publishHome } from './home.ts';
import { onSpokenTo } from './mentions.ts';
import { BlockActions, EventBody, HomeOpened, Shortcut, SlashCommand, SpokenTo, ViewSubmission } from './payloads.ts';
import { onPress } from './presses.ts';
import { handleRemoval, type RemovalSign, revokesBot } from './removal.ts';
import { onShortcut } from './shortcuts.ts';

const ANY = /^[\s\S]*$/;

export function listen(app: App, front: Front): void {
  listenToPeople(app, front);
  listenToEvents(app, front);
  app.error(async (error) => front.deps.log.error({ err: error }, 'a request of Slack could not be taken'));
}

function listenToPeople(app: App, front: Front): void {
  app.command(ANY, async ({ ack, body, context }) => {
    await ack();
    onSlashCommand(front, teamOf(context), SlashCommand.parse(body));
  });
  app.action(ANY, async ({ ack, body, context }) => {
    await ack();
    const payload = BlockActions.parse(body);
    const pressed = payload.actions[0] && readButtonId(payload.actions[0]);
    if (pressed) onPress(front, teamOf(context), payload, pressed);
    else if (payload.view)
      onFormChanged(front, teamOf(context), payload.user.id, payload.view, payload.actions[0]?.block_id ?? '');
  });
  app.shortcut(ANY, async ({ ack, body, context }) => {
    await ack();
    onShortcut(front, teamOf(context), Shortcut.parse(body));
  });
  app.view<ViewSubmitAction>(ANY, async ({ ack, body, context }) => {
    await onFormSent(front, teamOf(context), ViewSubmission.parse(body), ack);
  });
}

/** Bolt acknowledges events by itself, before it calls these. */
function listenToEvents(app: App, front: Front): void {
  const hear = (body: unknown, context: { teamId?: string }): void => {
    const { event_id, event } = EventBody.parse(body);
    onSpokenTo(front, teamOf(context), event_id, SpokenTo.parse(event));
  };
  app.event('app_mention', async ({ body, context }) => hear(body, context));
  app.event('message', async ({ body, event, context }) => {
    if (event.channel_type === 'im') hear(body, context);
  });
  app.event('app_home_opened', async ({ body, context }) => {
    const { event_id, event } = EventBody.parse(body);
    const { user: userId, tab } = HomeOpened.parse(event);
    if (tab !== undefined && tab !== 'home') return;
    const teamId = teamOf(context);
    take(front, 'overview', { teamId, userId }, null, async () => {
      const meeting = await meetOnce(front, { teamId, userId, key: `event/${event_id}` });
      if (meeting) await publishHome(front, meeting);
    });
  });
  const remove = (teamId: string, sign: RemovalSign): void =>
    front.background.run(sign, () => handleRemoval({ ...front.deps, teams: front.teams }, teamId, sign));
  app.event('app_uninstalled', async ({ context }) => remove(teamOf(context), 'app_uninstalled'));
  app.event('tokens_revoked', async ({ event, context }) => {
    if (revokesBot(event)) remove(teamOf(context), 'tokens_revoked');
  });
}

/** Organization-wide installations name no team, and there is none of these (org_deploy_enabled is off in the manifest). */
function teamOf({ teamId }: { teamId?: string }): string {
  if (teamId === undefined) throw new Error('the request names no team');
  return teamId;
}
