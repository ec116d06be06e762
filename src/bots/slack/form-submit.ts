// A form that is sent. Slack closes it with our answer, or shows our errors in it, within three seconds: what takes longer goes on
// behind the closed form, and its answer comes as a message.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { zoneOf } from '../../core/workspace.ts';
import type { RawArgs } from '../command.ts';
import { type Reply, type Section, sayPlainly } from '../reply.ts';
import { answerError, type Outcome } from '../run.ts';
import { answer } from './answer.ts';
import { readFiles, readFilesById } from './files.ts';
import { composeView, introOf } from './form-open.ts';
import { errorBlock } from './form-view.ts';
import { callOf, type Front, meetOnce, take } from './front.ts';
import type { OpenView, ViewSubmission } from './payloads.ts';
import type { Ask } from './place.ts';
import { sayPrivately } from './privately.ts';
import { isDeadToken } from './refusals.ts';
import { type FormMetadata, missingInputs, readFormView, readMetadata } from './view-values.ts';

/** https://docs.slack.dev/surfaces/modals#response_actions */
type ViewAnswer = { response_action: 'errors'; errors: Record<string, string> } | { response_action: 'update'; view: ModalView };
type Ack = (answer?: ViewAnswer) => Promise<void>;

/** What became of a form; `next` is the form that follows, where the command asks on. */
interface Sent {
  ask: Ask;
  args: RawArgs;
  outcome: Outcome;
  next: ModalView | null;
}

/** Answers Slack within `submitWaitMs`, and does what the form asks for. */
export async function onFormSent(front: Front, teamId: string, payload: ViewSubmission, ack: Ack): Promise<void> {
  const { view, user } = payload;
  const metadata = readMetadata(view.private_metadata);
  const listener = { teamId, userId: user.id };
  if (metadata === null) {
    await ack();
    return take(front, 'form', listener, null, () => sayPrivately(front, listener, { channel: user.id }, UNKNOWN_FORM));
  }
  const missing = missingInputs(metadata, readFormView(view.state, metadata, { timeZone: 'UTC' }).args);
  if (Object.keys(missing).length > 0) return ack({ response_action: 'errors', errors: missing });

  const { command, place } = metadata;
  const work = settle(send(front, teamId, payload, metadata));
  // the work goes on whatever becomes of this request, and stopping waits for it
  take(front, command, listener, null, async () => {
    const result = await work;
    // the form says it too, but that Crier was removed must be known from now on
    if ('error' in result && isDeadToken(result.error)) throw result.error;
  });
  const inTime = await Promise.race([work, waited(front.submitWaitMs)]);
  const said = inTime && answerInForm(front, inTime, view, metadata);
  await ack(said ?? undefined);
  if (said) return;
  take(front, command, listener, place, async () => {
    const result = await work;
    if ('error' in result) throw result.error;
    if (result.sent) await answer(front, result.sent.ask, inTime ? result.sent.outcome : asMessage(result.sent));
  });
}

type Settled = { sent: Sent | null } | { error: unknown };

const settle = (work: Promise<Sent | null>): Promise<Settled> =>
  work.then(
    (sent) => ({ sent }),
    (error: unknown) => ({ error }),
  );

const waited = (ms: number): Promise<null> => sleep(ms, null, { ref: false });

async function send(front: Front, teamId: string, payload: ViewSubmission, metadata: FormMetadata): Promise<Sent | null> {
  const { view, user, trigger_id } = payload;
  const key = `form/${view.id}/${trigger_id ?? view.hash ?? ''}`;
  const meeting = await meetOnce(front, { teamId, userId: user.id, key });
  if (!meeting) return null;
  const { command, place } = metadata;
  const { args, files } = readFormView(view.state, metadata, { timeZone: zoneOf(meeting.actor) });
  const media = [
    ...(await readFilesById(front, meeting.access, metadata.files)),
    ...(await readFiles(front, meeting.access, files)),
  ];
  const outcome = await front.commands.run(command, args, callOf(front, meeting, place, media.length > 0 ? media : undefined));
  const ask: Ask = {
    ...meeting,
    way: 'submit',
    place,
    triggerId: null,
    files: [...metadata.files, ...files.map(({ id }) => id)],
  };
  const { reply } = outcome;
  const opening = { place, files: ask.files ?? [], intro: introOf(reply) };
  const next = reply.form ? await composeView(front, meeting, reply.form, opening) : null;
  return { ask, args, outcome, next };
}

/** What Slack shows in the form: an error at its field, or what is asked next. Null closes the form. */
function answerInForm(front: Front, result: Settled, view: OpenView, metadata: FormMetadata): ViewAnswer | null {
  const sent = 'error' in result ? null : result.sent;
  if (!('error' in result) && sent === null) return null;
  const outcome = 'error' in result ? answerError(result.error, metadata.command, front.deps.log) : sent?.outcome;
  if (!outcome) return null;
  if (outcome.refused || outcome.bug) {
    const block = blockFor(view, metadata, outcome.field);
    return block === null ? null : { response_action: 'errors', errors: { [block]: sentenceOf(outcome.reply) } };
  }
  return sent?.next ? { response_action: 'update', view: sent.next } : null;
}

/** Slack takes errors at inputs alone. */
function blockFor({ blocks }: OpenView, { form }: FormMetadata, field: string | undefined): string | null {
  const inputs = blocks.flatMap(({ type, block_id: id }) => (type === 'input' && id !== undefined ? [id] : []));
  const wanted = errorBlock(form.fields, field);
  return wanted !== null && inputs.includes(wanted) ? wanted : (inputs[0] ?? null);
}

const sentenceOf = ({ lines = [] }: Reply): string => lines.map(sayPlainly).join(' ');

/** Of a form that is closed by now, a refusal brings back what the person wrote. */
function asMessage({ outcome, args }: Sent): Outcome {
  if (!outcome.refused && !outcome.bug) return outcome;
  const sections: Section[] = Object.entries(args)
    .filter(([name, value]) => IS_TEXT.test(name) && value.trim() !== '')
    .map(([name, quote]) => ({ heading: name.startsWith('variant:') ? `Your text for ${name.slice(8)}` : 'Your text', quote }));
  return { ...outcome, reply: { ...outcome.reply, sections: [...(outcome.reply.sections ?? []), ...sections] } };
}

/** Arguments that hold what a person has written, and never a secret. */
const IS_TEXT = /^(?:text|value|variant:.*)$/;

const UNKNOWN_FORM: Reply = {
  tone: 'bad',
  lines: ['This form belongs to an earlier version of Crier, and nothing of it was kept. Please open it anew.'],
  private: true,
};
