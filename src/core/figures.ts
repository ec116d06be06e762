// How a post did, as its network tells: figures of a moment, and what is read from them. Pure.

/** Each as it stands at the moment; null where the network does not tell, or not to Crier. Never below 0. */
export interface PostFigures {
  likes: number | null;
  comments: number | null;
  shares: number | null;
  saves: number | null;
  /** How often it was shown or played. */
  views: number | null;
  /** How many people saw it. */
  reach: number | null;
  clicks: number | null;
}

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
