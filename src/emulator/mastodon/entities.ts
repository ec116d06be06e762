// Mastodon's entities as JSON: https://docs.joinmastodon.org/entities/ (checked 2026-11-22).
import { html } from 'hono/html';
import { figuresOf, followersOf } from '../growth.ts';
import type { MastodonAccount, MastodonState, StoredMedia, StoredStatus } from './state.ts';
import { partsOf, tagsIn } from './text.ts';

export const MAX_CHARACTERS = 500;
export const MAX_MEDIA = 4;
/** Bytes. */
export const IMAGE_SIZE_LIMIT = 16_777_216;
export const DESCRIPTION_LIMIT = 1_500;
export const VIDEO_SIZE_LIMIT = 103_809_024;
export const VIDEO_MATRIX_LIMIT = 8_294_400;
const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'];
const MIME_TYPES = [...IMAGE_TYPES, 'video/webm', 'video/mp4', 'video/quicktime'];

type Html = ReturnType<typeof html>;

export const statusUrl = (baseUrl: string, { username }: MastodonAccount, id: string): string => `${baseUrl}/@${username}/${id}`;
export const mediaUrl = (baseUrl: string, id: string): string => `${baseUrl}/system/media_attachments/files/${id}/original`;

export function accountEntity(state: MastodonState, account: MastodonAccount, baseUrl: string) {
  const own = [...state.statuses.values()].filter(({ accountId }) => accountId === account.id);
  const picture = `${baseUrl}/avatars/original/missing.png`;
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    display_name: account.displayName,
    locked: false,
    bot: false,
    discoverable: true,
    indexable: false,
    group: false,
    created_at: `${account.createdAt.slice(0, 10)}T00:00:00.000Z`,
    note: '',
    url: `${baseUrl}/@${account.username}`,
    uri: `${baseUrl}/users/${account.username}`,
    avatar: picture,
    avatar_static: picture,
    header: picture,
    header_static: picture,
    followers_count: followersOf(account.id, state.clock.now()),
    following_count: 0,
    statuses_count: own.length,
    last_status_at: own.at(-1)?.createdAt.slice(0, 10) ?? null,
    hide_collections: null,
    noindex: false,
    emojis: [],
    roles: [],
    fields: [],
  };
}

export function credentialAccount(state: MastodonState, account: MastodonAccount, baseUrl: string) {
  return {
    ...accountEntity(state, account, baseUrl),
    source: { privacy: 'public', sensitive: false, language: null, note: '', fields: [], follow_requests_count: 0 },
    role: { id: '-99', name: '', permissions: '0', color: '', highlighted: false },
  };
}

export const isVideo = ({ mimeType }: Pick<StoredMedia, 'mimeType'>): boolean => mimeType.startsWith('video/');

/** `url` is null while it is processed. */
export function mediaEntity(media: StoredMedia, baseUrl: string) {
  const { id, width, height, durationMs, description, progress } = media;
  const url = mediaUrl(baseUrl, id);
  const size = { width, height, size: `${width}x${height}`, aspect: width / height };
  return {
    id,
    type: isVideo(media) ? 'video' : 'image',
    url: progress === 'ready' ? url : null,
    preview_url: url,
    remote_url: null,
    preview_remote_url: null,
    text_url: null,
    meta: { original: durationMs === null ? size : { width, height, duration: durationMs / 1000 }, small: size },
    description,
    blurhash: null,
  };
}

export async function statusEntity(state: MastodonState, status: StoredStatus, baseUrl: string) {
  const account = state.accounts.get(status.accountId);
  if (!account) throw new Error(`a status of nobody: ${status.id}`);
  const media = status.mediaIds.map((id) => state.media.get(id)).filter((found) => found !== undefined);
  return {
    id: status.id,
    created_at: status.createdAt,
    edited_at: null,
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: null,
    sensitive: status.sensitive,
    spoiler_text: status.spoilerText,
    visibility: status.visibility,
    language: status.language,
    uri: `${baseUrl}/users/${account.username}/statuses/${status.id}`,
    url: statusUrl(baseUrl, account, status.id),
    ...countsOf(state, status),
    favourited: false,
    reblogged: false,
    muted: false,
    bookmarked: false,
    content: String(await contentHtml(status.text, baseUrl)),
    reblog: null,
    application: { name: 'Crier', website: null },
    account: accountEntity(state, account, baseUrl),
    media_attachments: media.map((attached) => mediaEntity(attached, baseUrl)),
    mentions: [],
    tags: tagsIn(status.text).map((name) => ({ name, url: `${baseUrl}/tags/${name}` })),
    emojis: [],
    card: null,
    poll: null,
  };
}

