// Facebook: the Pages somebody manages, which are all that can be posted to there. How it does things is in the files beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { classifyFacebookError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS } from './limits.ts';
import { facebookOAuth } from './oauth.ts';
import { comment, publish } from './publish.ts';

export const facebook = definePlatform({
  id: 'facebook',
  name: 'Facebook',
  aliases: ['fb', 'meta'],
  setup: {
    intro:
      'Facebook takes posts of apps for Pages alone. A link leads to Facebook, where you choose which of your Pages Crier may post to.',
    fields: [],
  },
  capabilities: { altText: true, repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  dailyCap: 5,
  limits: limitsOf,
  connect: null,
  oauth: facebookOAuth,
  publish,
  findPublished,
  comment,
  figures,
  accountFigures,
  classifyError: classifyFacebookError,
});
