// What a setting is, and the kinds of value that several of them have. Which there are is the matter of settings.ts.
import { z } from 'zod';

interface About {
  description: string;
  /** A value as one would set it. */
  example: string;
  /** Never repeated in a message. */
  secret?: boolean;
}

export const setting = <T extends z.ZodType>(schema: T, about: About): T => schema.meta({ ...about });

export const text = z.string().trim();
export const urlOf = (protocols: readonly string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
export const publicUrl = urlOf(['https:', 'http:'])
  .refine(
    (value) => !URL.canParse(value) || new URL(value).search + new URL(value).hash === '',
    'must be an address without ? and #',
  )
  .transform((value) => value.replace(/\/+$/, ''));
