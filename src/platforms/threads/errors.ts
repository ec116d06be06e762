// What the error codes of Threads mean to Crier: the Graph API's, some of its own, and why a container came to nothing.
import { CrierError } from '../../core/errors.ts';
import { openGraphErrors } from '../graph-errors.ts';

/**
 * Threads documents none of its subcodes. These are seen in reports of others: https://github.com/fbsamples/threads_api/issues/70 (9009),
 * https://github.com/gitroomhq/postiz-app/pull/2047 (9009) and its threads.provider.ts (9013); checked 2026-11-22.
 */
const errors = openGraphErrors('Threads', {
  subcodes: {
    // a container that is not there (yet), and items of a carousel that are not there or too old
    4279009: 'unavailable',
    4279004: 'unavailable',
    // an account that Threads restricts, and a link that it shows no card of
    4279013: 'rejected',
    4279047: 'rejected',
  },
});

export const classifyThreadsError = errors.classify;

/** What may go better with a new container. */
const PASSING = ['', 'UNKNOWN'];

/**
 * By the `error_message` of a container, which is one of a list of names: FAILED_DOWNLOADING_VIDEO, INVALID_DURATION, and the like.
 * https://developers.facebook.com/docs/threads/troubleshooting (checked 2026-11-22).
 */
export function containerFailure(name: string): CrierError {
  const meta = { container: name };
  if (name.startsWith('FAILED_DOWNLOADING')) return errors.unfetched(meta);
  if (PASSING.includes(name))
    return new CrierError('unavailable', 'Threads could not make a post of it this time; it will be tried again.', { meta });
  return new CrierError('rejected', `Threads could not make a post of a file: ${IN_WORDS[name] ?? name}.`, { meta });
}

const IN_WORDS: Readonly<Record<string, string>> = {
  FAILED_PROCESSING_AUDIO: 'it cannot read the sound of the video',
  FAILED_PROCESSING_VIDEO: 'it cannot read the video',
  // as Threads writes it
  INVALID_ASPEC_RATIO: 'the video is too tall or too wide',
  INVALID_BIT_RATE: 'the video has more data a second than it takes, which is 25 Mbit',
  INVALID_DURATION: 'the video is longer than 5 minutes',
  INVALID_FRAME_RATE: 'the video has not 23 to 60 pictures a second',
  INVALID_AUDIO_CHANNELS: 'the sound is neither mono nor stereo',
  INVALID_AUDIO_CHANNEL_LAYOUT: 'the sound is neither mono nor stereo',
};
