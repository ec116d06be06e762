// X, formerly Twitter: what it is to Crier. How it does things is in the files beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { classifyXError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, remarksOn } from './limits.ts';
import { refresh, xOAuth } from './oauth.ts';
import { publish } from './publish.ts';

export const x = definePlatform({
  id: 'x',
  name: 'X',
  aliases: ['twitter'],
  setup: { intro: '', fields: [] },
  capabilities: { altText: true, threads: true, repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  // its API lets an account post 100 times in 15 minutes; what readers bear is less
  dailyCap: 10,
  limits: limitsOf,
  remarks: remarksOn,
  connect: null,
  oauth: xOAuth,
  refresh,
  publish,
  findPublished,
  figures,
  accountFigures,
  classifyError: classifyXError,
});
