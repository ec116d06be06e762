// Plain words that ask for a list or an explanation, or name a post and what is to be done with it.
import type { KnownWords } from '../plain-words.ts';
import { isDoubt, withoutThanks } from './manners.ts';

const POST = String.raw`(?:post\s+[p#]?|[p#])(?<post>\d{1,9})`;
const SHOW = String.raw`(?:show|list|display|see|view|give|get|find)(?:\s+(?:me|us))?`;
/** Words of a list's name that do not choose the list. */
const OUR = String.raw`(?:\s+(?:all|the|our|of))*`;
const WHAT = String.raw`(?:what(?:['’]?s|\s+is|\s+are|\s+do\s+we\s+have|\s+goes)?|(?:is|are)\s+there\s+anything|(?:is\s+)?anything|which\s+posts\s+are|${SHOW})`;
const PLANNED = String.raw`(?:\s+(?:all|the|our|posts?|planned|scheduled|coming|up|going|goes|out|due|on|for|in))*`;

interface Pattern {
  words: RegExp;
  line: (groups: Record<string, string | undefined>) => string;
}

const pattern = (words: string, line: string | Pattern['line']): Pattern => ({
  words: new RegExp(`^(?:${words})$`, 'isu'),
  line: typeof line === 'string' ? () => line : line,
});

/** Of one post. These change it, so nothing may stand beside them. */
const CHANGES: readonly Pattern[] = [
  pattern(String.raw`(?:cancel|unschedule|delete|remove)\s+${POST}`, ({ post }) => `/post P${post} cancel`),
  pattern(String.raw`publish\s+${POST}(?:\s+(?:right\s+)?now|\s+immediately|\s+at\s+once)?`, ({ post }) => `/post P${post} now`),
  pattern(String.raw`(?:retry|try)\s+${POST}(?:\s+again)?`, ({ post }) => `/post P${post} retry`),
  pattern(
    String.raw`(?<verb>skip|pause|resume|end)\s+(?:the\s+series\s+(?:of\s+)?)?${POST}`,
    ({ verb, post }) => `/post P${post} ${verb?.toLowerCase()}`,
  ),
  pattern(
    String.raw`(?:move|reschedule|postpone|schedule)\s+${POST}(?:\s+(?:to|for|until|till))?(?:\s+(?<when>[^:]+(?::\d\d[^:]*)?))?`,
    ({ post, when }) => `/post P${post} move${when === undefined ? '' : ` ${when}`}`,
  ),
];

const EDIT = new RegExp(
  String.raw`^(?:edit|change|update)\s+(?:the\s+text\s+of\s+)?${POST}(?:\s+to(?:\s+(?:say|read))?)?(?:\s*:(?: |\r?\n)?(?<text>.*))?$`,
  'isu',
);

