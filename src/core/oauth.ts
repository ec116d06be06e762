// Connecting by a link (OAuth 2.0, authorization code): what a network says of it as data and functions, and what is kept while somebody
// is on the network's own page. It makes no request and stores nothing itself.
import type { Credentials } from './account.ts';
import type { AccountAccess, ConnectContext, ConnectedAccount } from './platform.ts';
import type { Origin } from './post.ts';
import type { Actor } from './workspace.ts';

export interface OAuthScope {
  name: string;
  /** What it is asked for, behind "to": `attach images`. */
  reason: string;
  /** What cannot be done without it, as a sentence; null where an account is of no use without it. */
  without: string | null;
}

/** Crier as a server of the network knows it. A type, so that it can be sealed as it is. */
export type OAuthApp = {
  clientId: string;
  clientSecret: string;
  /** What else whoever made the app said of it, by the platform's own names: `version`. */
  options?: Record<string, string>;
};

/** Where somebody is sent, as which app, and where they come back to. */
export interface OAuthWay {
  /** Base URL of the network's server. */
  service: string;
  app: OAuthApp;
  redirectUri: string;
  /** Random; comes back with the answer. */
  state: string;
  /** PKCE, RFC 7636: 43 random characters, whose hash goes ahead. */
  verifier: string;
}

/** Names of settings, for the sentence that says what is missing. */
export interface AppSettings {
  id: string;
  secret: string;
}

export interface OAuth {
  /** What is asked for as this app. */
  scopes: (app: OAuthApp) => readonly OAuthScope[];
  /** Where whoever runs Crier has to make an app at the network by hand; null where Crier registers itself. */
  appSettings: AppSettings | null;
  /** What has to be known before there is a link: names of setup fields. */
  fields: readonly string[];
  /** Reads the server out of these fields. @throws CrierError `invalid-input`, naming the field. */
  serviceOf: (fields: Readonly<Record<string, string>>) => string;
  /**
   * Registers Crier at this server: the known app where the server still has it, else a new one. Null where `appSettings` is not.
   * @throws CrierError `invalid-input` | `rate-limited` | `unavailable`, naming the field to mend.
   */
  prepareApp:
    | ((service: string, redirectUri: string, known: OAuthApp | null, context: ConnectContext) => Promise<OAuthApp>)
    | null;
  /** The network's own page that asks Allow or Deny. */
  authorizationUrl: (way: OAuthWay) => Promise<URL>;
  /**
   * What came back to `redirectUri` -> the account; `denied` where the person pressed Deny.
   * @throws CrierError with a sentence for the person.
   */
  connect: (way: OAuthWay, answer: URLSearchParams, context: ConnectContext) => Promise<Granted | 'denied'>;
  /** Takes the login back at the network. `cannot` where it was not given by a link. @throws anything: it may still be good. */
  revoke: (access: Omit<AccountAccess, 'saveCredentials'>) => Promise<'revoked' | 'cannot'>;
}

export interface Granted {
  /** What can be connected by this login, at least one: the person chooses where there are several (Pages, organizations). */
  accounts: readonly [Candidate, ...Candidate[]];
  /** Names of the scopes that were given. */
  scopes: readonly string[];
}

export interface Candidate extends ConnectedAccount {
  credentials: Credentials;
  /** What it is, where a login leads to several kinds: `Page`, `organization`; null where there is one kind. */
  kind: string | null;
}

/** Who asked for a link, and where the answer is told. */
export interface Asker {
  actor: Actor;
  origin: Origin;
}

export interface LinkRequest extends Asker, Pick<OAuthWay, 'service' | 'app' | 'redirectUri'> {
  platform: string;
  expiresAt: Temporal.Instant;
}

export interface StoredLink extends Asker {
  platform: string;
  way: OAuthWay;
}

/** What a login led to, while the person chooses what of it is connected. */
export interface Choice extends Asker {
  platform: string;
  candidates: Granted['accounts'];
  /** Scopes that were not given. */
  missing: readonly OAuthScope[];
}

/** Links that were given out and not used yet, what they led to, and the apps they lead through. Everything secret is sealed or kept as a hash. */
export interface OAuthLinks {
  /** Null where there is none. */
  findApp: (platform: string, service: string, redirectUri: string) => Promise<OAuthApp | null>;
  saveApp: (platform: string, service: string, redirectUri: string, app: OAuthApp) => Promise<void>;
  /** Makes state and verifier. Returns the link's token, which is stored nowhere. */
  make: (request: LinkRequest) => Promise<string>;
  /** By a link's token, as often as it is opened; null where there is none, it was used, or its time is over. */
  find: (token: string, now: Temporal.Instant) => Promise<StoredLink | null>;
  /** By the state that came back: for the first caller alone, and null for every other, as `find`. */
  take: (platform: string, state: string, now: Temporal.Instant) => Promise<StoredLink | null>;
  /** Returns the choice's token, which is stored nowhere. */
  keepChoice: (choice: Choice, expiresAt: Temporal.Instant) => Promise<string>;
  /** By a choice's token, as often as it is looked at; null where there is none, it was made, or its time is over. */
  findChoice: (token: string, now: Temporal.Instant) => Promise<Choice | null>;
  /** For the first caller alone, and null for every other, as `findChoice`. */
  takeChoice: (token: string, now: Temporal.Instant) => Promise<Choice | null>;
}
