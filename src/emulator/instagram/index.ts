// Instagram with its own login, for professional accounts. Puts its parts together; the rules are in its files.
import { type FeedPost, mountFeed } from '../feed.ts';
import { bodyForStatus, mountErrors } from '../graph.ts';
import type { EmulatedPost, EmulatorApp, LinkLogin, NetworkDefinition } from '../network.ts';
import { EMULATED_APP, type OAuthDesk } from '../oauth-desk.ts';
import { ACCENT, mountLogin } from './login.ts';
import { mountPublishing } from './publishing.ts';
import { mountReading } from './reading.ts';
import { addAccount, type IgMedia, type InstagramState, openState } from './state.ts';

export const instagram: NetworkDefinition<LinkLogin> = {
  id: 'instagram',
  open: (context) => {
    const { baseUrl, log } = context;
    const state = openState(context);
    let desk: Pick<OAuthDesk, 'standingCode'> | null = null;
    return {
      app: EMULATED_APP,
      close: state.close,
      posts: () => state.media.all().map((post) => emulatedPost(post, baseUrl())),
      refusal: (status) => ({ body: bodyForStatus('Instagram', status), headers: status === 429 ? rateLimitHeaders() : {} }),
      addAccount: (name) => {
        if (!desk) throw new Error('the emulated Instagram is not mounted yet');
        return { service: baseUrl(), code: desk.standingCode(addAccount(state, name).id) };
      },
      mount: (app) => {
        desk = mountLogin(app, state);
        mountPublishing(app, state);
        mountReading(app, state, baseUrl);
        mountFiles(app, state);
        mountFeed({
          app,
          network: 'Instagram',
          platform: 'instagram',
          accent: ACCENT,
          posts: () => state.media.all().map((post) => feedPost(state, post)),
        });
        mountErrors(app, 'Instagram', log);
      },
    };
  },
};

/** https://developers.facebook.com/docs/graph-api/overview/rate-limiting (checked 2026-11-22); the time is in minutes. */
const rateLimitHeaders = (): Record<string, string> => ({
  'x-business-use-case-usage': JSON.stringify({
    '17841400008460056': [
      { type: 'instagram', call_count: 100, total_cputime: 20, total_time: 20, estimated_time_to_regain_access: 19 },
    ],
  }),
});

function mountFiles(app: EmulatorApp, { media, blobs }: InstagramState): void {
  app.get('/files/:name', (c) => {
    const { name } = c.req.param();
    const file = media
      .all()
      .flatMap(({ files }) => files)
      .find((each) => each.name === name);
    const bytes = file && blobs.get(name);
    return file && bytes ? c.body(bytes, 200, { 'content-type': file.mimeType }) : c.notFound();
  });
}

const filesOf = ({ files }: IgMedia, kind: 'image' | 'video') => files.filter(({ mimeType }) => mimeType.startsWith(kind));

const emulatedPost = (post: IgMedia, baseUrl: string): EmulatedPost => ({
  id: post.id,
  url: `${baseUrl}${post.path}`,
  text: post.caption,
  createdAt: post.createdAt,
  images: filesOf(post, 'image').map(({ alt, size }) => ({ alt, size })),
  videos: filesOf(post, 'video').map(({ alt, size }) => ({ alt, size })),
  accountId: post.accountId,
  idempotencyKey: null,
  rkey: null,
});

const LABELS: Partial<Record<IgMedia['shape'], string>> = { REELS: 'Reel', STORIES: 'Story' };

function feedPost(state: InstagramState, post: IgMedia): FeedPost {
  const nameOf = (accountId: string): string => state.accounts.get(accountId)?.username ?? '';
  const shown = (kind: 'image' | 'video') => filesOf(post, kind).map(({ name, alt }) => ({ url: `/files/${name}`, alt }));
  const username = nameOf(post.accountId);
  return {
    id: post.id,
    path: post.path,
    author: { name: username, handle: `@${username}` },
    label: LABELS[post.shape] ?? '',
    title: '',
    text: post.caption,
    images: shown('image'),
    videos: shown('video'),
    lines: [],
    comments: state.comments
      .all()
      .filter(({ mediaId }) => mediaId === post.id)
      .map(({ accountId, text }) => ({ author: nameOf(accountId), text })),
    at: post.createdAt,
  };
}
