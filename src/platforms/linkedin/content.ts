// The body of a post as LinkedIn's Posts API wants it, from its text, its options and its uploaded files. It makes no request.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (unverified beyond its beginning).
import { CrierError } from '../../core/errors.ts';
import { isDocument, isVideo } from '../../core/media.ts';
import type { PublishContext } from '../../core/platform.ts';
import { findUrls } from '../../core/text.ts';
import { isOrganization } from './client.ts';
import { MAX_ALT_TEXT, MAX_TITLE } from './limits.ts';
import { toLittleText } from './little-text.ts';

type Said = Pick<PublishContext, 'text' | 'media' | 'options' | 'account'>;

/**
 * @param urns of the media, in order
 * @throws CrierError `rejected` for what LinkedIn has no form for
 */
export function postBody(said: Said, urns: readonly string[]): Record<string, unknown> {
  const content = contentOf(said, urns);
  return {
    author: said.account.remoteId,
    commentary: toLittleText(said.text),
    visibility: visibilityOf(said),
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(content ? { content } : {}),
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
  };
}

function visibilityOf({ options, account }: Said): 'PUBLIC' | 'CONNECTIONS' {
  if (options.visibility !== 'connections') return 'PUBLIC';
  if (!isOrganization(account.remoteId)) return 'CONNECTIONS';
  throw new CrierError('rejected', 'A LinkedIn Page has no connections to show a post to: leave out visibility=connections.');
}

function contentOf({ text, media, options: { title } }: Said, urns: readonly string[]): object | null {
  if (media.length > 1 && media.some(isVideo))
    throw new CrierError('rejected', 'LinkedIn takes images or one video in a post, not both: leave out the others.');
  const files = media.map(({ altText }, index) => ({
    id: urns[index] ?? '',
    ...(altText === '' ? {} : { altText: altText.slice(0, MAX_ALT_TEXT) }),
  }));
  const [first] = media;
  if (first && isDocument(first)) return { media: { title: title ?? documentTitle(first), id: urns[0] ?? '' } };
  const [file, ...others] = files;
  if (file && others.length > 0) return { multiImage: { images: files } };
  const link = linkIn(text);
  if (title !== undefined && link !== null && !media.some(isVideo))
    return { article: { source: link, title, ...(file ? { thumbnail: file.id } : {}) } };
  if (!file) return null;
  return { media: { ...(title !== undefined && media.some(isVideo) ? { title } : {}), ...file } };
}

/** LinkedIn shows none without a title. */
const documentTitle = ({ altText }: Said['media'][number]): string => (altText === '' ? 'Document' : altText.slice(0, MAX_TITLE));

function linkIn(text: string): string | null {
  const [first] = findUrls(text);
  return first ? text.slice(first.start, first.end) : null;
}
