// Instagram, professional accounts: what it takes and how Crier posts there. Everything it does is in the files beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { tokens } from './client.ts';
import { classifyInstagramError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS, remarksOn } from './limits.ts';
import { instagramOAuth } from './oauth.ts';
import { comment, publish } from './publish.ts';

export const instagram = definePlatform({
  id: 'instagram',
  name: 'Instagram',
  aliases: ['ig', 'insta'],
  setup: {
    intro:
      'Instagram takes posts for professional accounts, Business or Creator; switch yours in the Instagram app where it is neither.',
    fields: [],
  },
  capabilities: { altText: true, pulls: 'everything', repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  dailyCap: 3,
  limits: limitsOf,
  remarks: remarksOn,
  connect: null,
  oauth: instagramOAuth,
  refresh: tokens.refresh,
  publish,
  findPublished,
  comment,
  figures,
  accountFigures,
  classifyError: classifyInstagramError,
});
