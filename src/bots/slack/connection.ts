// How Crier reaches Slack, and Slack Crier: what main.ts hands in, from the settings. Which of them belong together is checked there.
import { hkdfSync, type KeyObject } from 'node:crypto';

export interface SlackConnection {
  /** HTTP mode: events, commands and interactivity at POST /slack/events. */
  signingSecret: string | null;
  /** Socket Mode; it wins where both are set. */
  appToken: string | null;
  /** One workspace, installed by hand. */
  botToken: string | null;
  /** Several workspaces: GET /slack/install and GET /slack/oauth_redirect below `publicUrl`. */
  oauth: OAuthApp | null;
  /** Another Slack-compatible server, with a slash at the end; null for Slack's own. */
  apiUrl: string | null;
}

export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  /** Signs the state parameter; see `deriveStateSecret`. */
  stateSecret: string;
  /** Without a slash at the end. */
  publicUrl: string;
}

export const SLACK_API_URL = 'https://slack.com/api/';

/** Hosts of Slack's own, its government cloud included; files and answers to commands lie on others than its API. */
const SLACK_HOSTS = /(?:^|\.)(?:slack\.com|slack-gov\.com|slack-files\.com)$/;

/** Whether an address is Slack's, or of the Slack-compatible server that `apiUrl` names. */
export function isAtSlack(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { host, hostname, protocol } = new URL(url);
  if (apiUrl !== null && host === new URL(apiUrl).host) return true;
  return protocol === 'https:' && SLACK_HOSTS.test(hostname);
}

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';
export const EVENTS_PATH = '/slack/events';

/**
 * The secret that signs states, from the encryption key: the same in every process that shares the key, and of no use for opening
 * what the key seals (HKDF, RFC 5869).
 */
export const deriveStateSecret = (key: KeyObject): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'crier/slack/oauth-state', 32)).toString('hex');
