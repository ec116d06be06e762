// The limits of components, rate limits and scripted trouble of the test Discord, over the real discord.js REST client.
import { ComponentType, MessageFlags, REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockAt, type TestClock } from '../clock.ts';
import { refusal } from './log-in.ts';
import { GUILD_A, GUILD_B } from './places.ts';
import { type DiscordServer, openDiscordServer } from './server.ts';

const { social } = GUILD_A.channels;
const POST = 'POST /channels/:channel/messages';
let discord: DiscordServer;
let rest: REST;
let clock: TestClock;

beforeEach(async () => {
  clock = clockAt('2026-03-02T08:00:00Z');
  discord = await openDiscordServer({ clock });
  rest = new REST({ api: discord.apiUrl, offset: 5 }).setToken(discord.token);
});
afterEach(async () => {
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
  await discord.close();
  expect(discord.troubles).toEqual([]);
});

const post = (channelId: string, body: unknown): Promise<unknown> => rest.post(Routes.channelMessages(channelId), { body });
const v2 = (...components: object[]) => ({ flags: MessageFlags.IsComponentsV2, components });
const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
const button = (custom_id: string, label = 'Go') => ({ type: ComponentType.Button, style: 1, label, custom_id });
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });

describe('limits of components', () => {
  const problem = async (body: object): Promise<string> => {
    const { code, raw } = await refusal(post(social, body));
    expect(code).toBe(50035);
    return JSON.stringify(raw);
  };

  it('takes forty components and four thousand characters', async () => {
    await post(social, v2(...Array.from({ length: 40 }, () => text('x'.repeat(100)))));
    expect(discord.messages(social)).toHaveLength(1);
  });

  it.each([
    ['41 components', v2(...Array.from({ length: 41 }, () => text('x'))), 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'],
    ['4,001 characters', v2(text('x'.repeat(2_000)), text('x'.repeat(2_001))), 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'],
    ['content beside components', { content: 'x', ...v2(text('x')) }, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ['embeds beside components', { embeds: [{}], ...v2(text('x')) }, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ['text displays without the flag', { components: [text('x')] }, 'UNION_TYPE_CHOICES'],
    ['the same custom id twice', v2(row(button('a'), button('a'))), 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['a custom id of 101 characters', v2(row(button('a'.repeat(101)))), 'Must be between 1 and 100 in length.'],
    [
      'six buttons in a row',
      v2(row(...['1', '2', '3', '4', '5', '6'].map((id) => button(id)))),
      'Must be between 1 and 5 in length.',
    ],
    ['a label of 81 characters', v2(row(button('a', 'x'.repeat(81)))), 'Must be 80 or fewer in length.'],
    ['a section without accessory', v2({ type: ComponentType.Section, components: [text('x')] }), 'BASE_TYPE_REQUIRED'],
    [
      'a file nobody sent',
      v2({ type: ComponentType.File, file: { url: 'attachment://x.png' } }),
      'REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
    ['a content of 2,001 characters', { content: 'x'.repeat(2_001) }, 'Must be 2000 or fewer in length.'],
  ])('refuses %s', async (_, body, words) => {
    expect(await problem(body)).toContain(words);
  });

  it('says where the trouble is, as Discord does', async () => {
    const options = Array.from({ length: 26 }, (_, index) => ({ label: `${index}`, value: `${index}` }));
    const menu = { type: ComponentType.StringSelect, custom_id: 'x', options };
    expect((await refusal(post(social, v2(text('x'), row(menu))))).raw).toEqual({
      code: 50035,
      message: 'Invalid Form Body',
      errors: {
        components: {
          '1': {
            components: {
              '0': { options: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 25 in length.' }] } },
            },
          },
        },
      },
    });
  });

  it('breaks with 500 where the text has too many bytes, as Discord does without saying so', async () => {
    const quick = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token);
    const sending = quick.post(Routes.channelMessages(social), { body: v2(text('日'.repeat(3_400))) });
    await expect(sending).rejects.toMatchObject({ status: 500 });
  });

  it('refuses an empty message', async () => {
    expect(await refusal(post(social, { content: '' }))).toMatchObject({ code: 50006 });
  });

  it('lets a message become one of components only when its content is taken away', async () => {
    await post(social, { content: 'old' });
    const id = discord.messages(social)[0]?.id ?? '';
    const edit = (body: object): Promise<unknown> => rest.patch(Routes.channelMessage(social, id), { body });
    expect(await refusal(edit(v2(text('new'))))).toMatchObject({ code: 50035 });
    await edit({ ...v2(text('new')), content: null });
    expect(discord.messages(social)).toMatchObject([
      { content: '', flags: MessageFlags.IsComponentsV2, components: [{ id: 1, content: 'new' }] },
    ]);
  });
});

describe('rate limits and faults', () => {
  it('answers 429 when told to, and the client waits and tries again', async () => {
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 60 });
    const started = performance.now();
    await post(social, { content: 'patient' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
    expect(discord.calls(POST).map((call) => [call.status, call.answer])).toMatchObject([
      [429, { retry_after: 0.06, global: false }],
      [200, { content: 'patient' }],
    ]);
  });

  it('marks a global 429', async () => {
    const limited: boolean[] = [];
    rest.options.rejectOnRateLimit = (about) => {
      limited.push(about.global);
      return true;
    };
    discord.failNext(POST, { kind: 'limited', retryAfterMs: 40, global: true });
    await expect(post(social, { content: 'x' })).rejects.toMatchObject({ global: true });
    expect(limited).toEqual([true]);
  });

  it('counts per channel, and a client that reads the headers never meets a 429', async () => {
    discord.throttle(POST, { limit: 2, windowMs: 80 });
    await Promise.all(['1', '2', '3', '4', '5'].map((content) => post(social, { content })));
    await post(GUILD_B.channels.social, { content: 'elsewhere' });
    expect(discord.calls(POST).map((call) => call.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(discord.messages(social).map((each) => each.content)).toEqual(['1', '2', '3', '4', '5']);
  });

  const bare = (channelId: string) =>
    fetch(`${discord.apiUrl}/v10/channels/${channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x' }),
    });

  it('refuses those who do not read them', async () => {
    discord.throttle(POST, { limit: 1, windowMs: 10_000 });
    const [first, second, elsewhere] = [await bare(social), await bare(social), await bare(GUILD_B.channels.social)];
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(second.status).toBe(429);
    expect(await second.json()).toMatchObject({ global: false });
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(9);
    expect(elsewhere.status).toBe(200);
  });

  it('keeps the global limit over all channels', async () => {
    discord.throttle('*', { limit: 1, windowMs: 10_000 });
    await bare(social);
    const second = await bare(GUILD_B.channels.social);
    expect(second.status).toBe(429);
    expect(second.headers.get('x-ratelimit-global')).toBe('true');
    expect(await second.json()).toMatchObject({ global: true });
  });

  it('cuts the connection after a message was made, so that a blind retry shows', async () => {
    discord.failNext(POST, { kind: 'cut', when: 'after' });
    await expect(post(social, { content: 'was it sent' })).rejects.toThrow('other side closed');
    expect(discord.calls(POST).map((call) => call.status)).toEqual([0]);
    expect(discord.messages(social).map((each) => each.content)).toEqual(['was it sent']);
    discord.failNext(POST, { kind: 'cut', when: 'before' });
    await expect(post(social, { content: 'it was not' })).rejects.toThrow('other side closed');
    expect(discord.messages(social)).toHaveLength(1);
  });

  it('holds an answer back, refuses and breaks as scripted', async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    discord.failNext(
      POST,
      { kind: 'held', until },
      { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' },
    );
    const first = post(social, { content: 'held' });
    expect(discord.calls(POST)).toEqual([]);
    release();
    await first;
    expect(await refusal(post(social, { content: 'x' }))).toMatchObject({ code: 50013 });
    discord.failNext(POST, { kind: 'broken', status: 503 });
    await post(social, { content: 'after trouble' });
    expect(discord.calls(POST).map((call) => call.status)).toEqual([200, 403, 503, 200]);
  });

  it('records requests, also those still to come', async () => {
    const awaited = discord.waitFor(POST, (call) => JSON.stringify(call.body).includes('two'));
    await post(social, { content: 'one' });
    await post(social, { content: 'two' });
    expect(await awaited).toMatchObject({ params: { channel: social }, status: 200, body: { content: 'two' } });
    expect((await awaited).at.toString()).toBe(clock.now().toString());
  });
});
