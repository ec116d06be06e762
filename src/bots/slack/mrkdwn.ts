// A line as mrkdwn, where Slack takes no richer text (section fields, notes below a message). Text of people stays text: it becomes no
// mention, no link, no emoji and no formatting.
import { type Line, type Span, sayPlainly } from '../reply.ts';
import { harmless } from '../shown-text.ts';
import { URL_LENGTH } from './limits.ts';
import { typedInSlack } from './slash-names.ts';

/** `&`, `<` and `>` are all that Slack asks for: https://docs.slack.dev/messaging/formatting-message-text#escaping (checked 2026-11-22) */
export const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * mrkdwn has no escape for its own marks, so one that could open or close formatting is shown as its twin; within a word, `my_team`,
 * it formats nothing and stays.
 */
const TWINS: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const MARK = /(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|`/gu;
const EMOJI_NAME = /:(?=[\p{L}\p{N}_+'-]+:)/gu;
/** Breaks a name apart without being seen. */
const ZERO_WIDTH_SPACE = '\u200B';

/** Text of people as mrkdwn that shows exactly this text. */
export const plainMrkdwn = (text: string): string =>
  escapeText(harmless(text).replace(MARK, (mark) => TWINS[mark] ?? mark))
    .replace(EMOJI_NAME, `:${ZERO_WIDTH_SPACE}`)
    // at the beginning of a line even the escaped one is a quote
    .replace(/^&gt;/gm, `${ZERO_WIDTH_SPACE}&gt;`);

/** Code cannot hold a backtick, nor go over a line's end. */
const codeMrkdwn = (code: string): string =>
  escapeText(harmless(typedInSlack(code)).replaceAll('`', 'ˋ'))
    .split('\n')
    .map((row) => (row.trim() === '' ? row : `\`${row}\``))
    .join('\n');

/** Weekday, date and time; `today`, `yesterday` and `tomorrow` by their names. */
const DATE_FORMAT = '{date_long_pretty} at {time}';
const DATE_FORMAT_SECONDS = '{date_long_pretty} at {time_secs}';

/** How a moment is shown on each reader's own clock. https://docs.slack.dev/messaging/formatting-message-text#date-formatting (checked 2026-11-22) */
export function slackDate(moment: Temporal.Instant): { timestamp: number; format: string } {
  const timestamp = Math.floor(moment.epochMilliseconds / 1000);
  return { timestamp, format: timestamp % 60 === 0 ? DATE_FORMAT : DATE_FORMAT_SECONDS };
}

function dateMrkdwn({ moment, text }: Extract<Span, { moment: unknown }>): string {
  const { timestamp, format } = slackDate(moment);
  return `<!date^${timestamp}^${format}|${escapeText(harmless(text)).replaceAll('|', '¦')}>`;
}

/** A web address that can be a link; null for anything else. What would end a link early is encoded. */
export function linkTarget(url: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(url) || !url.isWellFormed()) return null;
  const target = url.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return target.length > URL_LENGTH ? null : target;
}

function linkMrkdwn({ url, text }: Extract<Span, { url: string }>): string {
  const target = linkTarget(url);
  if (target === null) return plainMrkdwn(text === url ? url : `${text} ${url}`);
  const label = escapeText(harmless(text)).replaceAll('|', '¦').replaceAll('\n', ' ');
  return `<${target.replaceAll('&', '&amp;')}|${label.trim() === '' ? target.replaceAll('&', '&amp;') : label}>`;
}

/** A person's or a group's id; null for what is neither: it is then shown as its text. */
export function mentioned(mention: string): { userId: string } | { groupId: string } | null {
  if (/^[UW][A-Z0-9]{1,30}$/.test(mention)) return { userId: mention };
  return /^&S[A-Z0-9]{1,30}$/.test(mention) ? { groupId: mention.slice(1) } : null;
}

function mentionMrkdwn({ mention, text }: Extract<Span, { mention: string }>): string {
  const found = mentioned(mention);
  if (found === null) return plainMrkdwn(text);
  return 'userId' in found ? `<@${found.userId}>` : `<!subteam^${found.groupId}>`;
}

function spanMrkdwn(span: Span): string {
  if (typeof span === 'string') return plainMrkdwn(span);
  if ('code' in span) return codeMrkdwn(span.code);
  if ('moment' in span) return dateMrkdwn(span);
  if ('mention' in span) return mentionMrkdwn(span);
  return linkMrkdwn(span);
}

/** Each reader sees moments on their own clock, links as links, code as code; all else is plain. */
export const lineMrkdwn = (line: Line): string => (typeof line === 'string' ? plainMrkdwn(line) : line.map(spanMrkdwn).join(''));

/** Whether a line is text alone, so that it can be shown without any markup. */
export const isPlain = (line: Line): boolean => typeof line === 'string' || line.every((span) => typeof span === 'string');

/** A line as it is read where nothing can be pressed. */
export const plainLine = (line: Line): string => harmless(sayPlainly(line));
