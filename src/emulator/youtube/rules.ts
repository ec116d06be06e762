// What YouTube refuses of a video's title, description, tags and category: https://developers.google.com/youtube/v3/docs/videos
import type { z } from 'zod';
import { bad } from './api.ts';
import type { Snippet } from './state.ts';

const TITLE = 100;
const DESCRIPTION_BYTES = 5_000;
const TAGS = 500;
const CATEGORIES = ['1', '2', '10', '15', '17', '19', '20', '22', '23', '24', '25', '26', '27', '28', '29'];

const hasAngles = (text: string): boolean => /[<>]/.test(text);

/** @throws YouTubeError 400 */
export function checkSnippet({ title, description, tags = [], categoryId }: z.infer<typeof Snippet>): void {
  if (title.trim() === '' || title.length > TITLE || hasAngles(title))
    throw bad('invalidTitle', 'The request metadata specifies an invalid or empty video title.');
  if (Buffer.byteLength(description) > DESCRIPTION_BYTES || hasAngles(description))
    throw bad('invalidDescription', 'The request metadata specifies an invalid video description.');
  const quoted = tags.map((tag) => (/\s/.test(tag) ? `"${tag}"` : tag)).join(',');
  if (quoted.length > TAGS || tags.some(hasAngles))
    throw bad('invalidTags', 'The request metadata specifies invalid video keywords.');
  if (!CATEGORIES.includes(categoryId))
    throw bad('invalidCategoryId', 'The snippet.categoryId property specifies an invalid category ID.');
}