/** Replies that are here count on top of those of people who are not. */
function countsOf({ statuses, clock }: MastodonState, { id, createdAt }: StoredStatus) {
  const { comments, shares, likes } = figuresOf(id, clock.now().since(Temporal.Instant.from(createdAt)).total('milliseconds'));
  const replies = [...statuses.values()].filter(({ inReplyToId }) => inReplyToId === id).length;
  return {
    replies_count: comments + replies,
    reblogs_count: shares,
    favourites_count: likes,
    quotes_count: Math.floor(shares / 4),
  };
}

/** The text as the HTML that `Status.content` carries. */
export function contentHtml(text: string, baseUrl: string): Html | string {
  if (text === '') return '';
  const paragraphs = text.replaceAll('\r\n', '\n').split(/\n{2,}/);
  return html`${paragraphs.map((paragraph) => html`<p>${partsOf(paragraph).map((part) => partHtml(part.kind, part.text, baseUrl))}</p>`)}`;
}

function partHtml(kind: ReturnType<typeof partsOf>[number]['kind'], text: string, baseUrl: string): Html {
  if (kind === 'link') {
    return html`<a href="${text}" target="_blank" rel="nofollow noopener" translate="no">${text.replace(/^https?:\/\/(www\.)?/i, '')}</a>`;
  }
  if (kind === 'hashtag') {
    const name = text.slice(1);
    return html`<a href="${baseUrl}/tags/${name.toLowerCase()}" class="mention hashtag" rel="tag">#<span>${name}</span></a>`;
  }
  if (kind === 'mention') return html`<span class="h-card" translate="no">${text}</span>`;
  return html`${text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`))}`;
}

/** https://docs.joinmastodon.org/entities/Instance/ (checked 2026-11-22); limits are Mastodon's own defaults. */
export function instanceEntity(state: MastodonState, baseUrl: string) {
  const [contact] = state.accounts.values();
  return {
    domain: new URL(baseUrl).host,
    title: 'Emulated Mastodon',
    version: '4.5.0',
    source_url: 'https://github.com/mastodon/mastodon',
    description: 'An instance that lives inside Crier; nothing posted here leaves this machine.',
    usage: { users: { active_month: state.accounts.size } },
    thumbnail: { url: `${baseUrl}/packs/media/images/preview.png` },
    icon: [],
    languages: ['en'],
    configuration: {
      urls: {
        streaming: baseUrl.replace(/^http/, 'ws'),
        status: null,
        about: `${baseUrl}/about`,
        privacy_policy: null,
        terms_of_service: null,
      },
      vapid: { public_key: '' },
      accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
      statuses: { max_characters: MAX_CHARACTERS, max_media_attachments: MAX_MEDIA, characters_reserved_per_url: 23 },
      media_attachments: {
        description_limit: DESCRIPTION_LIMIT,
        supported_mime_types: MIME_TYPES,
        image_size_limit: IMAGE_SIZE_LIMIT,
        image_matrix_limit: 33_177_600,
        video_size_limit: VIDEO_SIZE_LIMIT,
        video_frame_rate_limit: 120,
        video_matrix_limit: VIDEO_MATRIX_LIMIT,
      },
      polls: { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
      translation: { enabled: false },
      limited_federation: false,
    },
    registrations: { enabled: false, approval_required: false, reason_required: false, message: null, min_age: null, url: null },
    api_versions: { mastodon: 7 },
    contact: { email: '', account: contact ? accountEntity(state, contact, baseUrl) : null },
    rules: [],
  };
}
