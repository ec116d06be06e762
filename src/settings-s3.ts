// The settings of a bucket for media files. They mean something only together, which config.ts looks at.
import { z } from 'zod';
import { publicUrl, setting, text } from './setting.ts';

const oneWord = text.regex(/^\S+$/, 'must be one word');
/** In characters that need no encoding, which servers do not all do alike when they look at a signature. */
const s3Prefix = text
  .transform((value) => value.replace(/^\/+|\/+$/g, ''))
  .pipe(z.string().regex(/^(?:(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/|$))*$/, 'must be letters, digits and -_. with / between'))
  .transform((value) => (value === '' ? '' : `${value}/`));

export const s3Settings = {
  S3_ENDPOINT: setting(publicUrl.optional(), {
    description: 'Server that speaks S3, for copied media in a bucket, which several processes share without a folder.',
    example: 'https://s3.eu-central-1.amazonaws.com',
  }),
  S3_BUCKET: setting(text.regex(/^[A-Za-z0-9][\w.-]{1,62}$/, 'must be the name of a bucket alone').optional(), {
    description: 'Bucket there. CRIER_MEDIA_DIR is not used then.',
    example: 'crier-media',
  }),
  S3_REGION: setting(text.regex(/^[\w-]+$/, 'must be one word').optional(), {
    description: 'Region of the bucket. Without it, us-east-1, which servers without regions take.',
    example: 'eu-central-1',
  }),
  S3_ACCESS_KEY_ID: setting(oneWord.optional(), {
    description: 'Access key for the bucket: it must list, read, write and delete.',
    example: 'AKIAIOSFODNN7EXAMPLE',
  }),
  S3_SECRET_ACCESS_KEY: setting(oneWord.optional(), {
    description: 'Secret that belongs to S3_ACCESS_KEY_ID.',
    example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    secret: true,
  }),
  S3_PREFIX: setting(s3Prefix.optional(), {
    description: 'Folder in the bucket, for one that others use too.',
    example: 'crier/media',
  }),
};
