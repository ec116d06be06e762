// /connect where a network has a page of its own, and /disconnect after it: what is asked, what is said, and who sees it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../src/bots/command.ts';
import { commands } from '../../../src/bots/commands/index.ts';
import { renderLinkOutcome } from '../../../src/bots/connect-news.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { type Outcome, openCommands } from '../../../src/bots/run.ts';
import type { Deps } from '../../../src/core/ports.ts';
import { finishLink } from '../../../src/core/usecases/connect-by-link.ts';
import type { Actor } from '../../../src/core/workspace.ts';
import { decide, HERE, type LinkDesk, openLinkDesk } from '../../support/link-desk.ts';
import { idOf, labelsOf, wordsOf } from './desk.ts';

const run = openCommands(commands);
let desk: LinkDesk;
let actor: Actor;
beforeAll(async () => {
  desk = await openLinkDesk();
  actor = await desk.enter();
});
afterAll(() => desk.close());

const call = (more: Partial<Deps> = {}): Call => ({ actor, deps: { ...desk.deps, ...more }, origin: HERE });
const say = (line: string, more?: Partial<Deps>): Promise<Outcome> => run.runLine(line, call(more));
const instance = (): string => desk.emulator.networks.mastodon.url;
const fieldsOf = (reply: Reply): string[] | undefined => reply.form?.fields.map(({ name }) => name);
const urlIn = (reply: Reply): string =>
  (reply.lines ?? [])
    .flat()
    .flatMap((span) => (typeof span === 'object' && 'url' in span ? [span.url] : []))
    .at(0) ?? '';

describe('/connect mastodon', () => {
  it('asks for the instance alone', async () => {
    const { reply } = await say('/connect mastodon');
    expect(fieldsOf(reply)).toEqual(['instance']);
    expect(reply).toMatchObject({ private: true, form: { inOneLine: '/connect mastodon instance:https://mastodon.social' } });
  });

  it('answers with a link for the person alone, what it asks for, and the way without it', async () => {
    const { reply } = await say(`/connect mastodon instance:${instance()}`);
    expect(reply.private).toBe(true);
    expect(urlIn(reply)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/connect\/[\w-]{43}$/);
    expect(wordsOf(reply)).toContain('press Allow there');
    expect(wordsOf(reply)).toContain('works once, and until 10:10, which is 10 minutes');
    expect(wordsOf(reply)).toContain(
      'Crier asks to read whose account it is, post, attach images and videos and look whether a post went out',
    );
    expect(labelsOf(reply)).toEqual(['Use an access token']);
    const pressed = await run.press(idOf(reply, 'Use an access token'), call());
    expect(fieldsOf(pressed.reply)).toEqual(['instance', 'token']);
  });

  it('says where a link opens on this machine alone', async () => {
    const webAddress = () => ({ url: desk.url, isPublic: false });
    const { reply } = await say(`/connect mastodon instance:${instance()}`, { webAddress });
    expect(wordsOf(reply)).toContain('PUBLIC_URL');
  });

  it('takes a token that is typed, as ever', async () => {
    const { token } = desk.emulator.networks.mastodon.demo;
    const { reply } = await say(`/connect mastodon instance:${instance()} token:${token}`);
    expect(wordsOf(reply)).toMatch(/^Mastodon \(@crier@\S+\) is connected/);
  });

  it('asks for all it needs where no web server takes what comes back', async () => {
    const { reply } = await say(`/connect mastodon instance:${instance()}`, { webAddress: () => null });
    expect(fieldsOf(reply)).toEqual(['instance', 'token']);
  });

  it('names the instance where that does not answer like one', async () => {
    const outcome = await say(`/connect mastodon instance:${desk.emulator.networks.bluesky.url}`);
    expect(outcome).toMatchObject({ refused: true });
    expect(wordsOf(outcome.reply)).toContain('instance:');
  });

  it('leaves other networks as they are', async () => {
    expect(fieldsOf((await say('/connect bluesky')).reply)).toEqual(['handle', 'password', 'service']);
  });
});

describe('the chat is told', () => {
  const outcomeOf = async (decision: 'allow' | 'deny') => {
    const { reply } = await say(`/connect mastodon instance:${instance()}`);
    const back = new URL(await decide({ url: urlIn(reply) }, decision));
    return finishLink(desk.deps, 'mastodon', back.searchParams);
  };

  it('that it is connected, and what to try', async () => {
    const reply = renderLinkOutcome(await outcomeOf('allow'), desk.deps.platforms);
    expect(reply).toMatchObject({ tone: 'good', private: true });
    expect(reply && wordsOf(reply)).toContain('/publish to mastodon: Hello');
  });

  it('what is left out where less was allowed', async () => {
    const outcome = await outcomeOf('allow');
    const app = { clientId: 'an-app', clientSecret: 'its-secret' };
    const [, , media] = desk.deps.platforms.get('mastodon').oauth?.scopes(app) ?? [];
    if (outcome.kind !== 'connected' || !media) throw new Error('it was not connected');
    const alone = { ...media, without: 'Nothing else can either.' };
    const reply = renderLinkOutcome({ ...outcome, missing: [media, alone] }, desk.deps.platforms);
    expect(reply).toMatchObject({ tone: 'warning' });
    expect(reply && wordsOf(reply)).toContain(
      'Crier was not allowed all that it asked for at Mastodon, so:\nPosts with images or videos cannot go out.\nNothing else can either.',
    );
  });

  it('that Deny was pressed, with a button to begin again', async () => {
    const reply = renderLinkOutcome(await outcomeOf('deny'), desk.deps.platforms);
    if (!reply) throw new Error('nothing was told');
    expect(wordsOf(reply)).toContain('Deny was pressed at Mastodon');
    expect(fieldsOf((await run.press(idOf(reply, 'Connect Mastodon'), call())).reply)).toEqual(['instance']);
  });

  it('nothing where nobody asked', () => {
    expect(renderLinkOutcome({ kind: 'unknown' }, desk.deps.platforms)).toBeNull();
  });
});

describe('/disconnect', () => {
  it('says what became of the login at the network', async () => {
    const back = await decide({ url: urlIn((await say(`/connect mastodon instance:${instance()}`)).reply) }, 'allow');
    await finishLink(desk.deps, 'mastodon', new URL(back).searchParams);
    desk.emulator.networks.mastodon.faults.order({ match: 'POST /oauth/revoke', status: 503 });
    expect(wordsOf((await say('/disconnect mastodon')).reply)).toContain('Mastodon could not be asked to take it back');
    await say(`/connect mastodon instance:${instance()} token:${desk.emulator.networks.mastodon.demo.token}`);
    expect(wordsOf((await say('/disconnect mastodon')).reply)).toContain('At Mastodon it still counts');
  });
});
