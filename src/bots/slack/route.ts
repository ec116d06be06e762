// Where an answer goes, decided before anything of it is sent: what it holds depends on it. How it gets there is answer.ts'.
import type { Outcome } from '../run.ts';
import { type Ask, isDirect, isPerson, type Place } from './place.ts';

/**
 * `post`: a message for everybody who is there. `replace`: in place of the message that was pressed, and `replace-alone` where one person
 * alone sees that. `alone`: for the eyes of whoever asked.
 */
export type Route = 'form' | 'card' | 'modal' | 'post' | 'replace' | 'replace-alone' | 'alone';

type Asked = Pick<Ask, 'way' | 'place'>;

export function routeOf({ way, place }: Asked, { reply, refused, bug }: Outcome): Route {
  if (reply.form) return 'form';
  if (reply.cardOf && !reply.private) return 'card';
  const isDeclined = refused || bug;
  const isForAll = !reply.private && !isDeclined;
  if (place.modal !== undefined || (place.home && way === 'press')) return 'modal';
  if (way === 'press' && !isDeclined && place.ephemeral) return 'replace-alone';
  if (way === 'press' && isForAll && place.message !== undefined) return 'replace';
  if (isForAll && (way === 'mention' || reply.public)) return 'post';
  return 'alone';
}

/** Nobody else reads along, and it is a message like any other: no answer by an address, which only one person sees. */
export const isInDirectMessages = ({ channel, responseUrl }: Place): boolean =>
  responseUrl === undefined && (isDirect(channel) || isPerson(channel));

/** Whether the answer's message can hold pictures. */
export const showsPictures = (route: Route, place: Place): boolean =>
  route === 'post' || route === 'replace' || (route === 'alone' && isInDirectMessages(place));

/** Whether files that come with it are for everybody in the channel. */
export const isForAllThere = (route: Route, { way }: Asked, { reply }: Outcome): boolean =>
  !reply.private && (way === 'mention' || (reply.public === true && (route === 'post' || route === 'replace')));
