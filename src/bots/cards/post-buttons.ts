// The buttons under a post: those that make sense as it stands. A press reads anew what holds by then.
import { isOpen } from '../../core/delivery.ts';
import { type DeliveryDetails, type Post, type PostDetails, postName } from '../../core/post.ts';
import { CHANGEABLE } from '../../core/usecases/change-post.ts';
import type { ListName } from '../../core/usecases/list-posts.ts';
import type { Button } from '../reply.ts';

const onPost = (label: string, name: string, subject: string, style?: Button['style']): Button => ({
  label,
  command: 'post',
  name,
  subject,
  ...(style ? { style } : {}),
});

/** Subject of a button about one delivery: `P12~<delivery id>`. */
export const deliverySubject = (post: string, deliveryId: string): string => `${post}~${deliveryId}`;

/** Subject of a button that chooses a time: `P12~<seconds since 1970>`. */
export const timeSubject = (post: string, at: Temporal.ZonedDateTime): string =>
  `${post}~${Math.floor(at.epochMilliseconds / 1000)}`;

/** The two answers to "did it go out?"; `named` puts the network first where several deliveries ask. */
export function confirmButtons(post: string, delivery: DeliveryDetails, named: string | null): Button[] {
  const label = (words: string): string => (named === null ? words : `${named}: ${words}`);
  const subject = deliverySubject(post, delivery.id);
  return [onPost(label('It went out'), 'went-out', subject), onPost(label('Post it again'), 'again', subject)];
}

export const retryButton = (post: string): Button => onPost('Retry', 'retry', post, 'primary');
export const editButton = (post: string): Button => onPost('Edit', 'edit', post);
export const moveButton = (post: string): Button => onPost('Move', 'move', post);
/** Gives a post another time, or a draft its first. */
export const timeButton = (post: Post): Button => {
  const move = moveButton(postName(post));
  return post.slot === null ? { ...move, label: 'Schedule' } : move;
};
/** Gives a draft the next free slot. */
const queueButtons = ({ slot, number }: Post): Button[] =>
  slot === null ? [onPost('Add to queue', 'queue', postName({ number }))] : [];
export const showButton = (post: string): Button => onPost('Show', 'show', post);
export const publishNowButton = (post: string): Button => onPost('Publish now', 'now', post);

/** The answers to "is it still to go out?", for what its account kept waiting for long. */
export const lateButtons = (post: string): Button[] => [
  onPost('Post it now', 'now', post, 'primary'),
  onPost('Choose another time', 'move', post),
  onPost('Cancel', 'cancel', post, 'danger'),
];

export const reconnectButton = (platform: string, platformName: string): Button => ({
  label: `Connect ${platformName}`,
  command: 'connect',
  name: 'form',
  subject: platform,
  style: 'primary',
});

/** Asks first which network. */
export const connectButton: Button = {
  label: 'Connect an account',
  command: 'connect',
  name: 'choose',
  subject: 'network',
  style: 'primary',
};

/** Opens an empty form. */
export const newPostButton: Button = { label: 'New post', command: 'schedule', name: 'form', subject: 'new', style: 'primary' };

/** The first page of a list of /posts. */
export const listButton = (label: string, list: ListName): Button => ({
  label,
  command: 'posts',
  name: 'page',
  subject: `${list}~0`,
});

/** `nameOf` names a delivery's account where a button must say which one it means. */
export function postButtons(details: PostDetails, nameOf: (delivery: DeliveryDetails) => string): Button[] {
  const name = postName(details.post);
  const { deliveries } = details;
  const asking = deliveries.filter(({ state }) => state === 'unconfirmed');
  const buttons = asking.flatMap((delivery) => confirmButtons(name, delivery, asking.length > 1 ? nameOf(delivery) : null));
  if (deliveries.some(({ state }) => state === 'failed')) buttons.push(retryButton(name));
  if (deliveries.some(({ state }) => CHANGEABLE.includes(state))) {
    buttons.push(editButton(name), timeButton(details.post), ...queueButtons(details.post), publishNowButton(name));
  }
  // of the newest occurrence, canceling is what "Skip next" says
  const isNext = details.series !== null && details.series.state !== 'ended' && details.series.postNumber === details.post.number;
  if (!isNext && deliveries.some(({ state }) => isOpen(state))) buttons.push(onPost('Cancel', 'cancel', name, 'danger'));
  return [...buttons, ...seriesButtons(details)];
}

function seriesButtons({ post, series }: PostDetails): Button[] {
  if (series === null || series.state === 'ended') return [];
  const name = postName(post);
  return [
    onPost('Skip next', 'skip', name),
    series.state === 'paused' ? onPost('Resume', 'resume', name, 'primary') : onPost('Pause', 'pause', name),
    onPost('End', 'end', name, 'danger'),
  ];
}
