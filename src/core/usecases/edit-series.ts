// Changes what a series says from now on: in its newest occurrence, where that is not out, and in all that follow.
import { hashtagsIn, type PostDetails, postName, type Series } from '../post.ts';
import type { Actor } from '../workspace.ts';
import { CHANGEABLE, type ChangeDeps, type Changed, refuseUnpublishable } from './change-post.ts';
import { changeSeries } from './change-series.ts';
import { setText } from './edit-post.ts';
import { requireText } from './post-text.ts';
import { networkOf, setVariant } from './vary-post.ts';

/** @throws as `changeSeries` and `editPost`. */
export async function editSeries(
  deps: ChangeDeps,
  actor: Actor,
  { number, text }: { number: number; text: string },
): Promise<Changed> {
  return changeSeries(deps, actor, number, 'series edited', (series, newest) => {
    requireText(text);
    series.text = text;
    series.hashtags = hashtagsIn(text);
    refuseUnpublishableSeries(deps, series, newest);
    return inNewest(newest, () => setText(deps, newest, text));
  });
}

/** `platform` is a network's id, name or alias. @throws as `changeSeries` and `varyPost`. */
export async function varySeries(
  deps: ChangeDeps,
  actor: Actor,
  { number, platform, text }: { number: number; platform: string; text: string },
): Promise<Changed> {
  return changeSeries(deps, actor, number, 'series varied', (series, newest) => {
    requireText(text);
    series.variants = { ...series.variants, [networkOf(deps, newest, platform).id]: text };
    refuseUnpublishableSeries(deps, series, newest);
    return inNewest(newest, () => setVariant(deps, newest, { platform, text }));
  });
}

const refuseUnpublishableSeries = (deps: ChangeDeps, { text, variants }: Series, newest: PostDetails): void =>
  refuseUnpublishable(deps, { ...newest, post: { ...newest.post, text, variants } }, newest.deliveries);

function inNewest(newest: PostDetails, change: () => string[]): string[] {
  if (newest.deliveries.some(({ state }) => CHANGEABLE.includes(state))) return change();
  return [`${postName(newest.post)} stays as it is; all that follow say this.`];
}
