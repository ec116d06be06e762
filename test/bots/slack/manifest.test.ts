// The app manifest: current, within Slack's limits, and with no permission that docs/slack.md does not explain.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifestText } from '../../../scripts/slack-manifest.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { EVENTS, SCOPES, slackManifest } from '../../../src/bots/slack/manifest.ts';
import { slashName, typedInSlack } from '../../../src/bots/slack/slash-names.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PUBLIC_URL = 'https://crier.example.com';
const SOCKET = { socketMode: true, publicUrl: null } as const;
const HTTP = { socketMode: false, publicUrl: PUBLIC_URL } as const;
const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

const text = (min: number, max: number) => z.string().min(min).max(max);
const url = z.url().startsWith('https://').max(3000);

/** What Slack takes: https://github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json (checked 2026-11-22). */
const Taken = z.strictObject({
  display_information: z.strictObject({
    name: text(1, 35),
    description: text(1, 140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: text(1, 80).regex(/^[a-z0-9._-]+$/), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          type: z.enum(['message', 'global']),
          name: text(1, 24),
          callback_id: text(1, 255),
          description: text(1, 150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(2, 32).regex(/^\/[a-z0-9_-]+$/),
          description: text(1, 2000),
          usage_hint: text(1, 1000).optional(),
          should_escape: z.boolean(),
          url: url.optional(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(url).optional(),
    scopes: z.strictObject({ bot: z.array(z.string()).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: url.optional(), bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url.optional() }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

/** Which permission an event of ours wants: https://docs.slack.dev/reference/events (checked 2026-11-22). */
const SCOPE_OF_EVENT: Record<(typeof EVENTS)[number], string | null> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  app_uninstalled: null,
  'message.im': 'im:history',
  tokens_revoked: null,
};

describe('the app manifest', () => {
  it('is committed as it is made: if this fails, run `npm run --silent slack:manifest > slack-manifest.json && npm run format`', async () => {
    expect(JSON.parse(await read('slack-manifest.json'))).toEqual(JSON.parse(manifestText(null)));
  });

  it.each([
    { mode: 'Socket Mode', options: SOCKET },
    { mode: 'Socket Mode with OAuth', options: { socketMode: true, publicUrl: PUBLIC_URL } },
    { mode: 'HTTP', options: HTTP },
  ] as const)('is within what Slack takes: $mode', ({ options }) => {
    expect(() => Taken.parse(slackManifest(commands, options))).not.toThrow();
  });

  it('names no address in Socket Mode, and every one over HTTP', () => {
    expect(JSON.stringify(slackManifest(commands, SOCKET))).not.toContain('http');
    const { features, oauth_config, settings } = slackManifest(commands, HTTP);
    const events = `${PUBLIC_URL}/slack/events`;
    expect(features?.slash_commands?.map((command) => command.url)).toEqual(commands.map(() => events).concat(events));
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: events },
      interactivity: { request_url: events },
    });
    expect(oauth_config?.redirect_urls).toEqual([`${PUBLIC_URL}/slack/oauth_redirect`]);
  });

  it('has each command once, with what it is for and what it takes, and /crier for all of them', () => {
    const declared = slackManifest(commands, SOCKET).features?.slash_commands ?? [];
    const names = declared.map(({ command }) => command);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([...commands.map(slashName), '/crier']);
    expect(declared).toContainEqual({
      command: '/schedule',
      description: 'Schedule a post for later',
      usage_hint: 'tomorrow 9am to bluesky, mastodon: We are live!',
      should_escape: true,
    });
  });

  it('asks for what its events need', () => {
    const scopes: string[] = SCOPES.map(({ scope }) => scope);
    for (const event of EVENTS) {
      const needed = SCOPE_OF_EVENT[event];
      if (needed !== null) expect(scopes).toContain(needed);
    }
  });

  it('explains each permission in docs/slack.md with the same reason', async () => {
    const rows = [...(await read('docs/slack.md')).matchAll(/^\| `([a-z_]+(?::[a-z.]+)?)`\s*\| (.+?)\s*\|$/gm)];
    expect(rows.map(([, scope, reason]) => ({ scope, reason }))).toEqual(SCOPES);
  });
});

describe('the name of a slash command', () => {
  it('is the command’s own', () => {
    expect(slashName({ name: 'schedule' })).toBe('/schedule');
  });

  it.each(['status', 'who', 'invite', 'remind'])('that Slack has itself is put behind crier-: %s', (name) => {
    expect(slashName({ name })).toBe(`/crier-${name}`);
  });

  it.each([
    ['/status', '/crier-status'],
    ['/remind me', '/crier-remind me'],
    ['/schedule tomorrow 9am: /status', '/schedule tomorrow 9am: /status'],
    ['npm start -- --role worker', 'npm start -- --role worker'],
    ['/statuses', '/statuses'],
    ['/invite @Crier', '/invite @Crier'],
  ])('is said as it has to be typed: %s', (line, typed) => {
    expect(typedInSlack(line)).toBe(typed);
  });
});

describe('the text of the manifest', () => {
  it('is for HTTP with an address, and for Socket Mode with browsers sent back to it where that is asked', () => {
    const settingsOf = (text: string) => Taken.parse(JSON.parse(text));
    expect(settingsOf(manifestText(PUBLIC_URL)).settings.socket_mode_enabled).toBe(false);
    const both = settingsOf(manifestText(PUBLIC_URL, true));
    expect([both.settings.socket_mode_enabled, both.settings.interactivity.request_url]).toEqual([true, undefined]);
    expect(both.oauth_config.redirect_urls).toEqual([`${PUBLIC_URL}/slack/oauth_redirect`]);
  });

  it('takes a public address with or without a slash at the end', () => {
    expect(manifestText(`${PUBLIC_URL}/`)).toBe(manifestText(PUBLIC_URL));
  });

  it('is not made for an address that Slack does not reach', () => {
    expect(() => manifestText('http://crier.example.com')).toThrow('https');
    expect(() => manifestText('crier.example.com')).toThrow('"crier.example.com" is none');
  });
});
