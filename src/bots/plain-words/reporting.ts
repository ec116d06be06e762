// Plain words that ask how it went: "how did we do this week", "show me last month's numbers", "send a digest every day at 9".
import { looksLikeReportPeriod } from '../../core/report-period.ts';
import type { KnownWords } from '../plain-words.ts';
import { isDoubt, withoutThanks } from './manners.ts';

const SHOW = String.raw`(?:show|give|get|tell|send)(?:\s+(?:me|us))?\s+|(?:what(?:['’]?s|\s+is|\s+are|\s+were)\s+)`;
const NUMBERS = '(?:analytics|figures|numbers|stats|statistics|metrics|insights|performance|results|report)';
/** `how did we do this week`, `how is our Bluesky doing`: what stands behind, or between, is about what. */
const HOW = new RegExp(
  [
    String.raw`^how\s+(?:did|have|has|are|is|were|was)\s+(?:we|our\s+posts|the\s+posts|our\s+accounts|things)\s+(?:do|done|doing|go|going|perform(?:ing|ed)?)(?<behind>\s+.*)?$`,
    String.raw`^how\s+(?:did|have|has|are|is|were|was)\s+(?<between>.+?)\s+(?:do|done|doing|perform(?:ing|ed)?)(?<after>\s+.*)?$`,
    String.raw`^how\s+(?:was|were|is|did)\s+(?<was>(?:(?:this|last|the\s+past|the\s+last)\s+.+|yesterday|today))$`,
  ].join('|'),
  'isu',
);
const SHOWN = new RegExp(
  String.raw`^(?:${SHOW})?(?:(?:our|the|my|all|an?)\s+)*(?<before>.*?)(?:['’]s)?\s*${NUMBERS}(?<behind>\s+.*)?$`,
  'isu',
);
/** `what was our best post last week`, `how many likes did we get today`: a report says it. */
const ASKED = new RegExp(
  [
    String.raw`^(?:(?:what|which)\s+(?:is|are|was|were)\s+|(?:show|give)\s+(?:me|us)\s+|list\s+)?(?:(?:our|the|my)\s+)*(?:best|top)\s+posts?(?<best>\s+.*)?$`,
    String.raw`^which\s+(?:of\s+our\s+)?posts?\s+did\s+(?:the\s+)?best(?<did>\s+.*)?$`,
    String.raw`^how\s+many\s+(?:likes|comments|shares|saves|views|clicks|followers)\s+(?:did|do|have)\s+we\s+(?:get|have|got|gotten)(?<many>\s+.*)?$`,
  ].join('|'),
  'isu',
);
const REFRESH = new RegExp(
  String.raw`^(?:refresh|update|reload|read)\s+(?:(?:our|the|all|my)\s+)*${NUMBERS}(?:\s+(?:again|anew|now))?$`,
  'isu',
);
const EXPORT = new RegExp(
  String.raw`^(?:export|download)\s+(?:(?:our|the|all|my)\s+)*${NUMBERS}(?<behind>\s+.*?)??(?:\s+as\s+(?:an?\s+)?(?:csv|file|csv\s+file))?$`,
  'isu',
);
const CALENDAR =
  /^(?:show|open|see|view|give)(?:\s+(?:me|us))?\s+(?:the|our|my|a)?\s*calendar(?:\s+(?:for|of)\s+(?:(?:this|the)\s+)?(?<span>(?:(?:next|last)\s+)?(?:week|month)))?$/iu;
const DIGEST = new RegExp(
  [
    String.raw`^(?:send|give|make|add|create|start|set\s+up|get|(?:i|we)\s+(?:want|need))(?:\s+(?:me|us))?\s+(?:an?\s+|the\s+)?(?:(?<before>\S+)\s+)?(?:digest|report)s?(?<behind>\s+.*)?$`,
    String.raw`^(?:an?\s+)?(?<lead>daily|weekly|monthly)\s+(?:digest|report(?=\s.*\d))(?<tail>\s+.*)?$`,
  ].join('|'),
  'isu',
);
const DIGESTS =
  /^(?:(?:show|list|which|what)(?:\s+(?:me|us))?\s+)?(?:(?:all|the|our|my)\s+)*digests(?:\s+(?:are\s+there|do\s+we\s+have))?$/iu;
const PREVIEW = /^(?:preview|show)(?:\s+(?:me|us))?\s+(?:the|a|our|my)?\s*(?:(?<which>daily|weekly|monthly)\s+)?digest$/iu;
const ON_ONE = /^(?<deed>pause|resume|stop)\s+(?:the\s+)?(?:digest\s+)?(?<name>D\d{1,9})$/iu;
/** One that is meant without its name: which, the command asks where there are several. */
const ON_THE_ONE =
  /^(?<deed>pause|resume|stop|cancel|end|turn\s+off|unsubscribe(?:\s+(?:me|us))?\s+from)\s+(?:sending\s+)?(?:(?:me|us|the|our|this)\s+)*(?:(?<which>daily|weekly|monthly)\s+)?digests?$/iu;

