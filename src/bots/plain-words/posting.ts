// Plain words that make a post: "schedule a post for bluesky tomorrow at 9: Hello", "publish this to x". They become the sentence that
// /schedule, /queue, /publish and /draft read; a time or network that they cannot be sure of is asked for by the command.
import { startsWithWhen } from '../../core/time/parse-when.ts';
import { startsRecurring } from '../../core/time/recurrence.ts';
import { type PostSentence, readPostSentence } from '../commands/post-sentence.ts';
import type { KnownWords, PlainWords } from '../plain-words.ts';
import { isDoubt, withoutThanks } from './manners.ts';

type Registry = KnownWords['platforms'];

const VERB =
  /^(?:(?<draft>draft|(?:write|make|create|save|keep)\s+(?:a|the)\s+draft(?:\s+of)?)|(?<keep>save|keep)(?=\s+(?:this|that)\s)|(?<plan>schedule|plan|queue(?:\s+up)?|(?:write|make|create|prepare)(?=\s+an?\s+(?:new\s+)?post\b))|(?<publish>publish|post|share))(?=[\s:"“]|$)\s*/iu;
const THIS =
  /^(?:(?:this|that)(?:\s+(?:message|post|text|one))?|it|(?:the\s+)?(?:message|post|text)\s+above|the\s+above(?:\s+message)?)(?=[\s:,]|$)\s*/iu;
const A_POST = /^(?:an?|the|one)\s+(?:new\s+)?(?:(?<network>[\p{L}\d_.-]+)\s+)?(?:post|message)(?=[\s:,"“]|$)\s*/iu;

/** These turn a request round: what is meant then is a person's to say. */
const CONDITION =
  /(?<![\p{L}\p{N}])(?:not|never|don['’]?t|unless|if|once|without|except|instead|when|until\s+(?:i|we))(?![\p{L}\p{N}])/iu;
const AT_ONCE = /(?<!from)(?:^|[\s,]+)(?:(?:right\s+)?now|immediately|right\s+away|straight\s+away|at\s+once)(?=\s|$)/giu;
const AS_DRAFT = /(?:^|\s)as\s+a\s+draft(?=\s|$)/iu;
const SAYING = /(?:^|[\s,]+)(?:saying|that\s+says|with\s+(?:the\s+)?text|as\s+follows)$/iu;

/** `said` is the request; `whole` the line with its manners. Null: no request for a post. */
export function readPosting(said: string, whole: string, platforms: Registry): PlainWords | null {
  const verb = VERB.exec(said);
  if (!verb) return null;
  const behind = said.slice(verb[0].length);
  const { rest, isThis, isPost, network } = takeObject(behind, platforms);
  const { head, text } = splitText(network === null ? rest : `to ${network} ${rest}`, platforms);
  const isDraft = verb.groups?.draft !== undefined || AS_DRAFT.test(head);
  if (CONDITION.test(head) || (text === null && isDoubt(whole)) || (verb.groups?.keep !== undefined && !isDraft)) return null;
  const words = withoutAsides(head);
  const sentence = words === '' ? {} : readPostSentence(text === null ? words : `${words}: x`);
  const hasText = text !== null || sentence.text !== undefined;
  if (!isMeant(verb.groups ?? {}, { sentence, isThis, isPost, hasText }, platforms)) return null;
  const isLater = verb.groups?.plan !== undefined || (sentence.when !== undefined && head.search(AT_ONCE) < 0);
  const isQueued = sentence.when === undefined && /^queue/i.test(verb.groups?.plan ?? '');
  const command = isDraft ? '/draft' : isQueued ? '/queue' : isLater ? '/schedule' : '/publish';
  return { line: writeLine(command, words, text, isThis && !hasText), aboutMessage: isThis && !hasText };
}

const withoutAsides = (head: string): string => head.replace(AS_DRAFT, ' ').replace(AT_ONCE, ' ').replace(/\s+/g, ' ').trim();

interface Said {
  sentence: PostSentence;
  isThis: boolean;
  isPost: boolean;
  hasText: boolean;
}

/** `schedule`, `publish` and `draft` may be asked about what they leave open; "post" and "share" are said of much else. */
function isMeant(
  verb: Record<string, string | undefined>,
  { sentence, isThis, isPost, hasText }: Said,
  platforms: Registry,
): boolean {
  const { rest, targets = '' } = sentence;
  const isCommand = /^(?:schedule|publish|draft)$/i.test(verb.plan ?? verb.publish ?? verb.draft ?? '');
  if (isCommand) return isThis || isPost || (rest === undefined && (hasText || targets !== '' || sentence.when !== undefined));
  if (rest !== undefined) return false;
  return isThis || isPost || isNetwork(targets, platforms) || (hasText && targets !== '');
}

function writeLine(command: string, head: string, text: string | null, isAboutMessage: boolean): string {
  const start = head === '' ? command : `${command} ${head}`;
  if (text === null) return isAboutMessage && head !== '' ? `${start}:` : start;
  return head === '' ? `${start} "${text}"` : `${start}: ${text}`;
}

/** What is to be posted, as far as the words before the time and the networks say it. */
function takeObject(
  words: string,
  platforms: Registry,
): { rest: string; isThis: boolean; isPost: boolean; network: string | null } {
  const aboutThis = THIS.exec(words);
  if (aboutThis) return { rest: words.slice(aboutThis[0].length), isThis: true, isPost: false, network: null };
  const post = A_POST.exec(words);
  const network = post?.groups?.network === undefined ? undefined : platforms.find(post.groups.network);
  const isPost = post !== null && (post.groups?.network === undefined || network !== undefined);
  return { rest: isPost ? words.slice(post[0].length) : words, isThis: false, isPost, network: network?.id ?? null };
}

/** Parts the text from what stands before its colon: the first one behind a time, a list of networks, or nothing at all. */
function splitText(words: string, platforms: Registry): { head: string; text: string | null } {
  for (let colon = words.indexOf(':'); colon >= 0; colon = words.indexOf(':', colon + 1)) {
    const head = tidyHead(words.slice(0, colon), platforms);
    const isWithinTime = /\d$/.test(words.slice(0, colon)) && /^\d/.test(words.slice(colon + 1));
    const bare = withoutAsides(head);
    if (isWithinTime) continue;
    if (bare === '' || readPostSentence(`${bare}: x`).text === 'x') {
      return { head, text: words.slice(colon + 1).replace(/^(?: |\r?\n)/, '') };
    }
    if (colon > LONGEST_HEAD) break;
  }
  return { head: tidyHead(withoutThanks(words), platforms), text: null };
}

const LONGEST_HEAD = 300;
const ITEM = String.raw`@?[\p{L}][\p{L}\p{N}_@./-]*`;
const FOR = /(?<![\p{L}\p{N}])for\s+/giu;
const COUNT =
  /^(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:more\s+)?(?:times?|days?|weeks?|months?|years?)/i;
const LIST = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(to|on)\s+(?:(?:my|our|the)\s+)?(${ITEM}(?:(?:\s*,\s*(?:and\s+)?|\s*[&+]\s*|\s+and\s+)${ITEM})*)(?:\s+(?:account|page|profile|feed))?(?![\p{L}\p{N}])`,
  'giu',
);

/** The head as the commands' sentence has it: "for Instagram" is "to instagram", "for tomorrow" is "tomorrow". Quotes stay as they are. */
function tidyHead(head: string, platforms: Registry): string {
  if (/["“]/.test(head)) return head.trim();
  const isTime = (words: string): boolean => startsWithWhen(words) || startsRecurring(words);
  const addressed = head
    .trim()
    .replace(SAYING, '')
    .replace(FOR, (whole: string, at: number, all: string) => {
      const behind = all.slice(at + whole.length);
      if (COUNT.test(behind)) return whole;
      return isTime(behind) ? '' : 'to ';
    });
  return addressed.replace(LIST, (whole: string, preposition: string, list: string) => {
    if (isTime(list) || isTime(`${preposition} ${list}`)) return whole;
    // "on Fridy" is no network, and is asked about as it was said
    if (/^on$/i.test(preposition) && !isNetwork(list, platforms)) return whole;
    return `to ${list.replace(new RegExp(ITEM, 'giu'), (name) => nameOf(name, platforms))}`;
  });
}

/** Whether the first of a list is a network there is, an account, or all of them. */
function isNetwork(list: string, platforms: Registry): boolean {
  const first = list.split(/\s*[,&+]\s*|\s+and\s+/i)[0] ?? '';
  return platforms.find(first) !== undefined || first.startsWith('@') || /^(?:all|everywhere)$/i.test(first);
}

const nameOf = (name: string, platforms: Registry): string =>
  name.startsWith('@') || /^and$/i.test(name) ? name : (platforms.find(name)?.id ?? name.toLowerCase());
