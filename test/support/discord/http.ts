// The HTTP side: finds the route, reads JSON and multipart bodies, keeps a record of every request, and answers or fails as scripted.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../../../src/core/clock.ts';
import type { Changes } from './changes.ts';
import type { Files, Upload } from './files.ts';
import type { Fault, Limited, Limits } from './limits.ts';
import { Refusal, refusals } from './refusals.ts';

/** One request, as it came and as it was answered. */
export interface Call {
  /** `POST /channels/:channel/messages`. */
  route: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
  files: Upload[];
  /** 0 where the connection was cut. */
  status: number;
  answer: unknown;
  at: Temporal.Instant;
}
export interface Asked {
  /** A part of the path; every route has those it names. */
  param: (name: string) => string;
  query: URLSearchParams;
  body: unknown;
  files: Upload[];
}
export interface Answered {
  status: number;
  body?: unknown;
}
export type Handler = (asked: Asked) => Answered | Promise<Answered>;
export type Routes = Record<string, Handler>;

export const ok = (body: unknown): Answered => ({ status: 200, body });
export const done: Answered = { status: 204 };

const PREFIX = '/api/v10';
const CDN = 'GET /attachments/:file';
/** These carry their own token and take no bot token. */
const OPEN = /^(POST \/interactions|\w+ \/webhooks|GET \/attachments)/;
const MAX_BODY_BYTES = 25 * 1024 * 1024;

interface Door {
  routes: Routes;
  files: Files;
  limits: Limits;
  calls: Call[];
  changes: Changes;
  clock: Clock;
  token: () => string;
  /** What went wrong in this server itself. */
  troubles: unknown[];
}

export function listenerFor(door: Door): RequestListener {
  const routes = Object.entries(door.routes).map(([route, handler]) => ({ route, handler, match: matcher(route) }));
  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      door.troubles.push(error);
      response.destroy();
    });
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://discord');
    if (/^\/(ephemeral-)?attachments\//.test(url.pathname)) return serveFile(request, response, url);
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : '';
    const found = routes.flatMap((each) => {
      const params = each.match(`${request.method} ${path}`);
      return params ? [{ ...each, params }] : [];
    })[0];
    const raw = await bytesOf(request);
    const { body, files } = await readRaw(request, raw);
    const { route = `${request.method} ${path}`, params = {} } = found ?? {};
    const call: Call = { ...about(url, path, route), params, body, files, status: 0, answer: null, at: door.clock.now() };
    const fault = door.limits.fault(route);
    if (fault?.kind === 'held') await fault.until;
    if (fault?.kind === 'cut' && fault.when === 'before') return cut(response, call);
    const admitted = door.limits.admit(route, majorOf(params), door.clock.now().epochMilliseconds / 1_000);
    const limited = fault?.kind === 'limited' ? door.limits.limited(route, fault) : admitted.limited;
    const asked: Asked = { param: (name) => params[name] ?? '', query: url.searchParams, body, files };
    const authorized = OPEN.test(route) || request.headers.authorization === `Bot ${door.token()}`;
    const answered = limited
      ? { status: 429, body: limited.body }
      : await answer(() => {
          if (raw.byteLength > MAX_BODY_BYTES) throw refusals.tooLarge();
          if (!authorized) throw refusals.unauthorized();
          if (!found) throw refusals.noSuchRoute();
          return failed(fault) ?? found.handler(asked);
        });
    if (fault?.kind === 'cut') return cut(response, call);
    // interactions are outside the buckets, and their answers carry no headers of one
    const headers = route.startsWith('POST /interactions') ? (limited?.headers ?? {}) : headersOf(admitted.headers, limited);
    finish(response, call, answered, headers);
  }

  async function answer(handle: () => Answered | Promise<Answered>): Promise<Answered> {
    try {
      return await handle();
    } catch (error) {
      if (error instanceof Refusal)
        return {
          status: error.status,
          body: { message: error.message, code: error.code, ...(error.errors ? { errors: error.errors } : {}) },
        };
      door.troubles.push(error);
      return { status: 500, body: { message: `the test server itself failed: ${String(error)}`, code: 0 } };
    }
  }

  function serveFile(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const call: Call = {
      ...about(url, url.pathname, CDN),
      params: {},
      body: null,
      files: [],
      status: 0,
      answer: null,
      at: door.clock.now(),
    };
    const fault = door.limits.fault(CDN);
    if (fault?.kind === 'cut') {
      cut(response, call);
      return;
    }
    const file = door.files.read(decodeURIComponent(url.pathname), url.searchParams);
    request.resume();
    const status = fault && 'status' in fault ? fault.status : file ? 200 : 404;
    response.writeHead(status, { 'content-type': file && status === 200 ? file.contentType : 'text/plain;charset=UTF-8' });
    response.end(file && status === 200 ? file.bytes : 'This content is no longer available.');
    record(call, status, null);
  }

  function finish(response: ServerResponse, call: Call, answered: Answered, headers: Record<string, string>): void {
    const body = answered.body === undefined ? undefined : JSON.stringify(answered.body);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(answered.status, { ...headers, ...type });
    response.end(body);
    record(call, answered.status, answered.body);
  }

  function cut(response: ServerResponse, call: Call): void {
    response.destroy();
    record(call, 0, null);
  }

  function record(call: Call, status: number, answered: unknown): void {
    door.calls.push(Object.assign(call, { status, answer: answered ?? null }));
    door.changes.happened();
  }
}

function matcher(route: string): (line: string) => Record<string, string> | null {
  const pattern = new RegExp(`^${route.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
  return (line) => {
    const match = pattern.exec(line);
    if (!match) return null;
    return Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
  };
}

const about = (url: URL, path: string, route: string): Pick<Call, 'route' | 'path' | 'query'> => ({
  route,
  path,
  query: Object.fromEntries(url.searchParams),
});

const headersOf = (admitted: Record<string, string>, limited: Limited | null): Record<string, string> =>
  limited?.body.global ? limited.headers : { ...admitted, ...limited?.headers };

/** Limits count per channel, server or webhook with its token. */
const majorOf = (params: Record<string, string>): string =>
  [params.channel, params.guild, params.token].filter((each) => each !== undefined).join(' ');

function failed(fault: Fault | undefined): Answered | null {
  if (fault?.kind === 'refused') throw new Refusal(fault.status, fault.code, fault.message);
  return fault?.kind === 'broken' ? { status: fault.status, body: { message: `${fault.status}`, code: 0 } } : null;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** https://docs.discord.com/developers/reference#uploading-files (2026-11-22) */
async function readRaw(request: IncomingMessage, raw: Buffer): Promise<{ body: unknown; files: Upload[] }> {
  const type = request.headers['content-type'] ?? '';
  if (raw.byteLength === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(raw.toString()), files: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const json = form.get('payload_json');
  const files: { index: number; upload: Upload }[] = [];
  for (const [name, value] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    files.push({ index: Number(index), upload: { name: value.name, bytes, ...(value.type ? { contentType: value.type } : {}) } });
  }
  files.sort((a, b) => a.index - b.index);
  return { body: typeof json === 'string' ? JSON.parse(json) : {}, files: files.map((each) => each.upload) };
}
