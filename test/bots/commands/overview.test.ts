import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { buttonId, type Reply, type Section, sayPlainly } from '../../../src/bots/reply.ts';
import { closeNewsrooms, FAILED, PUBLISHED, UNCONFIRMED } from '../../core/usecases/newsroom.ts';
import { type Desk, idOf, labelsOf, openDesk, wordsOf } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterAll(closeNewsrooms);

const overview = async (): Promise<Reply> => (await desk.say('/overview')).reply;
const headings = ({ sections = [] }: Reply): string[] => sections.map(({ heading }) => sayPlainly(heading));
const sectionOf = ({ sections = [] }: Reply, start: string): Section => {
  const section = sections.find(({ heading }) => sayPlainly(heading).startsWith(start));
  if (!section) throw new Error(`no section ${start}`);
  return section;
};
const buttonsIn = (section: Section): string[] => (section.buttons ?? []).map(buttonId);

describe('/overview', () => {
  it('says what to type where there is nothing yet', async () => {
    const bare = await openDesk({ connect: false });
    const { reply } = await bare.say('/overview');
    expect(wordsOf(reply)).toBe(
      'Overview\nNext\nNothing is planned. Connect an account first, then plan a post.\nAccounts\nNo account is connected yet.',
    );
    expect(labelsOf(reply)).toEqual(['New post', 'All posts']);
    expect((await bare.press(idOf(reply, 'Connect an account'))).reply.form?.title).toBe('Connect an account');
    expect(wordsOf(await overview())).toContain(
      'Plan a post: /schedule tomorrow 9am to all: Hello\nAccounts\nAll 3 accounts are connected.',
    );
  });

  it('shows the next five and five drafts, each with its buttons', async () => {
    for (let hour = 7; hour >= 1; hour--) await desk.say(`/schedule in ${hour} hours to bluesky: Post ${hour}`);
    for (let number = 1; number <= 6; number++) await desk.say(`/draft to bluesky: Draft ${number}`);
    const reply = await overview();
    const named = headings(reply).map((heading) => heading.split(' ·')[0]);
    expect(named).toEqual(['Next', 'P7', 'P6', 'P5', 'P4', 'P3', 'Drafts', 'P13', 'P12', 'P11', 'P10', 'P9', 'Accounts']);
    expect(buttonsIn(sectionOf(reply, 'P7'))).toEqual(['post/show/P7', 'post/edit/P7', 'post/move/P7']);
    expect(sectionOf(reply, 'Drafts').lines).toEqual(['5 of 6']);
    expect(wordsOf((await desk.press(idOf(reply, 'All drafts'))).reply)).toContain('Draft 1');
    expect(wordsOf((await desk.press('post/show/P7')).reply)).toContain('P7 scheduled');
    expect(reply).toMatchObject({ tone: 'plain', private: true });
  });

  it('offers who only looks on nothing that would be refused them', async () => {
    await desk.say('/schedule in 1 hour to bluesky: Hello');
    const { reply } = await desk.say('/overview', await desk.enter({ userId: 'guest', role: 'viewer' }));
    expect(labelsOf(reply)).toEqual(['All posts']);
    expect(buttonsIn(sectionOf(reply, 'P1'))).toEqual(['post/show/P1']);
    expect(buttonsIn(sectionOf(reply, 'Accounts'))).toEqual([]);
  });

  it('begins with what waits for the member, why, and every way on', async () => {
    await desk.say('/schedule in 1 hour to bluesky, @crier: Hello');
    await desk.say('/schedule in 1 hour to bluesky: All well');
    const colleague = await desk.enter({ userId: 'bob' });
    await desk.say('/schedule in 1 hour to @crier: Of a colleague', colleague);
    desk.clock.forward({ hours: 1 });
    await desk.settle(({ post, account }) =>
      post.number === 2 ? PUBLISHED : account.platform === 'bluesky' ? FAILED : UNCONFIRMED,
    );
    const reply = await overview();
    expect(headings(reply).slice(0, 3)).toEqual(['Waiting for you', 'P1 · unconfirmed · Sun 22 Nov 2026, 11:00 CET', 'Next']);
    expect(wordsOf(reply)).toContain('Bluesky · @team.bsky.social: The network refused it.');
    expect(buttonsIn(sectionOf(reply, 'P1')).map((id) => id.split('/')[1])).toEqual([
      'show',
      'went-out',
      'again',
      'retry',
      'edit',
      'move',
      'now',
      'cancel',
    ]);
    expect(reply.tone).toBe('warning');
    expect(wordsOf((await desk.press('post/retry/P1')).reply)).toContain('P1 is tried again');
  });

  it('leaves what is held out of what goes out next', async () => {
    await desk.say('/schedule in 1 hour to bluesky: Held');
    await desk.say('/schedule in 2 hours to @crier: Next');
    desk.clock.forward({ hours: 1 });
    await desk.settle(() => ({ state: 'held', holdReason: 'account' }));
    expect(headings(await overview()).map((heading) => heading.split(' ·')[0])).toEqual([
      'Waiting for you',
      'P1',
      'Next',
      'P2',
      'Accounts',
    ]);
  });

  it('names accounts that need a person, with the button that connects them again', async () => {
    await desk.say('/disconnect bluesky');
    const reply = await overview();
    expect(headings(reply).slice(-2)).toEqual(['Accounts that need you', 'Bluesky · @team.bsky.social · disconnected']);
    expect(buttonsIn(sectionOf(reply, 'Bluesky'))).toEqual(['connect/form/bluesky']);
  });

  it('is shown to a viewer too, and knows no other workspace', async () => {
    await desk.say('/schedule in 1 hour to bluesky: Mine');
    const viewer = await desk.enter({ userId: 'vic', role: 'viewer' });
    expect(wordsOf((await desk.say('/overview', viewer)).reply)).toContain('Mine');
    const stranger = await desk.enter({ teamId: 'another-team' });
    expect(wordsOf((await desk.say('/overview', stranger)).reply)).not.toContain('Mine');
  });
});
