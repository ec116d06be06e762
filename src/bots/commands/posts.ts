// /posts: what is planned, what went out, what failed; ten at a time.
import { invalidInput } from '../../core/errors.ts';
import { nearest } from '../../core/near-miss.ts';
import { parsePostName, postName } from '../../core/post.ts';
import { LISTS, type ListName, listPosts } from '../../core/usecases/list-posts.ts';
import { showPost } from '../../core/usecases/show-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import { PAGE_SIZE, postList } from '../cards/post-list.ts';
import { type ButtonCall, type Call, defineCommand } from '../command.ts';
import type { Line, Reply } from '../reply.ts';

const TITLES: Record<ListName, string> = {
  recent: 'Latest posts',
  upcoming: 'Upcoming posts',
  mine: 'Your upcoming posts',
  today: "Today's posts",
  week: 'Posts of the next seven days',
  failed: 'Posts that need a look',
  drafts: 'Drafts',
  campaign: 'Posts of the campaign',
};

const EMPTY: Record<ListName, Line> = {
  recent: ['No posts yet. Make the first: ', { code: '/schedule tomorrow 9am to all: Hello' }],
  upcoming: 'Nothing is planned.',
  mine: ['You have nothing planned. Plan a post: ', { code: '/schedule tomorrow 9am to all: Hello' }],
  today: 'Nothing is planned for today.',
  week: 'Nothing is planned for the next seven days.',
  failed: 'Nothing has failed.',
  drafts: ['No drafts. Keep one: ', { code: '/draft to all: Hello' }],
  campaign: 'No posts.',
};

const SOONEST_FIRST: readonly ListName[] = ['upcoming', 'mine', 'today', 'week'];

interface Wanted {
  list: ListName;
  campaign?: string;
  offset: number;
}

export const posts = defineCommand({
  name: 'posts',
  summary: 'List posts: the latest, or those you ask for',
  permission: 'view',
  arguments: [
    { name: 'which', kind: 'choice', summary: 'Which posts', choices: LISTS },
    { name: 'campaign', kind: 'campaign', summary: 'Only those of this campaign' },
  ],
  examples: ['/posts', '/posts today', '/posts mine', '/posts failed', '/posts campaign launch'],
  run: async (call) => {
    const { which, campaign } = call.args;
    if (which === undefined && campaign !== undefined) return showList(call, { list: 'campaign', campaign, offset: 0 });
    return showList(call, { list: findList(which ?? 'recent'), ...(campaign === undefined ? {} : { campaign }), offset: 0 });
  },
  buttons: { page: (call) => showPage(call) },
});

function findList(word: string): ListName {
  const wanted = word.trim().toLowerCase();
  const list = LISTS.find((name) => name === wanted || name === `${wanted}s`);
  if (list) return list;
  const near = nearest(wanted, LISTS);
  throw invalidInput(`There is no list "${word}". ${near ? `Did you mean /posts ${near}?` : `Lists: ${LISTS.join(', ')}.`}`);
}

/** Subject `today~10`; for a campaign `campaign~10~P12`: the campaign that P12 belongs to by then. */
export async function showPage(call: ButtonCall): Promise<Reply> {
  const [word = '', start = '', post] = call.subject.split('~');
  const offset = /^\d{1,6}$/.test(start) ? Number(start) : 0;
  const list = findList(word);
  if (post === undefined) return showList(call, { list, offset });
  const { post: named } = await showPost(call.deps, call.actor, parsePostName(post));
  return showList(call, { list, campaign: named.campaign ?? '', offset });
}

async function showList(call: Call, { list, campaign, offset }: Wanted): Promise<Reply> {
  const { deps, actor } = call;
  const page = await listPosts(deps, actor, { list, ...(campaign === undefined ? {} : { campaign }), offset, limit: PAGE_SIZE });
  // a page that has emptied since its button was made: the first says what there is now
  if (page.items.length === 0 && offset > 0)
    return showList(call, { list, ...(campaign === undefined ? {} : { campaign }), offset: 0 });
  const first = page.items[0]?.post;
  const anchor = list === 'campaign' && first ? `~${postName(first)}` : '';
  return postList(page, {
    title: list === 'campaign' && first?.campaign ? `${TITLES.campaign} ${first.campaign}` : TITLES[list],
    empty: EMPTY[list],
    offset,
    timeZone: zoneOf(actor),
    soonestFirst: SOONEST_FIRST.includes(list),
    nameOf: (platform) => deps.platforms.get(platform).name,
    pageSubject: (to) => `${list}~${to}${anchor}`,
  });
}
