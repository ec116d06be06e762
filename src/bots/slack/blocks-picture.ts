// Pictures of a reply as blocks. A picture is a file that Slack has already (uploads.ts), and is shown in messages: not in what one person
// alone sees in a channel, which holds no files (https://github.com/slackapi/node-slack-sdk/issues/1790, checked 2026-11-23).
import type { ImageBlock, KnownBlock } from '@slack/types';
import type { ReplyFile } from '../reply.ts';
import { cutText, harmless } from '../shown-text.ts';
import { smallPrint } from './blocks.ts';
import * as limits from './limits.ts';

/** Slack's id of each picture that is shown where it stands in the reply. */
export type Pictures = ReadonlyMap<ReplyFile, string>;

export const NO_PICTURES: Pictures = new Map();

/** What an image block takes: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object (checked 2026-11-23) */
export const isPicture = ({ mimeType }: ReplyFile): boolean => /^image\/(?:png|jpe?g|gif)$/.test(mimeType);

const altOf = ({ altText = '', name }: ReplyFile): string => {
  const text = harmless(altText).trim();
  return cutText(text === '' ? name : text, limits.ALT_TEXT);
};

/** Those of the files that are shown in this message. */
export const pictureBlocks = (files: readonly ReplyFile[], pictures: Pictures): ImageBlock[] =>
  files.flatMap((file) => {
    const id = pictures.get(file);
    return id === undefined ? [] : [{ type: 'image', slack_file: { id }, alt_text: altOf(file) }];
  });

/** What the pictures show, in the place of those that Slack does not. */
export const inWords = (blocks: readonly KnownBlock[]): KnownBlock[] =>
  blocks.flatMap((block) =>
    block.type === 'image'
      ? smallPrint([cutText(`Slack does not show a picture here. ${block.alt_text}`, limits.TEXT)])
      : [block],
  );
