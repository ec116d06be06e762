// /connect: an account of a network, by a link to its own page or by what it asks for. No reply ever repeats a secret.
import type { Platform, SetupField } from '../../core/platform.ts';
import { connectAccount, findPlatform, missingFields, refuseUnknownFields } from '../../core/usecases/connect-account.ts';
import { LINK_MINUTES, type Link, linkable, makeLink } from '../../core/usecases/connect-by-link.ts';
import { requirePermission, zoneOf } from '../../core/workspace.ts';
import { type Call, defineCommand, type RawArgs } from '../command.ts';
import { connectedReply } from '../connect-news.ts';
import type { Button, FormField, Line, Reply } from '../reply.ts';

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
    if (isByLink(call, platform) && !saysSecret(platform, fields)) return byLink(call, platform, fields);
    if (missingFields(platform, fields).length > 0) return connectForm(platform, fields);
    const connection = await connectAccount(call.deps, call.actor, { platform: platform.id, fields });
    return connectedReply([connection], call.deps.platforms);
  },
  buttons: {
    form: async (call) => {
      requirePermission(call.actor, 'administer');
      const platform = findPlatform(call.deps, call.subject);
      return isByLink(call, platform) ? byLink(call, platform, {}) : connectForm(platform, {});
    },
    typed: async (call) => {
      requirePermission(call.actor, 'administer');
      const platform = findPlatform(call.deps, call.subject);
      return platform.connect ? connectForm(platform, {}) : byLink(call, platform, {});
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

/** Where nothing can be typed, whether or not there is a way back: then that is what is to be said. */
const isByLink = ({ deps }: Call, platform: Platform): boolean => platform.connect === null || linkable(deps, platform) !== null;

const saysSecret = (platform: Platform, given: Fields): boolean =>
  platform.setup.fields.some(({ name, secret }) => secret && (given[name] ?? '').trim() !== '');

/** Asks for what a link needs, and then gives one. */
async function byLink(call: Call, platform: Platform, given: Fields): Promise<Reply> {
  const needed = platform.oauth?.fields ?? [];
  const asked = platform.setup.fields.filter(({ name }) => needed.includes(name));
  if (asked.some(({ name }) => (given[name] ?? '').trim() === ''))
    return askFields(platform, `${platform.name} then asks you on its own page whether Crier may post there.`, asked, given);
  const { actor, origin } = call;
  return linkReply(call, platform, await makeLink(call.deps, actor, { platform, fields: given, origin }));
}

const typedButton = ({ id }: Platform): Button => ({
  label: 'Use an access token',
  command: 'connect',
  name: 'typed',
  subject: id,
});

/** `post, attach images and look`; with semicolons where one of them has parts of its own. */
function inARow(words: readonly string[]): string {
  if (words.length < 2) return words.join();
  const isMixed = words.some((each) => each.includes(',')) || words.filter((each) => each.includes(' and ')).length > 1;
  const apart = isMixed ? ';' : ',';
  return `${words.slice(0, -1).join(`${apart} `)}${apart === ';' ? '; and' : ' and'} ${words.at(-1)}`;
}

/** The person's own: whoever has the link can connect an account of theirs here. */
function linkReply({ actor }: Call, platform: Platform, link: Link): Reply {
  const until = link.expiresAt.toZonedDateTimeISO(zoneOf(actor)).toPlainTime().toString({ smallestUnit: 'minute' });
  const reasons = link.scopes.map(({ reason }) => reason);
  const place = platform.oauth?.fields.length ? new URL(link.service).host : platform.name;
  const local: Line[] = link.isPublic
    ? []
    : [['It opens only on the machine that Crier runs on. ', { code: 'PUBLIC_URL' }, ' makes it open from elsewhere.']];
  return {
    tone: 'plain',
    title: `Connect ${platform.name}`,
    lines: [
      ['Open ', { url: link.url, text: `${place}, by this link` }, ', and press Allow there.'],
      [
        'It is for you alone: it works once, and until ',
        { moment: link.expiresAt, text: until },
        `, which is ${LINK_MINUTES} minutes.`,
      ],
      ...local,
    ],
    notes: [`Crier asks to ${inARow(reasons)}; nothing else.`],
    ...(platform.connect ? { buttons: [typedButton(platform)] } : {}),
    private: true,
  };
}

/** Asks for all of a network's fields. */
const connectForm = (platform: Platform, given: Fields): Reply =>
  askFields(platform, platform.setup.intro, platform.setup.fields, given);

/** What was given stands in its field, unless it is a secret. */
function askFields(platform: Platform, intro: string, fields: readonly SetupField[], given: Fields): Reply {
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
