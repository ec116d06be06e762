// Triggers, modals and response_urls of the test Slack, as the real @slack/web-api and a quiet app see them.
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clockAt, type TestClock } from '../clock.ts';
import { TEAM_A, TEAM_B, type Team } from './cast.ts';
import { type SlackClient, slackClient } from './client.ts';
import { type QuietApp, quietApp } from './quiet-app.ts';
import { openSlackServer, type SlackServer } from './server.ts';
import type { Typed } from './view-state.ts';
import type { Json } from './wire.ts';

const { bob, gus, sue } = TEAM_A.people;
const { social } = TEAM_A.channels;

let clock: TestClock;
let slack: SlackServer;
let web: WebClient;
let app: QuietApp;
let person: SlackClient;

const bot = (team: Team): WebClient => new WebClient(team.botToken, { slackApiUrl: slack.apiUrl });
const modal = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'New post' },
  blocks: [{ type: 'divider' as const }],
};

beforeAll(async () => {
  clock = clockAt('2026-11-22T09:00:00Z');
  slack = await openSlackServer({ clock });
});
afterAll(() => slack.close());
beforeEach(() => {
  web = bot(TEAM_A);
  app = quietApp();
  person = slackClient(slack, app);
  for (const view of slack.views()) slack.stage.views.close(view);
});

