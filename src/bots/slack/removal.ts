// What follows when Crier is removed from a Slack team: it forgets its access, and the workspace's posts are held. Coming back is
// install.ts' matter.
import type { Log } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import type { Teams } from './teams.ts';

export interface RemovalDeps {
  store: Pick<Store, 'installations' | 'workspaces'>;
  teams: Pick<Teams, 'isWelcome' | 'forget'>;
  log: Log;
}

/** How we heard of it: Slack's events `app_uninstalled` and `tokens_revoked`, or a call that Slack refused. */
export type RemovalSign = 'app_uninstalled' | 'tokens_revoked' | 'refused';

/** `tokens_revoked` names bot tokens by their users; those of people alone are none of ours. */
export const revokesBot = (event: { tokens: { bot?: readonly string[] } }): boolean => (event.tokens.bot ?? []).length > 0;

/**
 * Takes the team's access out of the store and marks its workspace as left, unless Slack still takes it: events come late and in any
 * order, also after the app was installed anew (https://docs.slack.dev/reference/events/app_uninstalled).
 */
export async function handleRemoval({ store, teams, log }: RemovalDeps, teamId: string, sign: RemovalSign): Promise<void> {
  if (await isWelcome(teams, teamId, sign)) {
    log.info({ teamId, sign }, 'Slack says Crier was removed from a team, but its access there works');
    return;
  }
  await store.installations.remove('slack', teamId);
  await store.workspaces.setPresent('slack', teamId, false);
  teams.forget(teamId);
  log.warn({ teamId, sign }, 'Crier was removed from a Slack team; its posts are held until it is installed there again');
}

/** Where Slack cannot be asked, its event is believed; a refused call alone may have been a hiccup, and the next one tells. */
async function isWelcome(teams: RemovalDeps['teams'], teamId: string, sign: RemovalSign): Promise<boolean> {
  try {
    return await teams.isWelcome(teamId);
  } catch (error) {
    if (sign === 'refused') throw error;
    return false;
  }
}
