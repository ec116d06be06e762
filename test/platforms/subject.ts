// What the contract has to know of one network: the names of its requests, and where it differs from others. Which there are is subjects.ts'.
import type { MediaFile, Platform } from '../../src/core/platform.ts';
import type { EmulatedNetwork, Emulator } from '../../src/emulator/index.ts';

/** What one platform's contract needs to know of its network. */
export interface Subject {
  platform: Platform;
  network: (emulator: Emulator) => EmulatedNetwork;
  /** The field that names the server, the one that holds the secret; left out where accounts are connected by a link alone. */
  serverField?: string;
  secretField?: string;
  /** Where accounts are connected by a link: the request for the token, and whether it carries a proof (PKCE). */
  tokenRequest?: string;
  pkce?: boolean;
  /** How many accounts the demo login leads to; left out for one. */
  leadsTo?: number;
  /** The request that renews a login; left out where it is that for the token. */
  refreshRequest?: string;
  /** Where each renewal ends the refresh token that it was asked for with; left out where that stays good. */
  rotates?: true;
  /** After how long a login is no longer taken for posting, and whether it can be renewed then; left out where it has no end. */
  loginEnds?: { hours: number; canBeRenewed: boolean };
  /** Where a login is renewed without Crier's app. */
  renewsWithoutApp?: true;
  /** False where the network has no way to take a login back; left out where it has. */
  revokes?: false;
  /** Where the network refuses the text of an earlier post of the account; left out where it takes it. */
  refusesSameText?: true;
  /** False where a video has no alt text there; left out where it has. */
  describesVideos?: false;
  /** Where one post may have images and videos; left out where it may not. */
  mixesMedia?: true;
  /** Where a post's address is asked for once it is out; left out where that comes with the answer. */
  asksForAddress?: true | 'until it is there';
  /** Where what became of a try is known by what it stored: where nothing was, nothing is asked. */
  findsByHandles?: true;
  /** Where the network lists what it took with some delay: a post is looked for two minutes after its try. */
  listsLate?: true;
  /** Where the pieces of a video and what makes it public go to one address: what is promised of videos is in the network's own test. */
  videosApart?: true;
  /** Files of a post that names none, where the network takes no post without. */
  files?: () => Promise<MediaFile[]>;
  /** Where an image goes out in a way of its own, or with something else only: what is promised of images is in the network's own test. */
  imagesApart?: true;
  /** Which of the accounts a login leads to, by its kind; left out for the first. */
  kind?: string;
  /** Where a refusal for too many requests does not say for how long; left out where it does. */
  namesNoWait?: true;
  /** A video the network takes, where it does not take `clip`. */
  clip?: (facts?: { id?: string; altText?: string; size?: number }) => Promise<MediaFile>;
  /** Edges of its limits (edges.ts) that its emulated network does not look at, or that no test can send. */
  unchecked?: readonly string[];
  /** What can be posted there, by its name; left out where that is a text, images and a video. */
  posts?: Readonly<Record<string, PostKind>>;
  /** The one request that makes a post public, and the one that uploads a file, as `METHOD /path`. */
  publicRequest: string;
  uploadRequest: string;
  /** The one that uploads a video, and the one that asks whether it is ready. */
  videoRequest: string;
  videoStatusRequest: string;
  /** Requests by which a post is looked for. */
  findRequest: string;
}

export interface PostKind {
  files: () => Promise<MediaFile[]>;
  /** The request that makes it public, where nobody can find out whether it arrived once its answer was lost. */
  cannotSay?: string;
}
