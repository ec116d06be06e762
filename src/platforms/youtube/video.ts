// A post as YouTube's video resource: title, description, tags, who may see it. Makes no request.
import { CrierError } from '../../core/errors.ts';
import type { NetworkOptions } from '../../core/network-options.ts';
import { CATEGORIES, readTags, TITLE_LENGTH } from './limits.ts';

export interface VideoResource {
  snippet: { title: string; description: string; tags?: string[]; categoryId?: string };
  status: { privacyStatus: string; selfDeclaredMadeForKids?: boolean };
}

export interface Words {
  text: string;
  options: NetworkOptions;
}

export const privacyOf = ({ options }: Pick<Words, 'options'>): string => options.privacy ?? 'public';

/** @throws CrierError `rejected` where there is nothing to call it */
export function videoResource(words: Words, privacyStatus: string): VideoResource {
  const { text, options } = words;
  const tags = readTags(options.tags ?? '');
  const category = Object.entries(CATEGORIES).find(([name]) => name === options.category);
  const forKids = options['made-for-kids'];
  return {
    snippet: {
      title: titleOf(words),
      description: text,
      ...(tags.length === 0 ? {} : { tags }),
      ...(category ? { categoryId: category[1] } : {}),
    },
    status: { privacyStatus, ...(forKids === undefined ? {} : { selfDeclaredMadeForKids: forKids === 'yes' }) },
  };
}

/** The title that was given, or the text's first line, cut where it is too long. */
export function titleOf({ text, options }: Words): string {
  const title = options.title ?? cut(text.trim().split('\n')[0]?.trim() ?? '');
  if (title !== '') return title;
  throw new CrierError(
    'rejected',
    'YouTube takes no video without a title: write a text, or give it one with --youtube title="Our launch".',
  );
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function cut(line: string): string {
  let title = '';
  for (const { segment } of graphemes.segment(line)) {
    if (title.length + segment.length > TITLE_LENGTH) break;
    title += segment;
  }
  return title.trim();
}
