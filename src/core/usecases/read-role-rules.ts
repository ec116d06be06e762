// Whom which role is given to, as admins write it: "everyone viewer", "<@U123> approver, <@&456> author", "<@U123> none".
import { invalidArgument } from '../errors.ts';
import { nearest } from '../near-miss.ts';
import { ROLES, type Role, type Workspace } from '../workspace.ts';

const NONE = ['none', 'no', 'off', 'default'];
const EVERYONE = /^(?:@?everyone|@?everybody|all|<!everyone>)$/i;

/**
 * Mentions as chats write them, checked 2026-11-22: Slack a person as `<@U123>` or `<@U123|name>`
 * (https://docs.slack.dev/messaging/formatting-message-text), Discord a person as `<@123>` or `<@!123>` and a role as `<@&456>`
 * (https://discord.com/developers/docs/reference#message-formatting).
 */
const MENTION = /<@(?:(&)|!)?(\w+)(?:\|[^<>]*)?>/g;

/** Slack's user groups: who is in one is not told to Crier. */
const USER_GROUP = /^<!subteam\^/;

/** What a mention is taken as, and the bare id of a person or a role: Slack's, and Discord's snowflakes. */
const ID = /^<(&?\w+)>$|^([UW][A-Z0-9]{7,}|&?\d{15,20})$/;

const HOW = 'Write it like "everyone viewer", "@name approver", or "@name none" to take it away again.';

/**
 * The rules as they are once these words hold. "none" alone takes all of them away.
 * @throws CrierError `invalid-input`, with the cure; no part of a line is taken then.
 */
export function readRoleRules(value: string, current: Workspace['roleRules']): Workspace['roleRules'] {
  if (NONE.includes(value.trim().toLowerCase())) return {};
  // a name within a mention may hold anything: it goes before the line is cut at its commas
  const plain = value.replace(MENTION, (_, isRole: string | undefined, id: string) => ` <${isRole ?? ''}${id}> `);
  const parts = plain.split(/[,;\n]/).filter((part) => part.trim() !== '');
  if (parts.length === 0) throw invalidArgument('value', `Say whom and which role. ${HOW}`);
  const changes = new Map(parts.map(readPart));
  const kept = Object.entries(current).filter(([whom]) => !changes.has(whom));
  const given = [...changes].flatMap(([whom, role]) => (role === null ? [] : [[whom, role] as const]));
  return Object.fromEntries([...kept, ...given]);
}

function readPart(part: string): [whom: string, role: Role | null] {
  const match = /^(.+?)[\s:=]+(\S+)$/.exec(part.trim());
  if (!match) throw invalidArgument('value', `"${part.trim()}" names no one or no role. ${HOW}`);
  return [readWhom(match[1] ?? ''), readRole(match[2] ?? '')];
}

function readWhom(text: string): string {
  if (EVERYONE.test(text)) return 'everyone';
  if (USER_GROUP.test(text))
    throw invalidArgument('value', `A user group of Slack cannot be given a role: name its people. ${HOW}`);
  const [, mentioned, bare] = ID.exec(text) ?? [];
  const id = mentioned ?? bare;
  if (id !== undefined) return id;
  const near = nearest(text.toLowerCase(), ['everyone']);
  throw invalidArgument(
    'value',
    near
      ? `"${text}" is nobody here. Did you mean ${near}?`
      : `"${text}" is nobody here: type @ and choose a person or a role from the list, so that it becomes a mention, or say everyone.`,
  );
}

function readRole(text: string): Role | null {
  const wanted = text.toLowerCase();
  if (NONE.includes(wanted)) return null;
  const role = ROLES.find((each) => each === wanted);
  if (role) return role;
  const near = nearest(wanted, ROLES);
  throw invalidArgument(
    'value',
    `"${text}" is not a role. ${near ? `Did you mean ${near}?` : `Roles: ${ROLES.join(', ')}; "none" takes one away.`}`,
  );
}
