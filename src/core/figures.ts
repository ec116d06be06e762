// How posts and accounts did, as their networks tell: figures of a moment, and what is read from them. Pure.

export const POST_FIGURES = ['likes', 'comments', 'shares', 'saves', 'views', 'reach', 'clicks'] as const;

/**
 * Each as it stands at the moment; null where the network does not tell, or not to Crier. Never below 0. `views`: how often it was shown
 * or played, which some call impressions. `reach`: how many people saw it.
 */
export type PostFigures = Record<(typeof POST_FIGURES)[number], number | null>;

/** Nothing is told. */
export const UNTOLD: PostFigures = {
  likes: null,
  comments: null,
  shares: null,
  saves: null,
  views: null,
  reach: null,
  clicks: null,
};

/** Likes, comments, shares and saves, as far as they are told; null where none is. */
export function engagementOf({ likes, comments, shares, saves }: PostFigures): number | null {
  const told = [likes, comments, shares, saves].filter((figure) => figure !== null);
  return told.length === 0 ? null : told.reduce((sum, figure) => sum + figure, 0);
}

export const ACCOUNT_FIGURES = ['followers', 'views', 'reach'] as const;

/**
 * An account itself at a moment; null where the network does not tell, or not to Crier. `views` and `reach` are those of the last day that
 * the network counts as whole, of all that the account shows.
 */
export type AccountFigures = Record<(typeof ACCOUNT_FIGURES)[number], number | null>;

/** Nothing is told. */
export const UNTOLD_ACCOUNT: AccountFigures = { followers: null, views: null, reach: null };
