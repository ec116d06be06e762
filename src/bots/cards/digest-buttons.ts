// The buttons of a digest. A press reads anew which there is by then.
import { type Digest, type DigestPeriod, digestName } from '../../core/digest.ts';
import type { Button } from '../reply.ts';
import { listButton, retryButton } from './post-buttons.ts';

type DigestPress = 'preview' | 'pause' | 'resume' | 'stop';

/** Subject `D2`. */
export const digestButton = (label: string, name: DigestPress, digest: Pick<Digest, 'number'>): Button => ({
  label,
  command: 'digest',
  name,
  subject: digestName(digest),
  ...(name === 'stop' ? { style: 'danger' as const } : {}),
});

/** Of one that there is not, by how often it would come. */
export const previewButton = (period: DigestPeriod): Button => ({
  label: 'Preview',
  command: 'digest',
  name: 'preview',
  subject: period,
});

/** Tries a post again for whoever presses it alone: the digest it stands under is everybody's, and stays. */
export const retryBesideButton = (post: string): Button => ({ ...retryButton(post), label: `Retry ${post}`, command: 'digest' });

/** The list of what failed, in the same way. */
export const failedBesideButton: Button = { ...listButton('All that failed', 'failed'), command: 'digest', name: 'waiting' };

/** All that can be done with one as it is. */
export const digestButtons = (digest: Digest): Button[] => [
  digestButton('Preview', 'preview', digest),
  digest.state === 'paused' ? digestButton('Resume', 'resume', digest) : digestButton('Pause', 'pause', digest),
  digestButton('Stop', 'stop', digest),
];
