// Text as Discord sends it -> text as it will be posted: what people read in the message they wrote.

/** Names by Discord's ids, without @ or #; undefined for what is not known. */
export interface Names {
  user: (id: string) => string | undefined;
  role: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
}

/** https://docs.discord.com/developers/reference#message-formatting (checked 2026-11-22) */
const ENTITY =
  /<(?:(?<sign>@[!&]?|#)(?<id>\d{1,20})|a?:(?<emoji>\w+):\d{1,20}|\/(?<command>[^<>:]+):\d{1,20}|(?<url>https?:\/\/[^\s<>]+))>/gi;

const withSign = (sign: string, name: string): string => (name.startsWith(sign) ? name : sign + name);

function nameOf(sign: string, id: string, names: Names): string {
  if (sign === '#') return withSign('#', names.channel(id) ?? id);
  return withSign('@', (sign === '@&' ? names.role(id) : names.user(id)) ?? id);
}

/**
 * Discord's text -> the text of a post. People, roles and channels are their names, a server's own emoji their names between colons,
 * and an address that was kept from unfolding (`<https://example.com>`) is itself. `<t:1792396800:F>` stays: it is a time that Crier
 * reads. `**bold**` and `\*` stay as they were typed, since networks have no formatting to turn them into.
 */
export const plainText = (content: string, names: Names): string =>
  content.replace(ENTITY, (whole, ...rest: unknown[]) => {
    const { sign, id = '', emoji, command, url } = groupsOf(rest);
    if (sign !== undefined) return nameOf(sign, id, names);
    if (emoji !== undefined) return `:${emoji}:`;
    return command === undefined ? (url ?? whole) : `/${command}`;
  });

type Groups = Partial<Record<'sign' | 'id' | 'emoji' | 'command' | 'url', string>>;

/** The last argument of a replacer is the groups, where a pattern names any. */
const groupsOf = (rest: readonly unknown[]): Groups => {
  const groups = rest.at(-1);
  return typeof groups === 'object' && groups !== null ? groups : {};
};

/** The ids that a text names, each once: to be looked up before `plainText`. */
export function idsIn(content: string): { users: string[]; roles: string[]; channels: string[] } {
  const found = [...content.matchAll(ENTITY)].map(({ groups = {} }) => groups);
  const of = (...signs: string[]): string[] => [
    ...new Set(found.flatMap(({ sign, id }) => (id !== undefined && signs.includes(sign ?? '') ? [id] : []))),
  ];
  return { users: of('@', '@!'), roles: of('@&'), channels: of('#') };
}
