// Answers for everybody in the channel: reports with their pictures and files, what presses make of them, and how far a long one is.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ButtonCall, type CommandCall, defineCommand } from '../../../src/bots/command.ts';
import type { Reply } from '../../../src/bots/reply.ts';
import { renderModal } from '../../../src/bots/slack/render.ts';
import { CrierError } from '../../../src/core/errors.ts';
import { closeNewsrooms } from '../../core/usecases/newsroom.ts';
import { TEAM_A } from '../../support/slack/cast.ts';
import type { SlackMessage, Whisper } from '../../support/slack/records.ts';
import { openWaits, type Waits } from '../../support/waits.ts';
import { accessTo } from './outbox-kit.ts';
import { readText } from './read-blocks.ts';
import { csv, reportReply } from './report-reply.ts';
import { buttonOf, openSlackDesk, type SlackDesk } from './slack-desk.ts';

const { social, outside, closed } = TEAM_A.channels;
const { ann, bob } = TEAM_A.people;

let desk: SlackDesk;
let waits: Waits;
/** What the command answers, where it is something else than a report. */
let answered: (call: CommandCall) => Promise<Reply>;
let pressed: (call: ButtonCall) => Promise<Reply>;

const figures = defineCommand({
  name: 'figures',
  summary: 'How posts did',
  permission: 'view',
  arguments: [{ name: 'period', kind: 'text', summary: 'Which time' }],
  examples: ['/figures week'],
  run: (call) => answered(call),
  buttons: {
    show: (call) => pressed(call),
    csv: async () => ({ tone: 'plain', private: true, lines: ['Here are all figures.'], files: [csv()] }),
  },
});

beforeEach(async () => {
  waits = openWaits();
  answered = async ({ args: { period = 'week' } }) => reportReply(period);
  pressed = async ({ subject }) => reportReply(subject);
  desk = await openSlackDesk({ extra: [figures], pause: waits.pause });
  return async () => {
    await desk.close();
    expect(desk.problems).toEqual([]);
  };
});
afterAll(closeNewsrooms);

async function ask(where: { channel?: string; text?: string } = {}): Promise<void> {
  await desk.a.command({ command: '/figures', ...where });
  await desk.idle();
}
async function press(on: SlackMessage | Whisper, label: string, user: string = ann.id): Promise<void> {
  await desk.a.press(on, buttonOf(on, label), { user });
  await desk.idle();
}
async function choose(on: SlackMessage | Whisper, value: string, user: string = ann.id): Promise<void> {
  await desk.a.press(on, menuOf(on), { user, value });
  await desk.idle();
}
function menuOf({ blocks }: Pick<SlackMessage, 'blocks'>): string {
  const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  return elements.find(({ type }) => type === 'static_select')?.action_id ?? '';
}
const picturesIn = ({ blocks }: { blocks: SlackMessage['blocks'] }): string[] =>
  blocks.flatMap((block) => (block.type === 'image' ? [block.alt_text] : []));
const filesOf = async (channel: string): Promise<unknown[]> =>
  (await desk.slack.messages(channel)).flatMap(({ files }) => files.map(({ name }) => name));
const alone = (user: string): string =>
  desk.slack
    .whispers(user)
    .map(({ blocks }) => readText(blocks))
    .join('\n');
const WEEK = ['Engagement a day, this week: 1,204 on Monday.', 'Engagement by hour.'];

