// Lists a workspace's posts, by what a person asks for in words.
import { invalidInput } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import type { Deps } from '../ports.ts';
import type { PostDetails } from '../post.ts';
import type { Page, PostFilter } from '../post-store.ts';
import { type Actor, requirePermission, zoneOf } from '../workspace.ts';

export const LISTS = ['recent', 'upcoming', 'mine', 'today', 'week', 'failed', 'drafts', 'campaign'] as const;
/** `mine` are the reader's own that are to come; `today` and `week` (seven days from today) are days of their zone. */
export type ListName = (typeof LISTS)[number];

export interface ListRequest {
  list: ListName;
  /** For the list `campaign`. */
  campaign?: string;
  offset: number;
  limit: number;
}

/** @throws CrierError `invalid-input` for a campaign that no post has; `not-permitted`. */
export async function listPosts(
  deps: Pick<Deps, 'clock' | 'store'>,
  actor: Actor,
  request: ListRequest,
): Promise<Page<PostDetails>> {
  requirePermission(actor, 'view');
  const filter = await filterFor(deps, actor, request);
  return deps.store.posts.list(actor.workspace.id, filter, { offset: request.offset, limit: request.limit });
}

async function filterFor(
  deps: Pick<Deps, 'clock' | 'store'>,
  actor: Actor,
  { list, campaign }: ListRequest,
): Promise<PostFilter> {
  if (list === 'campaign') return { kind: 'campaign', name: await findCampaign(deps, actor, campaign ?? '') };
  if (list === 'mine') return { kind: 'upcoming', authorId: actor.member.id };
  if (list !== 'today' && list !== 'week') return { kind: list };
  const start = deps.clock.now().toZonedDateTimeISO(zoneOf(actor)).startOfDay();
  const until = start.add({ days: list === 'today' ? 1 : 7 });
  return { kind: 'between', from: start.toInstant(), until: until.toInstant() };
}

/** As it is written in the workspace. @throws CrierError `invalid-input` for one that no post has, with the nearest. */
export async function findCampaign(
  { store }: Pick<Deps, 'store'>,
  { workspace }: Pick<Actor, 'workspace'>,
  name: string,
): Promise<string> {
  const wanted = name.trim();
  const known = await store.posts.campaigns(workspace.id);
  const found = known.find((campaign) => campaign.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  if (known.length === 0) throw invalidInput('No post belongs to a campaign yet. Give one a campaign with --campaign NAME.');
  if (wanted === '') throw invalidInput(`Say which campaign: ${known.join(', ')}.`);
  const near = nearest(wanted, known);
  throw invalidInput(`There is no campaign "${wanted}". ${near ? `Did you mean ${near}?` : `Campaigns: ${known.join(', ')}.`}`);
}