describe('trigger ids', () => {
  it('open one modal', async () => {
    await person.command({ command: '/schedule', user: bob.id });
    const trigger_id = app.last('trigger_id');
    await web.views.open({ trigger_id, view: modal });

    await expect(web.views.open({ trigger_id, view: modal })).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
    expect(slack.views(bob.id)).toMatchObject([{ type: 'modal', title: { text: 'New post' } }]);
  });

  it('are for three seconds and for their team', async () => {
    await person.command({ command: '/schedule' });
    const trigger_id = app.last('trigger_id');
    const opening = (client: WebClient): Promise<unknown> => client.views.open({ trigger_id, view: modal });
    await expect(opening(bot(TEAM_B))).rejects.toMatchObject({ data: { error: 'invalid_trigger_id' } });
    clock.forward({ milliseconds: 3001 });

    await expect(opening(web)).rejects.toMatchObject({ data: { error: 'expired_trigger_id' } });
  });

  it('of a press in a modal push another, and what was typed stays over an update', async () => {
    const input = {
      type: 'input' as const,
      block_id: 'text',
      dispatch_action: true,
      label: { type: 'plain_text' as const, text: 'Text' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    };
    await person.command({ command: '/schedule', user: gus.id });
    await web.views.open({ trigger_id: app.last('trigger_id'), view: { ...modal, blocks: [input] } });
    const opened = await slack.waitForView(gus.id);
    await person.change(opened, 'text', 'typed');
    const update = { view_id: opened.id, view: { ...modal, blocks: [{ type: 'divider' as const }, input] } };
    await web.views.update({ ...update, hash: opened.hash });
    await web.views.push({ trigger_id: app.last('trigger_id'), view: modal });

    expect(slack.views(gus.id)).toMatchObject([
      { typed: { text: { text: { value: 'typed' } } } },
      { previous_view_id: opened.id },
    ]);
    await expect(web.views.update({ ...update, hash: opened.hash })).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    await person.closeView(opened);
    await expect(web.views.update(update)).rejects.toMatchObject({ data: { error: 'not_found' } });
  });
});

describe('a modal that is submitted', () => {
  const input = {
    type: 'input' as const,
    label: { type: 'plain_text' as const, text: 'Where' },
    element: {
      type: 'multi_static_select' as const,
      action_id: 'targets',
      options: ['news', 'jobs'].map((value) => ({ value, text: { type: 'plain_text' as const, text: value } })),
    },
  };
  async function submit(body: Json | null, values: Record<string, Typed> = { targets: ['news'] }): Promise<void> {
    const user = TEAM_B.people.ann.id;
    const member = slackClient(slack, app, TEAM_B);
    await member.shortcut({ callback_id: 'new_post' });
    await bot(TEAM_B).views.open({ trigger_id: app.last('trigger_id'), view: { ...modal, blocks: [input] } });
    app.answer = body;
    await member.submit(await slack.waitForView(user), values);
  }
  const titles = (): (string | undefined)[] => slack.views(TEAM_B.people.ann.id).map(({ title }) => title?.text);

  it.each([
    { what: 'closes', body: null, left: [] },
    { what: 'stays where a field is wrong', body: { response_action: 'errors', errors: {} }, left: ['New post'] },
    { what: 'becomes another', body: { response_action: 'update', view: { ...modal, title: { text: 'Done' } } }, left: ['Done'] },
    { what: 'gets one on top', body: { response_action: 'push', view: modal }, left: ['New post', 'New post'] },
    { what: 'closes with all others', body: { response_action: 'clear' }, left: [] },
  ])('$what as the app answers', async ({ body, left }) => {
    await submit(body);

    expect(app.told.at(-1)?.payload.view).toMatchObject({
      state: { values: { 'block-0': { targets: { type: 'multi_static_select', selected_options: [{ value: 'news' }] } } } },
    });
    expect(titles()).toEqual(left);
  });

  it.each([
    {
      what: 'a choice that is not offered',
      values: { targets: ['elsewhere'] },
      says: 'elsewhere is not offered in targets: news, jobs',
    },
    { what: 'a field that is not there', values: { when: 'now' }, says: 'There is no field when in this view, only targets.' },
    { what: 'nothing where something must be', values: { targets: [] }, says: 'targets is empty' },
  ])('cannot hold $what', async ({ values, says }) => {
    await expect(submit(null, values)).rejects.toThrow(says);
  });
});

it('an input that does not dispatch its action tells nobody of a change', async () => {
  const input = {
    type: 'input' as const,
    label: { type: 'plain_text' as const, text: 'Text' },
    element: { type: 'plain_text_input' as const, action_id: 'text' },
  };
  await person.command({ command: '/schedule', user: bob.id });
  await web.views.open({ trigger_id: app.last('trigger_id'), view: { ...modal, blocks: [input] } });

  await expect(person.change(await slack.waitForView(bob.id), 'text', 'typed')).rejects.toThrow('it has no dispatch_action');
});

describe('response_urls', () => {
  const respond = (url: string, body: object): Promise<Response> => fetch(url, { method: 'POST', body: JSON.stringify(body) });

  it('take five answers', async () => {
    await person.command({ command: '/queue' });
    const url = app.last('response_url');
    const statuses: number[] = [];
    for (const text of ['1', '2', '3', '4', '5', '6']) statuses.push((await respond(url, { text })).status);

    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.responses().at(-1)).toMatchObject({ error: 'used_url', args: { text: '6' } });
  });

  it('take them for thirty minutes', async () => {
    await person.command({ command: '/queue' });
    clock.forward({ minutes: 31 });

    expect(await (await respond(app.last('response_url'), { text: 'late' })).json()).toEqual({
      ok: false,
      error: 'expired_url',
    });
  });

  it('replace and delete the message that was pressed, public or private', async () => {
    const elements = [{ type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } }];
    const blocks = [{ type: 'actions' as const, elements }];
    const { ts = '' } = await web.chat.postMessage({ channel: social, text: 'card', blocks });
    const card = await slack.waitForMessage(social, (message) => message.ts === ts);
    await person.press(card, 'go');
    await respond(app.last('response_url'), { text: 'replaced', replace_original: true });
    expect(await slack.waitForMessage(social, (message) => message.ts === ts)).toMatchObject({ text: 'replaced' });

    await web.chat.postEphemeral({ channel: social, user: sue.id, text: 'private', blocks });
    await person.press(await slack.waitForWhisper(sue.id), 'go');
    await respond(app.last('response_url'), { text: 'also replaced', replace_original: true });
    expect(slack.whispers(sue.id)).toMatchObject([{ text: 'also replaced' }]);
    await respond(app.last('response_url'), { delete_original: true });
    expect(slack.whispers(sue.id)).toEqual([]);
  });
});