describe('a public answer to a slash command', () => {
  it('is a message for everybody, with its pictures where they belong', async () => {
    await ask();
    const [report, ...others] = await desk.slack.messages(social);
    expect(others).toEqual([]);
    expect(report && picturesIn(report)).toEqual(WEEK);
    expect(desk.slack.whispers(ann.id)).toEqual([]);
  });

  it('shares pictures nowhere else', async () => {
    await ask();
    expect(desk.slack.calls('files.completeUploadExternal').map(({ args }) => args.channel_id)).toEqual([undefined]);
  });

  it('brings its other files into the channel', async () => {
    answered = async () => ({ ...reportReply('week'), files: [csv()] });
    await ask();
    expect(await filesOf(social)).toEqual(['figures.csv']);
    expect(await filesOf(ann.id)).toEqual([]);
  });

  it.each([
    { where: 'Crier is not in', channel: outside, note: '/invite @Crier' },
    { where: 'is archived', channel: closed, note: 'This channel is archived, so only you see this.' },
  ])(
    'is for whoever asked where the channel $where, with what to do, and its pictures come directly',
    async ({ channel, note }) => {
      await ask({ channel });
      expect(alone(ann.id)).toContain('Analytics of this week');
      expect(alone(ann.id)).toContain(note);
      expect(await filesOf(ann.id)).toEqual(['week.png', 'hours-week.png']);
      expect(alone(ann.id)).toContain('The files are in your direct messages with Crier.');
    },
  );

  it('says all but its pictures where the app may not upload', async () => {
    desk.slack.failNext('files.getUploadURLExternal', { error: 'missing_scope' });
    await ask();
    const [report] = await desk.slack.messages(social);
    expect(report && picturesIn(report)).toEqual([]);
    expect(readText(report?.blocks)).toContain('adds the permission files:write');
  });

  it('is refused to whoever asked, and to nobody else', async () => {
    answered = async () => {
      throw new CrierError('invalid-input', 'There is no such week.');
    };
    await ask();
    expect(alone(ann.id)).toContain('There is no such week.');
    expect(await desk.slack.messages(social)).toEqual([]);
  });
});

describe('a mention', () => {
  it('is answered with pictures in its thread', async () => {
    const { message } = await desk.a.mention({ channel: social, text: '@Crier /figures week' });
    await desk.idle();
    const reply = await desk.slack.waitForReply(social, message.ts);
    expect(picturesIn(reply)).toEqual(WEEK);
  });

  it('is answered with pictures in direct messages too', async () => {
    answered = async () => ({ ...reportReply('week'), public: false, private: true });
    await desk.a.say({ text: '/figures week' });
    await desk.idle();
    expect((await desk.slack.messages(ann.id)).flatMap(picturesIn)).toEqual(WEEK);
    expect(await filesOf(ann.id)).toEqual([]);
  });
});

describe('a press on a public report', () => {
  const report = async (): Promise<SlackMessage> => {
    await ask();
    return desk.slack.waitForMessage(social);
  };

  it('changes it for everybody, by a button or by a choice from its menu', async () => {
    const first = await report();
    await press(first, 'Today', bob.id);
    const today = await desk.slack.waitForMessage(social);
    expect(today.ts).toBe(first.ts);
    expect(picturesIn(today)[0]).toContain('this today');
    await choose(today, 'figures/show/month', bob.id);
    const [month, ...others] = await desk.slack.messages(social);
    expect(others).toEqual([]);
    expect(readText(month?.blocks)).toContain('Analytics of this month');
    expect(desk.slack.whispers(bob.id)).toEqual([]);
  });

  it('leaves it where the answer is for one person alone, and hands them the file', async () => {
    const first = await report();
    await press(first, 'CSV', bob.id);
    expect(alone(bob.id)).toContain('Here are all figures.');
    expect(await filesOf(bob.id)).toEqual(['figures.csv']);
    expect(readText((await desk.slack.messages(social))[0]?.blocks)).toBe(readText(first.blocks));
  });

  it('whose answer is declined leaves it as it was', async () => {
    const first = await report();
    pressed = async () => {
      throw new CrierError('invalid-input', 'There are no figures of that time.');
    };
    await press(first, 'Today');
    expect(alone(ann.id)).toContain('There are no figures of that time.');
    expect(readText((await desk.slack.messages(social))[0]?.blocks)).toBe(readText(first.blocks));
  });

  it('replaces one that a single person sees, where it was answered privately', async () => {
    await ask({ channel: outside });
    const [whisper] = desk.slack.whispers(ann.id);
    if (whisper) await choose(whisper, 'figures/show/month');
    expect(desk.slack.whispers(ann.id)).toHaveLength(1);
    expect(alone(ann.id)).toContain('Analytics of this month');
  });
});

