// Text as Slack sends it -> text as it will be posted: what people read in the message they wrote.
import { withEmoji } from './text-in-emoji.ts';

/** Names by Slack's ids, without @ or #; undefined for what is not known. */
export interface Names {
  user: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
  group: (id: string) => string | undefined;
}

const ENTITY = /<([^<>]+)>/g;

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));

/** `<id|label>` in two; the label is null where there is none. */
function parts(entity: string): { id: string; label: string | null } {
  const bar = entity.indexOf('|');
  const label = bar < 0 ? '' : entity.slice(bar + 1);
  return { id: bar < 0 ? entity : entity.slice(0, bar), label: label.trim() === '' ? null : unescaped(label) };
}

const withSign = (sign: string, name: string): string => (name.startsWith(sign) ? name : sign + name);

/** `example.com` of `https://www.example.com/`: what people type, and Slack makes an address of. */
const bare = (url: string): string =>
  url
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '')
    .toLowerCase();

/** An address stands for itself where its label says nothing else; other labels are kept, with the address behind. */
function readLink(id: string, label: string | null): string {
  const url = unescaped(id);
  const address = /^(?:mailto|tel):/i.test(url) ? url.replace(/^(?:mailto|tel):/i, '') : url;
  return label === null || bare(label) === bare(url) ? address : `${withEmoji(label)} (${address})`;
}

/** `!here`, `!subteam^S1|@team`, `!date^1392734382^{date}|Feb 18`. */
function readSpecial(id: string, label: string | null, names: Names): string {
  const [kind = '', argument = ''] = id.slice(1).split('^');
  if (kind === 'date') return label ?? '';
  if (kind === 'subteam') return withSign('@', label ?? names.group(argument) ?? argument);
  return label === null ? `@${kind}` : withSign('@', label);
}

function readEntity(entity: string, names: Names): string {
  const { id, label } = parts(entity);
  if (id.startsWith('@')) return withSign('@', names.user(id.slice(1)) ?? label ?? id.slice(1));
  if (id.startsWith('#')) return withSign('#', label ?? names.channel(id.slice(1)) ?? id.slice(1));
  if (id.startsWith('!')) return readSpecial(id, label, names);
  return /^[a-z][a-z\d+.-]*:/i.test(id) ? readLink(id, label) : `<${unescaped(entity)}>`;
}

/**
 * Slack's text -> the text of a post. Entities are unescaped, links are their addresses, people and channels their names, emoji
 * themselves. `*bold*` and `_italic_` stay as they were typed: Slack sends the same for words somebody made bold and for stars somebody
 * meant, so that taking the stars off would change texts that nobody formatted.
 * https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function plainText(slackText: string, names: Names): string {
  let result = '';
  let from = 0;
  for (const match of slackText.matchAll(ENTITY)) {
    result += withEmoji(unescaped(slackText.slice(from, match.index))) + readEntity(match[1] ?? '', names);
    from = match.index + match[0].length;
  }
  return result + withEmoji(unescaped(slackText.slice(from)));
}

/** The ids that a text names without saying their names, each once: to be looked up before `plainText`. */
export function idsIn(slackText: string): { users: string[]; channels: string[]; groups: string[] } {
  const found = [...slackText.matchAll(ENTITY)].map((match) => parts(match[1] ?? ''));
  const of = (sign: string, all: typeof found): string[] => [
    ...new Set(all.filter(({ id }) => id.startsWith(sign)).map(({ id }) => id.slice(sign.length))),
  ];
  // a person may have changed the name that stands there, so it is looked up in any case
  const unnamed = found.filter(({ label }) => label === null);
  return { users: of('@', found), channels: of('#', unnamed), groups: of('!subteam^', unnamed) };
}
