// What the contract needs to know of each network of the registry; a new one is added here as one more subject.
import { bluesky } from '../../src/platforms/bluesky/index.ts';
import { facebook } from '../../src/platforms/facebook/index.ts';
import { linkedin } from '../../src/platforms/linkedin/index.ts';
import { mastodon } from '../../src/platforms/mastodon/index.ts';
import { tiktok } from '../../src/platforms/tiktok/index.ts';
import { x } from '../../src/platforms/x/index.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import { clip, film, photo, picture, type Subject } from './harness.ts';
import { instagramSubject } from './instagram-kit.ts';
import { threadsSubject } from './threads-kit.ts';

export const subjects: readonly Subject[] = [
  {
    platform: bluesky,
    network: (emulator) => emulator.networks.bluesky,
    // of that size none is sent here; the length is for Bluesky's own app to look at
    unchecked: ['bytes of a video', 'length of a video'],
    serverField: 'service',
    secretField: 'password',
    publicRequest: 'POST /xrpc/com.atproto.repo.createRecord',
    uploadRequest: 'POST /xrpc/com.atproto.repo.uploadBlob',
    videoRequest: 'POST /xrpc/app.bsky.video.uploadVideo',
    videoStatusRequest: 'GET /xrpc/app.bsky.video.getJobStatus',
    findRequest: 'GET /xrpc/com.atproto.repo.getRecord',
  },
  {
    platform: mastodon,
    network: (emulator) => emulator.networks.mastodon,
    // of that size none is sent here
    unchecked: ['bytes of a video'],
    serverField: 'instance',
    secretField: 'token',
    tokenRequest: 'POST /oauth/token',
    pkce: true,
    publicRequest: 'POST /api/v1/statuses',
    uploadRequest: 'POST /api/v2/media',
    videoRequest: 'POST /api/v2/media',
    videoStatusRequest: 'GET /api/v1/media/*',
    findRequest: 'GET /api/v1/accounts/*',
  },
  {
    platform: x,
    network: (emulator) => emulator.networks.x,
    tokenRequest: 'POST /2/oauth2/token',
    rotates: true,
    loginEnds: { hours: 2, canBeRenewed: true },
    pkce: true,
    refusesSameText: true,
    describesVideos: false,
    publicRequest: 'POST /2/tweets',
    uploadRequest: 'POST /2/media/upload/initialize',
    videoRequest: 'POST /2/media/upload/initialize',
    videoStatusRequest: 'GET /2/media/upload',
    findRequest: 'GET /2/users/*',
  },
  {
    platform: facebook,
    network: (emulator) => emulator.networks.facebook,
    // it takes a GIF and shows it still
    unchecked: ['types of images'],
    leadsTo: 2,
    tokenRequest: 'POST /v26.0/oauth/access_token',
    revokes: false,
    refusesSameText: true,
    describesVideos: false,
    listsLate: true,
    videosApart: true,
    publicRequest: 'POST /v26.0/199814262373518/feed',
    uploadRequest: 'POST /v26.0/199814262373518/photos',
    videoRequest: 'POST /v26.0/199814262373518/videos',
    videoStatusRequest: 'GET /v26.0/*',
    findRequest: 'GET /v26.0/199814262373518/published_posts',
  },
  instagramSubject,
  threadsSubject,
  {
    platform: linkedin,
    network: (emulator) => emulator.networks.linkedin,
    // the one is Crier's own, of the size of the other none is sent here
    unchecked: ['bytes of an image', 'bytes of a video'],
    leadsTo: 2,
    tokenRequest: 'POST /oauth/v2/accessToken',
    loginEnds: { hours: 60 * 24, canBeRenewed: true },
    revokes: false,
    refusesSameText: true,
    namesNoWait: true,
    // of a member's posts LinkedIn lets nobody read any
    kind: 'organization',
    clip: film,
    publicRequest: 'POST /rest/posts',
    uploadRequest: 'PUT /dms-uploads/*',
    videoRequest: 'PUT /dms-uploads/*',
    videoStatusRequest: 'GET /rest/videos/*',
    findRequest: 'GET /rest/posts',
  },
  {
    platform: tiktok,
    network: (emulator) => emulator.networks.tiktok,
    tokenRequest: 'POST /v2/oauth/token/',
    rotates: true,
    loginEnds: { hours: 2, canBeRenewed: true },
    namesNoWait: true,
    asksForAddress: 'until it is there',
    findsByHandles: true,
    describesVideos: false,
    files: async () => [await clip({ fixture: 'portrait.mp4' })],
    posts: {
      'a video': { files: async () => [await clip({ fixture: 'portrait.mp4' })] },
      'two photos': {
        files: async () => [await photo({ id: 'm1' }), await photo({ id: 'm2', size: 9000 })],
        cannotSay: 'POST /v2/post/publish/content/init/',
      },
    },
    imagesApart: true,
    videosApart: true,
    publicRequest: 'PUT /video/',
    uploadRequest: 'POST /v2/post/publish/content/init/',
    videoRequest: 'POST /v2/post/publish/video/init/',
    videoStatusRequest: 'POST /v2/post/publish/status/fetch/',
    findRequest: 'POST /v2/post/publish/status/fetch/',
  },
  {
    platform: youtube,
    network: (emulator) => emulator.networks.youtube,
    // it takes one that is too long and throws it away later
    unchecked: ['length of a video'],
    tokenRequest: 'POST /token',
    loginEnds: { hours: 1, canBeRenewed: true },
    pkce: true,
    files: async () => [await clip()],
    posts: {
      'a video': { files: async () => [await clip()] },
      'a video with a thumbnail': { files: async () => [await clip(), await picture()] },
    },
    imagesApart: true,
    videosApart: true,
    publicRequest: 'PUT /upload/youtube/v3/videos',
    uploadRequest: 'POST /upload/youtube/v3/thumbnails/set',
    videoRequest: 'POST /upload/youtube/v3/videos',
    videoStatusRequest: 'PUT /upload/youtube/v3/videos',
    findRequest: 'GET /youtube/v3/playlistItems',
  },
];
