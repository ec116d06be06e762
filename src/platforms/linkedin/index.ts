// LinkedIn: what it is to Crier, as a member or as a Page. How it does things is in the files beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { accountFigures } from './account-figures.ts';
import { classifyLinkedInError } from './errors.ts';
import { figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS, remarksOn } from './limits.ts';
import { linkedinOAuth, refresh } from './oauth.ts';
import { comment, publish } from './publish.ts';

export const linkedin = definePlatform({
  id: 'linkedin',
  name: 'LinkedIn',
  aliases: ['li'],
  setup: {
    intro:
      'The link leads to LinkedIn, which asks whether Crier may post. After that you choose what to connect, where you have Pages and this Crier may post as them.',
    fields: [],
  },
  capabilities: { altText: true, repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  dailyCap: 2,
  limits: limitsOf,
  remarks: remarksOn,
  connect: null,
  oauth: linkedinOAuth,
  refresh,
  publish,
  findPublished,
  comment,
  figures,
  accountFigures,
  classifyError: classifyLinkedInError,
});
