// Makes a post that recurs, with its first occurrence.
import type { Recurrence } from '../time/recurrence/rule.ts';
import type { Actor } from '../workspace.ts';
import type { Changed } from './change-post.ts';
import type { PostRequest } from './compose-post.ts';
import { type ScheduleDeps, scheduleNew } from './schedule-post.ts';

/** `first` is the rule's first occurrence. @throws as `schedulePost`; nothing is written then. */
export const scheduleSeries = (
  deps: ScheduleDeps,
  actor: Actor,
  { rule, first, ...request }: PostRequest & { rule: Recurrence; first: Temporal.ZonedDateTime },
): Promise<Changed> => scheduleNew(deps, actor, { ...request, at: first }, (post) => deps.store.series.create(actor, rule, post));