/** A time and a name are a few words: in a pasted page, looking for them at each place takes long and finds nothing. */
const LONGEST = 300;

/** `said` is the request; `whole` the line with its manners. Null: none of these. */
export function readReporting(said: string, whole: string, { platforms }: KnownWords): string | null {
  const words = withoutThanks(said).replace(/\s+/g, ' ').trim();
  if (words.length > LONGEST) return null;
  const calendar = CALENDAR.exec(words);
  if (calendar)
    return ['/calendar', ...(calendar.groups?.span === undefined ? [] : [calendar.groups.span.toLowerCase()])].join(' ');
  return readDigest(words, whole) ?? readReport(words, platforms);
}

function readDigest(words: string, whole: string): string | null {
  if (DIGESTS.test(words)) return '/digest list';
  const preview = PREVIEW.exec(words)?.groups;
  if (preview) return `/digest preview${preview.which === undefined ? '' : ` ${preview.which.toLowerCase()}`}`;
  if (isDoubt(whole)) return null;
  const one = ON_ONE.exec(words)?.groups;
  if (one) return `/digest ${one.deed?.toLowerCase()} ${one.name?.toUpperCase()}`;
  const only = ON_THE_ONE.exec(words)?.groups;
  if (only) return [`/digest ${deedOf(only.deed)}`, ...(only.which === undefined ? [] : [only.which.toLowerCase()])].join(' ');
  const asked = DIGEST.exec(words)?.groups;
  if (!asked) return null;
  const often = [asked.before ?? asked.lead, asked.behind ?? asked.tail].map((part) => part?.trim() ?? '');
  const said = often.join(' ').trim();
  return HOW_OFTEN.test(said) ? `/digest ${said}` : null;
}

const deedOf = (verb = ''): string => (/^(?:pause|resume)$/i.test(verb) ? verb.toLowerCase() : 'stop');

const HOW_OFTEN = /(?<!\p{L})(?:daily|weekly|monthly|every|each)(?!\p{L})/iu;

function readReport(words: string, platforms: KnownWords['platforms']): string | null {
  if (REFRESH.test(words)) return '/analytics refresh';
  const exported = EXPORT.exec(words)?.groups;
  if (exported) return lineOf('/analytics export', [exported.behind], platforms);
  const asked = ASKED.exec(words)?.groups;
  if (asked) return lineOf('/analytics', [asked.best, asked.did, asked.many], platforms);
  const how = HOW.exec(words)?.groups;
  if (how) return lineOf('/analytics', [how.behind, how.between, how.after, how.was], platforms);
  const shown = SHOWN.exec(words)?.groups;
  return shown ? lineOf('/analytics', [shown.before, shown.behind], platforms) : null;
}

const JOINTS =
  /(?:^|\s)(?:for|of|from|on|in|during|over|at|with|about|so\s+far|our|the|my|posts?|accounts?|pages?|profile)(?=\s|$)/giu;

/** Only where all that is said is a time, a network or an account that there is: else something else was meant. */
function lineOf(command: string, parts: readonly (string | undefined)[], platforms: KnownWords['platforms']): string | null {
  const said: string[] = [];
  for (const part of parts) {
    const about = tidy(part ?? '');
    const read = about === '' ? [] : readAbout(about, platforms);
    if (read === null) return null;
    said.push(...read);
  }
  return [command, ...said].join(' ');
}

/** Joints go one by one, since each takes the blank before it. */
function tidy(words: string): string {
  const bare = words
    .replace(/['’]s?(?=\s|$)/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const less = bare.replace(JOINTS, ' ').replace(/\s+/g, ' ').trim();
  return less === bare ? bare : tidy(less);
}

/** `this week bluesky`: a time before or behind the name of a network or an account, or one of them alone. */
function readAbout(words: string, platforms: KnownWords['platforms']): string[] | null {
  if (looksLikeReportPeriod(words)) return [words];
  const parts = words.split(' ');
  for (let at = 1; at <= parts.length; at++) {
    const [one, other] = [parts.slice(0, at).join(' '), parts.slice(at).join(' ')];
    const name = nameOf(one, platforms);
    if (name !== null && (other === '' || looksLikeReportPeriod(other))) return other === '' ? [name] : [other, name];
    const behind = nameOf(other, platforms);
    if (behind !== null && looksLikeReportPeriod(one)) return [one, behind];
  }
  return null;
}

function nameOf(words: string, platforms: KnownWords['platforms']): string | null {
  const platform = platforms.find(words);
  if (platform) return platform.id;
  const campaign = /^(?:campaign\s+(?<behind>[^"]+)|(?<before>[^"]+)\s+campaign)$/iu.exec(words)?.groups;
  if (campaign) return `campaign:"${campaign.behind ?? campaign.before}"`;
  return /^@\S+$/.test(words) ? words : null;
}
