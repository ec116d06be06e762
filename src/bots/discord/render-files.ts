// Files of a reply in a Discord message: a component that shows each, and the bytes it points at by their name. What is larger than
// Discord takes is said instead.
import { type APIComponentInContainer, type APIContainerComponent, ComponentType, type RawFile } from 'discord.js';
import type { ReplyFile } from '../reply.ts';
import { cutText, harmless } from '../shown-text.ts';
import { ALT_TEXT, UPLOAD_BYTES } from './limits.ts';
import { isBlank } from './markdown.ts';

const addressOf = ({ name }: Pick<ReplyFile, 'name'>): string => `attachment://${name}`;

const fits = ({ bytes }: ReplyFile): boolean => bytes.byteLength <= UPLOAD_BYTES;

/** Pictures are shown, with what they show as their description; all else is offered for download. */
export const fileBlocks = (files: readonly ReplyFile[] = []): APIComponentInContainer[] =>
  files.filter(fits).map((file) =>
    file.mimeType.startsWith('image/')
      ? {
          type: ComponentType.MediaGallery,
          items: [{ media: { url: addressOf(file) }, ...described(file) }],
        }
      : { type: ComponentType.File, file: { url: addressOf(file) } },
  );

const described = ({ altText = '' }: ReplyFile): { description?: string } =>
  isBlank(altText) ? {} : { description: cutText(harmless(altText), ALT_TEXT) };

/** About what cannot be attached. */
export const tooLargeLines = (files: readonly ReplyFile[] = []): string[] =>
  files
    .filter((file) => !fits(file))
    .map(({ name, bytes }) => {
      const size = Math.ceil(bytes.byteLength / MB);
      return `${name} has ${size} MB, and Discord takes ${UPLOAD_BYTES / MB} MB at most. Ask for less at once, like a month or one network.`;
    });

const MB = 1024 * 1024;

/** Those that a message shows: a reply may be several messages. */
export function filesIn(
  components: readonly APIContainerComponent['components'][number][],
  files: readonly ReplyFile[] = [],
): RawFile[] {
  const shown = components.flatMap((component) => {
    if (component.type === ComponentType.File) return [component.file.url];
    return component.type === ComponentType.MediaGallery ? component.items.map(({ media }) => media.url) : [];
  });
  return files
    .filter((file) => shown.includes(addressOf(file)))
    .map(({ name, bytes, mimeType }) => ({ name, data: Buffer.from(bytes), contentType: mimeType }));
}
