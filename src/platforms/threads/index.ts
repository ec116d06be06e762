// Threads: what it takes and how Crier posts there. Everything it does is in the files beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { tokens } from './client.ts';
import { classifyThreadsError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS } from './limits.ts';
import { threadsOAuth } from './oauth.ts';
import { publish } from './publish.ts';

export const threads = definePlatform({
  id: 'threads',
  name: 'Threads',
  aliases: [],
  setup: { intro: 'Any Threads profile can be connected; what a private one allows ends after 90 days.', fields: [] },
  // of what is published twice from one container the second is refused, but the container has to be known for that
  capabilities: { altText: true, threads: true, pulls: 'everything', repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  limits: limitsOf,
  connect: null,
  oauth: threadsOAuth,
  refresh: tokens.refresh,
  publish,
  findPublished,
  figures,
  accountFigures,
  classifyError: classifyThreadsError,
});
