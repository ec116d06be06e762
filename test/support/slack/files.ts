// Files people share, and their download. Without the bot's token Slack shows its sign-in page, with status 200:
// https://docs.slack.dev/reference/objects/file-object.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../src/core/clock.ts';
import type { Team } from './cast.ts';
import type { Tokens } from './tokens.ts';
import { answerPage, bearer, type Json } from './wire.ts';

export interface SharedFile {
  name: string;
  bytes: Uint8Array;
  altText?: string;
  /** By the name's ending where it is left out. */
  mimeType?: string;
  team?: Team;
  by?: string;
  width?: number;
  height?: number;
}

/** What messages, events and view states carry for a file. */
export type SlackFileObject = Json & {
  id: string;
  name: string;
  mimetype: string;
  url_private: string;
  url_private_download: string;
};

export interface Files {
  share: (file: SharedFile) => SlackFileObject;
  /** files.info */
  info: (id: string, teamId: string) => Json;
  /** Answers where the path is a file's. @returns whether it was */
  serve: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

const SIGN_IN = '<h1>Sign in to your workspace</h1><form action="/signin"><input name="email"></form>';

export function openFiles(options: { origin: () => string; tokens: Tokens; clock: Clock; first: Team }): Files {
  const kept = new Map<string, { object: SlackFileObject; bytes: Uint8Array; teamId: string }>();

  function share(file: SharedFile): SlackFileObject {
    const { name, bytes, altText, team = options.first, by = team.people.ann.id } = file;
    const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? 'bin';
    const id = `F0FILE${String(kept.size + 1).padStart(4, '0')}`;
    const created = Math.floor(options.clock.now().epochMilliseconds / 1000);
    const path = `${options.origin()}/files-pri/${team.id}-${id}`;
    const object: SlackFileObject = {
      id,
      created,
      timestamp: created,
      name,
      title: name,
      mimetype: file.mimeType ?? TYPES[ending] ?? 'application/octet-stream',
      filetype: ending,
      pretty_type: ending.toUpperCase(),
      user: by,
      user_team: team.id,
      editable: false,
      size: bytes.byteLength,
      mode: 'hosted',
      is_external: false,
      external_type: '',
      is_public: true,
      public_url_shared: false,
      display_as_bot: false,
      url_private: `${path}/${encodeURIComponent(name)}`,
      url_private_download: `${path}/download/${encodeURIComponent(name)}`,
      permalink: `${options.origin()}/files/${by}/${id}/${encodeURIComponent(name)}`,
      file_access: 'visible',
      ...(file.width && file.height ? { original_w: file.width, original_h: file.height } : {}),
      ...(altText === undefined ? {} : { alt_txt: altText }),
    };
    kept.set(id, { object, bytes, teamId: team.id });
    return object;
  }
  const info: Files['info'] = (id, teamId) => {
    const found = kept.get(id);
    return found?.teamId === teamId
      ? { ok: true, file: found.object, comments: [], response_metadata: { next_cursor: '' } }
      : { ok: false, error: 'file_not_found' };
  };
  const serve: Files['serve'] = (request, response) => {
    const [, teamId = '', id = ''] = /^\/files-pri\/(\w+)-(\w+)\//.exec(request.url ?? '') ?? [];
    if (id === '') return false;
    const found = kept.get(id);
    const token = options.tokens.read(bearer(request));
    const mayRead = typeof token !== 'string' && token.team.id === teamId && token.scopes.includes('files:read');
    if (!mayRead) answerPage(response, 200, SIGN_IN);
    else if (!found) answerPage(response, 404, '<h1>File not found</h1>');
    else response.writeHead(200, { 'content-type': found.object.mimetype }).end(found.bytes);
    return true;
  };
  return { share, info, serve };
}

/** The same file as Slack Connect sends it: an id, and files.info has the rest. */
export function withoutAddress(file: SlackFileObject): Json {
  return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: 0, timestamp: 0, user: '' };
}
