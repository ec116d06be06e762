// Forms that could not be opened when they were asked for: after a mention, or when Slack had waited too long. They are kept for an hour
// behind the button that opens them, filled as they were. After a restart the button opens an empty one.
import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Clock } from '../../core/clock.ts';
import { FORM_BUTTON } from '../form-button.ts';
import type { Form, Reply } from '../reply.ts';
import type { Front } from './front.ts';
import type { Message } from './outbox.ts';
import { type Ask, listenerOf } from './place.ts';
import { sayPrivately } from './privately.ts';

interface KeptForm {
  teamId: string;
  userId: string;
  reply: Reply;
  form: Form;
  files: readonly string[];
  until: Temporal.Instant;
}

export interface KeptForms {
  keep: (form: Omit<KeptForm, 'until'>) => string;
  find: (id: string) => KeptForm | undefined;
}

const KEPT_FOR = { hours: 1 };
const KEPT_AT_MOST = 500;

export function openKeptForms(clock: Clock): KeptForms {
  const kept = new Map<string, KeptForm>();
  return {
    keep(form) {
      const id = randomUUID().slice(0, 8);
      kept.set(id, { ...form, until: clock.now().add(KEPT_FOR) });
      const oldest = kept.keys().next();
      if (kept.size > KEPT_AT_MOST && !oldest.done) kept.delete(oldest.value);
      return id;
    },
    find(id) {
      const found = kept.get(id);
      return found && Temporal.Instant.compare(found.until, clock.now()) > 0 ? found : undefined;
    },
  };
}

/** Says what the form asks for, with a button that opens it. */
export async function sayKeptForm(front: Front, ask: Ask, reply: Reply, form: Form): Promise<void> {
  const { files = [] } = ask;
  const id = front.keptForms.keep({ ...listenerOf(ask), reply, form, files });
  await sayPrivately(front, listenerOf(ask), ask.place, reply, (messages) => withKept(messages, form.command, id));
}

/** The form behind a button's `schedule~1f2e3d4c`; null where it is kept no more, or is somebody else's. */
export function findKeptForm(front: Front, { access, userId }: Ask, subject: string): KeptForm | null {
  const kept = front.keptForms.find(subject.split('~')[1] ?? '');
  return kept && kept.teamId === access.teamId && kept.userId === userId ? kept : null;
}

const withKept = (messages: readonly Message[], command: string, id: string): Message[] =>
  messages.map((message) => ({
    ...message,
    blocks: message.blocks.map((block) => nameKept(block, `${FORM_BUTTON}${command}`, id)),
  }));

function nameKept(block: KnownBlock, value: string, id: string): KnownBlock {
  if (block.type !== 'actions') return block;
  const elements = block.elements.map((element) =>
    element.type === 'button' && element.value === value ? { ...element, value: `${value}~${id}` } : element,
  );
  return { ...block, elements };
}
