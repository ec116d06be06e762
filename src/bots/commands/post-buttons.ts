// What the buttons of a post do. Each reads anew what holds; one whose time is over answers with the post as it is now.
import { CrierError, invalidInput } from '../../core/errors.ts';
import { parsePostName } from '../../core/post.ts';
import { cancelPost } from '../../core/usecases/cancel-post.ts';
import type { Changed } from '../../core/usecases/change-post.ts';
import { confirmDelivery } from '../../core/usecases/confirm-delivery.ts';
import { movePost, moveToSlot } from '../../core/usecases/move-post.ts';
import { publishNow } from '../../core/usecases/publish-now.ts';
import { retryPost } from '../../core/usecases/retry-post.ts';
import { endSeries, pauseSeries, resumeSeries, skipOccurrence } from '../../core/usecases/run-series.ts';
import { showPost } from '../../core/usecases/show-post.ts';
import { zoneOf } from '../../core/workspace.ts';
import { showCard } from '../cards/show-card.ts';
import type { ButtonCall, Command } from '../command.ts';
import type { Reply } from '../reply.ts';
import { editForm, moveForm } from './post-forms.ts';

type Press = (call: ButtonCall) => Promise<Reply>;

/** The post a subject names: `P12`, `P12~<delivery>`. */
const numberIn = (call: ButtonCall): number => parsePostName(call.subject.split('~')[0] ?? '');

const detailIn = (call: ButtonCall): string => call.subject.split('~')[1] ?? '';

const pressTo =
  (headline: string, act: (call: ButtonCall, number: number) => Promise<Changed>): Press =>
  async (call) => {
    const number = numberIn(call);
    try {
      const { details, notes } = await act(call, number);
      return await showCard(call, details, { headline, notes });
    } catch (error) {
      if (!(error instanceof CrierError && error.kind === 'invalid-input')) throw error;
      const details = await showPost(call.deps, call.actor, number);
      return showCard(call, details, { tone: 'warning', lines: [error.userMessage] });
    }
  };

function chosenTime(call: ButtonCall): Temporal.ZonedDateTime {
  const seconds = detailIn(call);
  if (!/^\d{1,11}$/.test(seconds)) throw invalidInput('This button names no time. Choose one with Move.');
  return Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1000).toZonedDateTimeISO(zoneOf(call.actor));
}

/** A choice for a draft whose time was in question; once it has a time the other choices are over. */
async function choose(call: ButtonCall, number: number): Promise<Changed> {
  const { post } = await showPost(call.deps, call.actor, number);
  if (post.slot !== null) throw invalidInput(`P${number} has its time already. Press Move to give it another.`);
  return movePost(call.deps, call.actor, { number, at: chosenTime(call) });
}

const confirm =
  (answer: 'went-out' | 'post-again') =>
  (call: ButtonCall, number: number): Promise<Changed> =>
    confirmDelivery(call.deps, call.actor, { number, deliveryId: detailIn(call), answer });

export const retryPress = pressTo('is tried again', ({ deps, actor }, number) => retryPost(deps, actor, number));

export const postPresses: NonNullable<Command['buttons']> = {
  show: async (call) => showCard(call, await showPost(call.deps, call.actor, numberIn(call))),
  edit: (call) => editForm(call, numberIn(call)),
  move: (call) => moveForm(call, numberIn(call)),
  queue: pressTo('scheduled', ({ deps, actor }, number) => moveToSlot(deps, actor, { number, kind: 'queue' })),
  now: pressTo('goes out now', ({ deps, actor }, number) => publishNow(deps, actor, number)),
  cancel: pressTo('canceled', ({ deps, actor }, number) => cancelPost(deps, actor, number)),
  retry: retryPress,
  at: pressTo('scheduled', choose),
  'move-at': pressTo('scheduled', (call, number) => movePost(call.deps, call.actor, { number, at: chosenTime(call) })),
  'went-out': pressTo('confirmed', confirm('went-out')),
  again: pressTo('is posted again', confirm('post-again')),
  skip: pressTo('is next', ({ deps, actor }, number) => skipOccurrence(deps, actor, number)),
  pause: pressTo('paused', ({ deps, actor }, number) => pauseSeries(deps, actor, number)),
  resume: pressTo('resumed', ({ deps, actor }, number) => resumeSeries(deps, actor, number)),
  end: pressTo('ended', ({ deps, actor }, number) => endSeries(deps, actor, number)),
};
