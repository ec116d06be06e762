// From a body to what a message holds: checked against the limits, components numbered, mentions read. It stores nothing.
// https://docs.discord.com/developers/resources/message#create-message (2026-11-22)
import { MessageFlags } from 'discord.js';
import type { Component, MessageBody } from './bodies.ts';
import { checkComponents, eachComponent } from './component-checks.ts';
import type { StoredFile, Upload } from './files.ts';
import { checkCount, checkLength, openProblems, type Problems, refusals } from './refusals.ts';

export interface Content {
  content: string;
  embeds: Record<string, unknown>[];
  components: Component[];
  flags: number;
}
export interface Composed extends Content {
  /** Files of the message before that stay. */
  kept: StoredFile[];
  /** New files, with the alt text the body gives them. */
  uploads: Upload[];
  mentionedUsers: string[];
  mentionedRoles: string[];
}

const LEGACY = ['content', 'embeds', 'poll', 'sticker_ids'] as const;
const given = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * What the message will hold. `before` is the message as it stands when it is edited; `at` the prefix of paths in a refusal.
 * Refuses with 50035 what breaks a limit and with 50006 what is empty.
 */
export function compose(
  body: MessageBody,
  options: {
    uploads: readonly Upload[];
    before?: Content & { files: StoredFile[] };
    at?: readonly string[];
    allowedFlags: number;
  },
): Composed {
  const { before, at = [] } = options;
  const problems = openProblems();
  const flags = ((body.flags ?? 0) & options.allowedFlags) | ((before?.flags ?? 0) & ~MessageFlags.Loading);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const embeds = body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []);
  const components = numbered(body.components === undefined ? (before?.components ?? []) : (body.components ?? []));
  const { kept, uploads } = attached(body, options);
  if (v2) refuseLegacy({ ...body, content, embeds }, at, problems);
  checkLength(problems, [...at, 'content'], content, { max: 2_000 });
  checkCount(problems, [...at, 'embeds'], embeds.length, { min: 0, max: 10 });
  const fileNames = new Set([...kept.map((file) => file.name), ...uploads.map((file) => file.name)]);
  checkComponents(components, { v2, path: [...at, 'components'], problems, fileNames });
  problems.throwIfAny();
  const something = given(content) || given(embeds) || given(components) || fileNames.size > 0 || given(body.poll);
  if (!something) throw refusals.emptyMessage();
  return { content, embeds, components, flags, kept, uploads, ...mentions(content, components, body.allowed_mentions) };
}

function refuseLegacy(body: MessageBody, at: readonly string[], problems: Problems): void {
  for (const field of LEGACY) {
    if (!given(body[field])) continue;
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    problems.note([...at, field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
}

function attached(
  body: MessageBody,
  options: { uploads: readonly Upload[]; before?: { files: StoredFile[] } },
): { kept: StoredFile[]; uploads: Upload[] } {
  const about = new Map((body.attachments ?? []).map((each) => [each.id, each]));
  const files = options.before?.files ?? [];
  const kept = body.attachments === undefined ? files : files.filter((file) => about.has(file.id));
  const uploads = options.uploads.map((upload, index) => {
    const meta = about.get(String(index));
    const description = meta?.description ?? upload.description;
    return { ...upload, name: meta?.filename ?? upload.name, ...(description === undefined ? {} : { description }) };
  });
  return { kept, uploads };
}

/** Components without an id get one, in order, leaving out those in use. */
export function numbered(components: readonly Component[]): Component[] {
  const copy = structuredClone([...components]);
  const all = [...eachComponent(copy)].map(({ component }) => component);
  const used = new Set(all.flatMap(({ id }) => (id ? [id] : [])));
  let next = 1;
  for (const component of all) {
    if (component.id) continue;
    while (used.has(next)) next += 1;
    component.id = next;
    next += 1;
  }
  return copy;
}

function mentions(
  content: string,
  components: readonly Component[],
  allowed: MessageBody['allowed_mentions'],
): { mentionedUsers: string[]; mentionedRoles: string[] } {
  const texts = [content, ...[...eachComponent(components)].map(({ component }) => component.content ?? '')].join('\n');
  const read = (pattern: RegExp): string[] => [...new Set([...texts.matchAll(pattern)].map(([, id]) => id ?? ''))];
  const pick = (ids: string[], kind: 'users' | 'roles'): string[] => {
    if (!allowed || allowed.parse?.includes(kind)) return ids;
    return ids.filter((id) => allowed[kind]?.includes(id));
  };
  return { mentionedUsers: pick(read(/<@!?(\d+)>/g), 'users'), mentionedRoles: pick(read(/<@&(\d+)>/g), 'roles') };
}
