// Commands made for the terminal's tests: each shows one thing that a command can do.
import { type CommandCall, defineCommand } from '../../../src/bots/command.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { invalidInput } from '../../../src/core/errors.ts';

const button = (label: string, name: string, subject = 'P12') => ({ label, command: 'post', name, subject });

const editForm = (text: string): Reply => ({
  tone: 'plain',
  form: {
    title: 'Edit P12',
    command: 'post',
    fields: [{ name: 'text', label: 'Text', kind: 'paragraph', required: true, value: text }],
    carried: { post: 'P12', action: 'edit' },
    inOneLine: '/post P12 edit NEW TEXT',
  },
});

/** Says back what arguments it got; a text of `fail` is a bug, one of `long` is refused. */
const say = defineCommand({
  name: 'say',
  summary: 'Says it back',
  permission: 'view',
  arguments: [{ name: 'text', kind: 'text', summary: 'what to say', required: true }],
  examples: ['/say Hello'],
  run: async ({ args }) => {
    if (args.text === 'fail') throw new TypeError('cannot read properties of the moon');
    if (args.text === 'long') throw invalidInput('That is too long. Say less.');
    return { tone: 'plain', lines: [`said: ${args.text ?? 'nothing'}`] };
  },
});

const schedule = defineCommand({
  name: 'schedule',
  summary: 'Schedules a post',
  permission: 'write',
  arguments: [
    { name: 'when', kind: 'when', summary: 'when', required: true },
    { name: 'to', kind: 'targets', summary: 'where', required: true },
    { name: 'text', kind: 'text', summary: 'what', required: true },
    { name: 'campaign', kind: 'campaign', summary: 'part of what' },
  ],
  examples: ['/schedule tomorrow 9am to bluesky: Hello'],
  fromText: (text): Record<string, string> => (text.includes(':') ? { text: text.slice(text.indexOf(':') + 1).trim() } : {}),
  run: async ({ args }: CommandCall): Promise<Reply> => {
    if (args.when === 'yesterday') throw invalidInput('Yesterday has gone by. Name a time to come.');
    if (args.text && (args.when || !args.to)) {
      return {
        tone: 'good',
        title: 'P12 scheduled',
        fields: [{ name: 'When', value: args.when ?? 'tomorrow' }],
        sections: [{ heading: 'Bluesky · 5/300', quote: args.text }],
        buttons: [button('Edit', 'edit'), button('Cancel', 'cancel')],
        cardOf: { postId: 'p12', origin: { chat: 'terminal', channel: 'terminal', message: null } },
      };
    }
    return {
      tone: 'warning',
      form: {
        title: 'Schedule a post',
        command: 'schedule',
        fields: [
          { name: 'when', label: 'When', kind: 'when', required: true, hint: 'tomorrow 9am' },
          { name: 'to', label: 'To', kind: 'targets', required: true, value: 'bluesky' },
          { name: 'text', label: 'Text', kind: 'paragraph', required: true },
        ],
        carried: {},
        inOneLine: '/schedule tomorrow 9am to bluesky: Hello',
      },
    };
  },
});

const post = defineCommand({
  name: 'post',
  summary: 'Shows and changes a post',
  permission: 'view',
  arguments: [
    { name: 'post', kind: 'post', summary: 'which', required: true },
    { name: 'action', kind: 'choice', summary: 'what to do', choices: ['edit', 'move', 'cancel'] },
    { name: 'text', kind: 'text', summary: 'with what' },
  ],
  examples: ['/post P12 cancel'],
  run: async ({ args }) => ({ tone: 'good', lines: [`${args.post} ${args.action}: ${args.text}`] }),
  buttons: {
    edit: async () => editForm('Hello'),
    cancel: async ({ subject }) => ({ tone: 'good', lines: [`${subject} is canceled.`] }),
    retry: async ({ subject }) => ({ tone: 'good', lines: [`${subject} is tried again.`] }),
  },
});

const connect = defineCommand({
  name: 'connect',
  summary: 'Connects an account',
  permission: 'administer',
  arguments: [
    { name: 'platform', kind: 'platform', summary: 'which network', required: true },
    { name: 'fields', kind: 'text', summary: 'what it asks for' },
  ],
  examples: ['/connect bluesky'],
  run: async ({ args }) =>
    args.password
      ? { tone: 'good', lines: [`Connected with ${args.password.length} letters.`] }
      : {
          tone: 'plain',
          form: {
            title: 'Connect Bluesky',
            command: 'connect',
            fields: [
              { name: 'handle', label: 'Handle', kind: 'line', required: true },
              { name: 'password', label: 'App password', kind: 'secret', required: true },
            ],
            carried: { platform: 'bluesky' },
            inOneLine: '/connect bluesky handle:you password:xxxx',
          },
        },
});

const timezone = defineCommand({
  name: 'timezone',
  summary: 'Sets your time zone',
  permission: 'view',
  arguments: [{ name: 'zone', kind: 'timezone', summary: 'which' }],
  examples: ['/timezone Europe/Berlin'],
  run: async ({ args }) => ({ tone: 'good', lines: [`zone ${args.zone}`] }),
});

export const COMMANDS = [schedule, say, post, connect, timezone];
