// Files shared in Slack -> what the commands copy at once: Slack's private address of each, with the bot token for Slack alone.
import { z } from 'zod';
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import type { Front } from './front.ts';
import { SlackFile } from './payloads.ts';
import type { TeamAccess } from './teams.ts';

/** Where Slack keeps files. https://docs.slack.dev/reference/objects/file-object (checked 2026-11-22) */
const SLACK_HOSTS = /(?:^|\.)(?:slack\.com|slack-gov\.com|slack-files\.com)$/;

const FileInfo = z.object({ file: SlackFile });

/** @throws Slack's error where it must be asked for a file and does not answer. */
export const readFiles = (front: Front, access: TeamAccess, files: readonly SlackFile[]): Promise<MediaRequest[]> =>
  Promise.all(files.map(async (file) => mediaOf(front, access, isWhole(file) ? file : await askFor(front, access, file.id))));

/** Files that a modal remembered by their ids. Throws as `readFiles`. */
export const readFilesById = (front: Front, access: TeamAccess, ids: readonly string[]): Promise<MediaRequest[]> =>
  readFiles(
    front,
    access,
    ids.map((id) => ({ id })),
  );

const urlOf = (file: SlackFile): string | undefined => file.url_private_download ?? file.url_private;

const isWhole = (file: SlackFile): boolean => urlOf(file) !== undefined && file.file_access !== 'check_file_info';

async function askFor({ call }: Front, { client }: TeamAccess, id: string): Promise<SlackFile> {
  return FileInfo.parse(await call(() => client.files.info({ file: id }))).file;
}

function mediaOf({ apiUrl }: Front, { token }: TeamAccess, file: SlackFile): MediaRequest {
  const url = urlOf(file) ?? '';
  const name = file.name ?? file.title;
  return {
    url,
    ...(name ? { name } : {}),
    ...(isSlacks(url, apiUrl) && !file.is_external ? { headers: { authorization: `Bearer ${token}` } } : {}),
    altText: file.alt_txt ?? '',
  };
}

/** The token is for Slack's own hosts: files of other services may be shared in Slack too. */
function isSlacks(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { host, hostname, protocol } = new URL(url);
  if (apiUrl !== null && host === new URL(apiUrl).host) return true;
  return protocol === 'https:' && SLACK_HOSTS.test(hostname);
}
