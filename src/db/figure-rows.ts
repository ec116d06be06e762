// Figures as a snapshot's column holds them, read back.
import { z } from 'zod';
import type { PostFigures } from '../core/figures.ts';

const figure = z.number().nullable();

export const PostFiguresJson = z.object({
  likes: figure,
  comments: figure,
  shares: figure,
  saves: figure,
  views: figure,
  reach: figure,
  clicks: figure,
}) satisfies z.ZodType<PostFigures>;