const LISTS: readonly Pattern[] = [
  pattern(String.raw`(?:${SHOW}\s+)?${POST}`, ({ post }) => `/post P${post}`),
  pattern(String.raw`what(?:['’]?s|\s+is)\s+the\s+(?:state|status)\s+of\s+${POST}`, ({ post }) => `/post P${post}`),
  pattern(
    String.raw`${SHOW}${OUR}\s+my(?:\s+(?:next|upcoming|scheduled|planned|queued))*\s+posts|my\s+(?:scheduled|upcoming|planned)\s+posts|what\s+(?:have|did|do)\s+i\s+(?:have\s+)?(?:scheduled?|planned?|coming\s+up)`,
    '/posts mine',
  ),
  pattern(
    String.raw`${SHOW}${OUR}(?:\s+my)?\s+(?:failed\s+posts|failures)|(?:what|which\s+posts?)\s+(?:has\s+|have\s+)?(?:failed|went\s+wrong)|did\s+anything\s+(?:fail|go\s+wrong)|has\s+anything\s+failed`,
    '/posts failed',
  ),
  pattern(
    String.raw`${SHOW}${OUR}(?:\s+my)?\s+drafts|(?:what|which)\s+drafts\s+(?:are\s+there|do\s+(?:i|we)\s+have)`,
    '/posts drafts',
  ),
  pattern(String.raw`${WHAT}${PLANNED}\s+today(?:['’]s\s+posts)?`, '/posts today'),
  pattern(
    String.raw`${WHAT}${PLANNED}\s+(?:tomorrow|(?:this|the)\s+week|the\s+(?:next|coming)\s+(?:seven|7)\s+days)`,
    '/posts week',
  ),
  pattern(
    String.raw`${WHAT}${PLANNED}\s+(?:next|upcoming|planned|scheduled|coming\s+up|due|in\s+the\s+queue|queued)(?:\s+posts)?`,
    '/posts upcoming',
  ),
  pattern(String.raw`${SHOW}${OUR}(?:\s+(?:latest|last|recent))?\s+posts|what\s+(?:went\s+out|was\s+published)`, '/posts'),
  pattern(
    String.raw`${SHOW}${OUR}(?:\s+posts\s+(?:of|in|from|for))?(?:\s+the)?\s+campaign\s+(?<name>\S.*)`,
    ({ name }) => `/posts campaign ${name}`,
  ),
  pattern(
    String.raw`${SHOW}${OUR}(?:\s+my)?(?:\s+connected)?\s+accounts|(?:which|what)\s+(?:accounts|networks)\s+(?:are\s+(?:connected|there)|do\s+we\s+have)`,
    '/accounts',
  ),
  pattern(String.raw`(?:${SHOW}|open)${OUR}(?:\s+my)?\s+settings`, '/settings'),
  pattern(String.raw`(?:${SHOW})(?:\s+(?:an|the|my))?\s+(?:overview|summary)`, '/overview'),
  pattern(
    String.raw`(?:set\s+|change\s+)?my\s+time\s?zone\s+(?:is|to|=|:)\s*(?<zone>\S.*)|i(?:['’]m|\s+am)\s+in\s+(?<place>[a-z_]+/[a-z_/]+)`,
    ({ zone, place }) => `/timezone ${zone ?? place}`,
  ),
  pattern(String.raw`(?:what(?:['’]?s|\s+is)|show(?:\s+me)?)\s+(?:my|the)\s+time\s?zone`, '/timezone'),
  pattern(
    String.raw`help(?:\s+me)?|what\s+can\s+(?:you|i)\s+(?:do|say)|how\s+does\s+(?:this|it)\s+work|how\s+do\s+i\s+use\s+(?:this|you)`,
    '/help',
  ),
];

const EXPLAIN =
  /^(?:(?:help(?:\s+me)?|explain)(?:\s+(?:with|on|about|to))?|how\s+(?:do\s+i|can\s+i|to))\s+\/?(?<name>[\p{L}_-]+)(?:\s+(?:a|an|my|the)\s+\p{L}+)?$/iu;
const CONNECT = /^(?:re)?connect(?:\s+(?:to|my|our|the|an?|with))*\s+(?<network>\S+)(?:\s+account)?$/iu;

/** `said` is the request; `whole` the line with its manners. Null: none of these. */
export function readAsking(said: string, whole: string, { platforms, commands }: KnownWords): string | null {
  const edit = EDIT.exec(said)?.groups;
  if (edit) return `/post P${edit.post} edit${edit.text === undefined ? '' : ` ${edit.text}`}`;
  const words = withoutThanks(said).replace(/\s+/g, ' ');
  const changed = isDoubt(whole) ? null : firstOf(CHANGES, words);
  if (changed !== null) return changed;
  const listed = firstOf(LISTS, words);
  if (listed !== null) return listed;
  const explained = EXPLAIN.exec(words)?.groups?.name?.toLowerCase();
  if (commands.some(({ name }) => name === explained)) return `/help ${explained}`;
  return readConnect(words, platforms);
}

function firstOf(patterns: readonly Pattern[], words: string): string | null {
  for (const { words: form, line } of patterns) {
    const match = form.exec(words);
    if (match) return line(match.groups ?? {});
  }
  return null;
}

function readConnect(words: string, platforms: KnownWords['platforms']): string | null {
  const network = CONNECT.exec(words)?.groups?.network;
  if (network === undefined) return null;
  if (/^accounts?$/i.test(network)) return '/connect';
  const platform = platforms.find(network);
  return platform ? `/connect ${platform.id}` : null;
}
