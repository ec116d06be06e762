// What every part of the test Slack shares: reading a request, answering it, and waiting for what happens.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

export type Json = Record<string, unknown>;

const jsonSchema = z.record(z.string(), z.unknown());

/** Arguments that Slack takes as JSON inside of a form (https://docs.slack.dev/apis/web-api). */
const NESTED = new Set(['blocks', 'attachments', 'view', 'metadata', 'files', 'unfurls']);

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads JSON that must be an object; anything else is a bug of the test or of the code under test, and throws. */
export const readJson = (body: string): Json => jsonSchema.parse(JSON.parse(body));

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function nested(name: string, value: string): unknown {
  if (!NESTED.has(name) || value === '') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // as Slack does: the method then answers with what it could not read
  }
}

/** The arguments of a Web API call, from JSON, a form or the query, with nested JSON read. */
export function readArguments(request: IncomingMessage, body: string): Json {
  if (request.headers['content-type']?.includes('application/json')) return body === '' ? {} : readJson(body);
  const query = new URL(request.url ?? '/', 'http://slack').searchParams;
  const pairs = [...query, ...new URLSearchParams(body)];
  return Object.fromEntries(pairs.map(([name, value]) => [name, nested(name, value)]));
}

export function bearer(request: IncomingMessage): string | null {
  return /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function answerJson(response: ServerResponse, status: number, body: Json, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export function answerPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Slack</title>${html}`);
}

type Found<T> = T | undefined | null | false;

export interface Changes {
  /** Something happened: whoever waits looks again. */
  changed: () => void;
  /**
   * What `read` finds, as soon as it finds something.
   * @throws Error after ten seconds without it, saying what was awaited and what `seen` tells instead
   */
  until: <T>(read: () => Found<T> | Promise<Found<T>>, what: string) => Promise<T>;
}

const PATIENCE_MS = 10_000;

/** One place where everything that happens is announced, so that no test has to sleep. */
export function openChanges(seen: () => string): Changes {
  const waiting = new Set<() => void>();
  async function until<T>(read: () => Found<T> | Promise<Found<T>>, what: string): Promise<T> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    let next = Promise.withResolvers<void>();
    const look = (): void => next.resolve();
    waiting.add(look);
    deadline.addEventListener('abort', look);
    try {
      for (;;) {
        // renewed before reading, so that what happens meanwhile is not missed
        next = Promise.withResolvers<void>();
        const found = await read();
        if (found) return found;
        if (deadline.aborted) throw new Error(`Waited in vain for ${what}. Slack saw: ${seen()}`);
        await next.promise;
      }
    } finally {
      waiting.delete(look);
    }
  }
  return { changed: () => waiting.forEach((look) => void look()), until };
}
