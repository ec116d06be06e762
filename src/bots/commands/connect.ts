// /connect: an account of a network, by what that network asks for. No reply ever repeats a secret.
import type { Platform } from '../../core/platform.ts';
import { nameAccount } from '../../core/targets.ts';
import {
  type Connection,
  connectAccount,
  findPlatform,
  missingFields,
  refuseUnknownFields,
} from '../../core/usecases/connect-account.ts';
import { requirePermission } from '../../core/workspace.ts';
import { type Call, defineCommand, type RawArgs } from '../command.ts';
import type { FormField, Line, Reply } from '../reply.ts';

type Fields = Readonly<Record<string, string>>;

export const connect = defineCommand({
  name: 'connect',
  summary: 'Connect an account of a network',
  permission: 'administer',
  arguments: [
    { name: 'platform', kind: 'platform', summary: 'The network', required: true },
    { name: 'fields', kind: 'text', summary: 'What it asks for, as name:value' },
  ],
  examples: ['/connect bluesky', '/connect bluesky handle:you.bsky.social password:your-app-password'],
  fromText: readConnectWords,
  run: async (call) => {
    const { platform: name = '', fields: words = '', ...rest } = call.args;
    if (name.trim() === '') return choosePlatform(call);
    const platform = findPlatform(call.deps, name);
    const fields = { ...rest, ...readFields(words) };
    refuseUnknownFields(platform, fields);
    if (missingFields(platform, fields).length > 0) return connectForm(platform, fields);
    return connected(call, await connectAccount(call.deps, call.actor, { platform: platform.id, fields }));
  },
  buttons: {
    form: async (call) => {
      requirePermission(call.actor, 'administer');
      return connectForm(findPlatform(call.deps, call.subject), {});
    },
    choose: async (call) => choosePlatform(call),
  },
});

/** `name:value` and `name=value`, where a value in double quotes may hold spaces. Words without a name are not read: the form asks. */
function readFields(words: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const match of words.matchAll(/([\p{L}_][\p{L}\p{N}_-]*)[:=](?:"([^"]*)"|(\S*))/gu)) {
    fields[(match[1] ?? '').toLowerCase()] = match[2] ?? match[3] ?? '';
  }
  return fields;
}

function readConnectWords(text: string): RawArgs {
  const [, platform, fields] = /^\s*(\S+)?\s*([\s\S]*)$/.exec(text) ?? [];
  return { ...(platform ? { platform } : {}), ...(fields ? { fields } : {}) };
}

function choosePlatform({ deps }: Call): Reply {
  const choices = deps.platforms.all().map(({ id, name }) => ({ value: id, label: name }));
  return {
    tone: 'plain',
    lines: ['Which network?'],
    private: true,
    form: {
      title: 'Connect an account',
      command: 'connect',
      fields: [{ name: 'platform', label: 'Network', kind: 'choice', required: true, choices }],
      carried: {},
      inOneLine: `/connect ${choices[0]?.value ?? ''}`.trim(),
    },
  };
}

/** Asks for all of a network's fields; what was given stands in its field, unless it is a secret. */
function connectForm(platform: Platform, given: Fields): Reply {
  const { intro, fields } = platform.setup;
  const example = fields.filter(({ required }) => required).map(({ name, example: value }) => `${name}:${value}`);
  return {
    tone: 'plain',
    title: `Connect ${platform.name}`,
    lines: [intro],
    private: true,
    form: {
      title: `Connect ${platform.name}`,
      command: 'connect',
      fields: fields.map(({ name, label, example: hint, secret, required }): FormField => {
        const value = secret ? undefined : given[name];
        return { name, label, kind: secret ? 'secret' : 'line', required, hint, ...(value === undefined ? {} : { value }) };
      }),
      carried: { platform: platform.id },
      inOneLine: [`/connect ${platform.id}`, ...example].join(' '),
    },
  };
}

function connected({ deps }: Call, { account, renewed, resumed }: Connection): Reply {
  const lines: Line[] = [['Try it: ', { code: `/publish to ${account.platform}: Hello` }]];
  if (resumed > 0) lines.unshift(`${resumed} waiting ${resumed === 1 ? 'post goes' : 'posts go'} on.`);
  return {
    tone: 'good',
    title: `${nameAccount(account, deps.platforms)} is ${renewed ? 'connected again' : 'connected'}`,
    lines,
    private: true,
  };
}
