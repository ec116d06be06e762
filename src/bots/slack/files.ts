// Files shared in Slack -> what the commands copy at once: Slack's private address of each, with the bot token for Slack alone.
import { z } from 'zod';
import { CrierError } from '../../core/errors.ts';
import type { MediaRequest } from '../../core/usecases/attach-media.ts';
import { isAtSlack } from './connection.ts';
import type { Front } from './front.ts';
import { SlackFile } from './payloads.ts';
import { slackCodeOf } from './refusals.ts';
import type { TeamAccess } from './teams.ts';

const FileInfo = z.object({ file: SlackFile });

/**
 * Files that were deleted since are left out.
 * @throws CrierError `invalid-input` about `files` for one that Slack does not give; Slack's error where it cannot be asked.
 */
export const readFiles = (front: Front, access: TeamAccess, files: readonly SlackFile[]): Promise<MediaRequest[]> =>
  Promise.all(
    files
      .filter(({ mode }) => mode !== 'tombstone')
      .map(async (file) => mediaOf(front, access, isWhole(file) ? file : await askFor(front, access, file))),
  );

/** Files that a modal remembered by their ids. Throws as `readFiles`. */
export const readFilesById = (front: Front, access: TeamAccess, ids: readonly string[]): Promise<MediaRequest[]> =>
  readFiles(
    front,
    access,
    ids.map((id) => ({ id })),
  );

const urlOf = (file: SlackFile): string | undefined => file.url_private_download ?? file.url_private;

const isWhole = (file: SlackFile): boolean => urlOf(file) !== undefined && file.file_access !== 'check_file_info';

async function askFor({ call }: Front, { client }: TeamAccess, { id, name, title }: SlackFile): Promise<SlackFile> {
  try {
    return FileInfo.parse(await call(() => client.files.info({ file: id }))).file;
  } catch (error) {
    throw refusedFile(error, name ?? title ?? 'one of the files') ?? error;
  }
}

const WHY: Readonly<Record<string, string>> = {
  file_not_found: 'it was deleted, or lies where Crier is not. Share it here once more, or put it into the form.',
  file_deleted: 'it was deleted. Share it once more, or leave it out.',
  missing_scope: 'the app lacks the permission to read files. Whoever runs Crier can install it again.',
};

/** Slack's refusals of one file, in words; null for any other error. */
function refusedFile(error: unknown, name: string): CrierError | null {
  const why = WHY[slackCodeOf(error) ?? ''];
  if (why === undefined) return null;
  return new CrierError('invalid-input', `Slack does not give ${name} to Crier: ${why}`, { field: 'files', cause: error });
}

function mediaOf({ apiUrl }: Front, { token }: TeamAccess, file: SlackFile): MediaRequest {
  const url = urlOf(file) ?? '';
  const name = file.name ?? file.title;
  return {
    url,
    ...(name ? { name } : {}),
    // the token is for Slack's own hosts: files of other services may be shared in Slack too
    ...(isAtSlack(url, apiUrl) && !file.is_external ? { headers: { authorization: `Bearer ${token}` } } : {}),
    altText: file.alt_txt ?? '',
  };
}
