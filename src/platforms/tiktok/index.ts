// TikTok: what it takes and how Crier posts there. Connecting, limits, uploads and the search for a lost post have files of their own
// beside this one.
import { definePlatform } from '../../core/platform.ts';
import { SETTLES_WITHIN_MS } from '../settling.ts';
import { classifyTikTokError } from './errors.ts';
import { accountFigures, figures } from './figures.ts';
import { findPublished } from './find.ts';
import { limitsOf, OPTIONS, remarksOn } from './limits.ts';
import { refresh, tiktokOAuth } from './oauth.ts';
import { publish } from './publish.ts';

export const tiktok = definePlatform({
  id: 'tiktok',
  name: 'TikTok',
  aliases: ['tt'],
  setup: { intro: '', fields: [] },
  capabilities: { altText: false, pulls: 'images', repeatHarmlessForMs: 0, settlesWithinMs: SETTLES_WITHIN_MS },
  options: OPTIONS,
  // TikTok takes about 15 a day from apps (unverified); what followers bear is less
  dailyCap: 4,
  limits: limitsOf,
  remarks: remarksOn,
  connect: null,
  oauth: tiktokOAuth,
  refresh,
  publish,
  findPublished,
  figures,
  accountFigures,
  classifyError: classifyTikTokError,
});
