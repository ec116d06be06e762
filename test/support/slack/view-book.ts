// The modals and App Homes people see, and the trigger ids that open modals: each opens one, within three seconds of the press
// it came with (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses).
import type { Clock } from '../../../src/core/clock.ts';
import { readView, type ShownView, type ViewState } from './records.ts';
import type { TeamEmulator } from './team-emulator.ts';
import { isObject, type Json, text } from './wire.ts';

const TRIGGER_LIFE_MS = 3000;

interface Trigger {
  teamId: string;
  userId: string;
  /** The view that was pressed in; pushing needs it. */
  viewId: string | null;
  until: number;
  used: boolean;
}

export interface ViewBook {
  trigger: (press: { teamId: string; userId: string; viewId?: string }) => string;
  /** views.open, push, update and publish; the front answers with what comes back. */
  call: (method: string, token: string, args: Json, team: TeamEmulator) => Promise<Json>;
  /** What a view_submission's answer does to the modals: https://docs.slack.dev/surfaces/modals. */
  answered: (view: ShownView, answer: Json, team: TeamEmulator) => Promise<void>;
  close: (view: ShownView) => void;
  type: (view: ShownView, typed: ViewState) => void;
  find: (viewId: string) => ShownView | undefined;
  /** Open modals, the topmost last. */
  modals: (userId?: string) => ShownView[];
  home: (userId: string) => ShownView | null;
}

/** What was typed stays where block and element keep their ids, as in Slack. */
function keepTyped(typed: ViewState, blocks: ShownView['blocks']): ViewState {
  const kept = new Set(blocks.map((block) => block.block_id));
  return Object.fromEntries(Object.entries(typed).filter(([blockId]) => kept.has(blockId)));
}

const refuse = (error: string): Json => ({ ok: false, error });

export function openViewBook(clock: Clock): ViewBook {
  const triggers = new Map<string, Trigger>();
  const shown = new Map<string, ShownView>();
  const now = (): number => clock.now().epochMilliseconds;

  const trigger: ViewBook['trigger'] = ({ teamId, userId, viewId = null }) => {
    const id = `${triggers.size + 1}.${teamId}.${userId}`;
    triggers.set(id, { teamId, userId, viewId, until: now() + TRIGGER_LIFE_MS, used: false });
    return id;
  };
  function take(id: string, teamId: string): Trigger | string {
    const found = triggers.get(id);
    if (!found || found.teamId !== teamId) return 'invalid_trigger_id';
    if (found.used) return 'exchanged_trigger_id';
    if (now() > found.until) return 'expired_trigger_id';
    found.used = true;
    return found;
  }
  function show(answer: Json, teamId: string, userId: string): void {
    if (answer.ok !== true) return;
    const view = readView(answer.view);
    const typed = keepTyped(shown.get(view.id)?.typed ?? {}, view.blocks);
    const previous = shown.get(view.id);
    // an updated view keeps its place in the stack, as Map.set does
    shown.set(view.id, { ...view, teamId, userId: previous?.userId ?? userId, typed });
  }
  /** emulate has trigger ids of its own, by the real clock: one is made on the spot for a trigger of ours. */
  async function exchange(method: string, token: string, args: Json, team: TeamEmulator): Promise<Json> {
    const ours = take(text(args.trigger_id) || text(args.interactivity_pointer), team.team.id);
    if (typeof ours === 'string') return refuse(ours);
    const { userId, viewId } = ours;
    const place = viewId === null ? { user_id: userId } : { user_id: userId, view_id: viewId };
    const { trigger_id } = await team.asBot('views.generateTriggerId', place);
    const answer = await team.call(token, method, { ...args, trigger_id });
    show(answer, team.team.id, userId);
    return answer;
  }
  const call: ViewBook['call'] = async (method, token, args, team) => {
    if (method === 'views.open' || method === 'views.push') return exchange(method, token, args, team);
    if (method === 'views.update') {
      const place = [...shown.values()].find(({ id, external_id }) => id === args.view_id || external_id === args.external_id);
      if (!place) return refuse('not_found');
    }
    const answer = await team.call(token, method, args);
    show(answer, team.team.id, text(args.user_id));
    return answer;
  };
  const close = (view: ShownView): void => {
    shown.delete(view.id);
  };
  const answered: ViewBook['answered'] = async (view, answer, team) => {
    const {
      team: { id: teamId },
    } = team;
    if (answer.response_action === 'errors') return;
    if (answer.response_action === 'clear') {
      for (const one of shown.values()) if (one.root_view_id === view.root_view_id) shown.delete(one.id);
    } else if (answer.response_action === 'update' && isObject(answer.view)) {
      show(await team.asBot('views.update', { view_id: view.id, view: answer.view }), teamId, view.userId);
    } else if (answer.response_action === 'push' && isObject(answer.view)) {
      const trigger_id = trigger({ teamId, userId: view.userId, viewId: view.id });
      const pushed = await exchange('views.push', team.team.botToken, { trigger_id, view: answer.view }, team);
      if (pushed.ok !== true) throw new Error(`The pushed view is refused: ${text(pushed.error)}`);
    } else close(view);
  };
  const all = (): ShownView[] => [...shown.values()];
  return {
    trigger,
    call,
    answered,
    close,
    type: (view, typed) => {
      const now = shown.get(view.id);
      if (now) shown.set(view.id, { ...now, typed });
    },
    find: (viewId) => shown.get(viewId),
    modals: (userId) => all().filter((view) => view.type === 'modal' && (userId ?? view.userId) === view.userId),
    home: (userId) => all().find((view) => view.type === 'home' && view.userId === userId) ?? null,
  };
}
