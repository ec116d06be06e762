// A list of posts, a page at a time: one short section each.
import { type PostDetails, postName, postState } from '../../core/post.ts';
import type { Page } from '../../core/post-store.ts';
import { shorten } from '../../core/text.ts';
import type { Button, Line, Reply, Section, Span } from '../reply.ts';
import { moment } from './delivery-lines.ts';
import { showButton } from './post-buttons.ts';

export const PAGE_SIZE = 10;

export interface ListOptions {
  title: string;
  /** Said where there is nothing to list. */
  empty: Line;
  offset: number;
  timeZone: string;
  /** Whether the list runs forward in time; else its first page is the newest. */
  soonestFirst: boolean;
  /** Name of a platform id. */
  nameOf: (platform: string) => string;
  /** The subject of a button to the page that begins at `offset`. */
  pageSubject: (offset: number) => string;
}

const FIRST_WORDS = 70;
/** Beside the name of a post that recurs. */
const RECURS = '↻';

export function postList({ items, total }: Page<PostDetails>, options: ListOptions): Reply {
  if (items.length === 0) return { tone: 'plain', title: options.title, lines: [options.empty] };
  const from = options.offset + 1;
  const until = options.offset + items.length;
  return {
    tone: 'plain',
    title: options.title,
    sections: items.map((details) => postSection(details, options)),
    ...(total > items.length ? { notes: [`${from}-${until} of ${total}`] } : {}),
    buttons: pageButtons(total, options),
  };
}

/** How a post stands, when it is, its first words and where it goes, or went; a press shows its card. */
export function postSection(details: PostDetails, { timeZone, nameOf }: Pick<ListOptions, 'timeZone' | 'nameOf'>): Section {
  const { post, deliveries } = details;
  const when: Span[] = post.slot === null ? [] : [' · ', moment(post.slot.at, timeZone)];
  const networks = deliveries.map(
    ({ platform, account, url }): Span => (url === null ? `${nameOf(platform)} ${account.handle}` : { url, text: url }),
  );
  const campaign = post.campaign === null ? [] : [` · ${post.campaign}`];
  return {
    heading: [postName(post), ...(details.series === null ? [] : [` ${RECURS}`]), ' · ', postState(post, deliveries), ...when],
    lines: [shorten(post.text, FIRST_WORDS), [...separated(networks), ...campaign]],
    buttons: [showButton(postName(post))],
  };
}

const separated = (spans: readonly Span[]): Span[] => spans.flatMap((span, index) => (index === 0 ? [span] : [', ', span]));

/** Earlier stands left, as in time. */
function pageButtons(total: number, { offset, soonestFirst, pageSubject }: ListOptions): Button[] {
  const page = (label: string, to: number): Button => ({ label, command: 'posts', name: 'page', subject: pageSubject(to) });
  const [back, on] = soonestFirst ? ['Earlier', 'Later'] : ['Later', 'Earlier'];
  const buttons: Button[] = [];
  if (offset > 0) buttons.push(page(back, Math.max(0, offset - PAGE_SIZE)));
  if (offset + PAGE_SIZE < total) buttons.push(page(on, offset + PAGE_SIZE));
  return soonestFirst ? buttons : buttons.reverse();
}
