// What a card shows of what a post says beside its text: the parts of a thread, options of a network, the first comment.
import type { Post } from '../../core/post.ts';
import type { DeliveryPreview } from '../../core/preview.ts';
import { sayOptions } from '../network-options-text.ts';
import type { Field, Line } from '../reply.ts';

/** Between the parts of a thread, as an author writes it. */
export const THREAD_CUT = '\n---\n';

type Counted = Pick<DeliveryPreview, 'count' | 'counts' | 'options'>;

/** `212/300`, `thread of 3`. */
export const threadWords = ({ count, counts }: Counted): string =>
  counts.length > 1 ? `thread of ${counts.length}` : `${count.used}/${count.max}`;

/** `290, 280 and 40 of 300 characters`, `title="Our launch" · privacy=unlisted`. */
export function threadLines({ count, counts, options }: Counted): Line[] {
  const parts = counts.length > 1 ? [`${counts.join(', ').replace(/, (\d+)$/, ' and $1')} of ${count.max} ${count.unit}`] : [];
  const said = sayOptions(options, ' · ');
  return [...parts, ...(said === '' ? [] : [said])];
}

export const besideFields = ({ beside: { comment } }: Pick<Post, 'beside'>): Field[] =>
  comment === null ? [] : [{ name: 'First comment', value: comment }];