describe('a report in a modal', () => {
  it('is replaced there by a choice from its menu', async () => {
    const { views } = accessTo(desk.slack).client;
    const trigger = desk.slack.stage.views.trigger({ teamId: TEAM_A.id, userId: ann.id });
    await views.open({ trigger_id: trigger, view: renderModal(reportReply('week')) });
    const shown = await desk.slack.waitForView(ann.id);
    await desk.a.press(shown, menuOf(shown), { value: 'figures/show/month' });
    await desk.idle();
    expect(desk.slack.views(ann.id).map(({ blocks }) => readText(blocks))).toEqual([
      expect.stringContaining('15 posts, 1,204 engagements.'),
    ]);
    expect(desk.slack.views(ann.id)[0]?.title?.text).toBe('Analytics of this month');
    expect(await filesOf(ann.id)).toEqual(['month.png', 'hours-month.png']);
  });
});

describe('how far a long command is', () => {
  const step = (done: number, more: Partial<Reply> = {}): Reply => ({
    tone: 'plain',
    public: true,
    lines: [`Reading figures: ${done} of 9 accounts`],
    ...more,
  });
  const changes = (): unknown[] => desk.slack.calls('chat.update').map(({ args }) => readText(args.blocks));

  it('is one message, changed at most once a second, and the answer takes its place', async () => {
    waits.hold();
    answered = async ({ progress }) => {
      await progress?.(step(1));
      await waits.until(1_000);
      await progress?.(step(2));
      await progress?.(step(3));
      waits.letGo(1_000);
      await desk.slack.waitForCall('chat.update');
      await progress?.(step(4));
      return reportReply('week');
    };
    await ask();
    const [message, ...others] = await desk.slack.messages(social);
    expect(others).toEqual([]);
    expect(message && picturesIn(message)).toEqual(WEEK);
    expect(changes()).toEqual(['Reading figures: 3 of 9 accounts', expect.stringContaining('Analytics of this week')]);
  });

  it('is taken back where the answer is for whoever asked alone', async () => {
    answered = async ({ progress }) => {
      await progress?.(step(1));
      await desk.slack.waitForMessage(social);
      throw new CrierError('unavailable', 'Nothing answers just now.');
    };
    await ask();
    expect(await desk.slack.messages(social)).toEqual([]);
    expect(alone(ann.id)).toContain('Nothing answers just now.');
  });

  it('is said once to whoever asked where it is for them alone', async () => {
    answered = async ({ progress }) => {
      await progress?.(step(1, { public: false, private: true }));
      await desk.slack.waitForWhisper(ann.id);
      await progress?.(step(2, { public: false, private: true }));
      return { ...reportReply('week'), public: false, private: true };
    };
    await ask();
    expect(desk.slack.whispers(ann.id).map(({ text }) => text)).toEqual([
      'Reading figures: 1 of 9 accounts',
      expect.stringContaining('Analytics of this week'),
    ]);
  });

  it('is said to whoever asked where the channel is closed to Crier', async () => {
    answered = async ({ progress }) => {
      await progress?.(step(1));
      await desk.slack.waitForWhisper(ann.id);
      return reportReply('week');
    };
    await ask({ channel: outside });
    expect(alone(ann.id)).toMatch(/Reading figures: 1 of 9 accounts[\s\S]*Analytics of this week/);
  });

  it('that cannot be shown does not keep the command from ending', async () => {
    desk.slack.failNext('chat.postMessage', { error: 'no_text' });
    answered = async ({ progress }) => {
      await progress?.(step(1));
      await desk.slack.waitForCall('chat.postMessage');
      return reportReply('week');
    };
    await ask();
    expect((await desk.slack.messages(social)).flatMap(picturesIn)).toEqual(WEEK);
  });

  it('stands beside a report that is pressed, and goes when that is replaced', async () => {
    await ask();
    const first = await desk.slack.waitForMessage(social);
    pressed = async ({ progress, subject }) => {
      await progress?.(step(1));
      await desk.slack.waitForMessage(social, ({ ts }) => ts !== first.ts);
      return reportReply(subject);
    };
    await press(first, 'Today');
    const [today, ...others] = await desk.slack.messages(social);
    expect(others).toEqual([]);
    expect(today?.ts).toBe(first.ts);
    expect(readText(today?.blocks)).toContain('Analytics of this today');
  });
});
