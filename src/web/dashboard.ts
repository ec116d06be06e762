// The dashboard of Agenda's jobs (Agendash) below /jobs/, behind the API token. What it shows and does is Agendash's own.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Agenda } from 'agenda';
import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../core/ports.ts';
import type { Mount } from './server.ts';
import { bearerOf, isFromOurPage, openDoor, passwordOf } from './tokens.ts';

export interface DashboardOptions {
  /** Null while the job store was never reached. */
  agenda: () => Agenda | null;
  /** Null: closed. */
  token: string | null;
  log: Log;
}

const PREFIX = '/jobs/';

const CLOSED = 'The jobs’ dashboard is closed. Set CRIER_API_TOKEN to open it: its value is then the password here.';
const WRONG =
  'The password is the value of CRIER_API_TOKEN; any name will do. Programs send Authorization: Bearer and that value.';
const ELSEWHERE = 'This was sent from another site’s page. Do it on the dashboard itself, or send Authorization: Bearer.';
const AWAY =
  'The job store cannot be reached just now, so there are no jobs to show. Posts go out meanwhile; look again in a minute.';
const BROKEN = 'Something went wrong in the jobs’ dashboard. Crier’s log says what.';

/** A browser asks for the password by itself (any name, the token as password); programs may send it as a bearer token. */
export function dashboardMount({ agenda, token, log }: DashboardOptions): Mount {
  const door = openDoor({ token, setting: 'CRIER_API_TOKEN', log });
  const pagesOf = openPages(log);

  function refusal(request: IncomingMessage): Refusal | null {
    const { authorization } = request.headers;
    const bearer = bearerOf(authorization);
    const verdict = door.judge(bearer ?? passwordOf(authorization));
    if (verdict === 'closed') return { status: 404, sentence: CLOSED };
    if (verdict === 'wrong') return { status: 401, sentence: WRONG };
    const isForeign = bearer === null && changesSomething(request) && !isFromOurPage(fromWhere(request));
    return isForeign ? { status: 403, sentence: ELSEWHERE } : null;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refused = refusal(request);
    if (refused) return refuse(response, refused);
    const jobs = agenda();
    if (jobs === null) return refuse(response, { status: 503, sentence: AWAY });
    const pages = await pagesOf(jobs);
    pages(request, response);
  }

  return {
    prefix: PREFIX,
    listener: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ err: error }, 'the jobs’ dashboard hit a bug');
        if (!response.headersSent) refuse(response, { status: 500, sentence: BROKEN });
      });
    },
  };
}

/** Agendash sets its own content policy; these are for every answer. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

interface Refusal {
  status: 401 | 403 | 404 | 500 | 503;
  sentence: string;
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  if (status === 401)
    response.setHeader('WWW-Authenticate', ['Basic realm="Crier jobs", charset="UTF-8"', 'Bearer realm="Crier jobs"']);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

const changesSomething = ({ method }: IncomingMessage): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method ?? '');

function fromWhere({ headers }: IncomingMessage) {
  const site = headers['sec-fetch-site'];
  return { secFetchSite: Array.isArray(site) ? site[0] : site, origin: headers.origin, host: headers.host };
}

/** Agendash and Express are loaded when somebody first looks: most processes never need them. */
function openPages(log: Log): (agenda: Agenda) => Promise<RequestListener> {
  let made: { agenda: Agenda; pages: Promise<RequestListener> } | null = null;
  return (agenda) => {
    if (made?.agenda !== agenda) made = { agenda, pages: makePages(agenda, log) };
    return made.pages;
  };
}

async function makePages(agenda: Agenda, log: Log): Promise<RequestListener> {
  const [{ default: express }, { createExpressMiddleware }] = await Promise.all([import('express'), import('agendash')]);
  const app = express();
  app.disable('x-powered-by');
  app.use(PREFIX, createExpressMiddleware(agenda));
  // Express knows it by its four parameters; its own would show the stack
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'the jobs’ dashboard hit a bug');
    response
      .status(status)
      .type('text/plain')
      .send(status >= 500 ? `${BROKEN}\n` : 'This request cannot be read.\n');
  });
  app.use((_request: Request, response: Response) => {
    response.status(404).type('text/plain').send('There is nothing at this address of the jobs’ dashboard.\n');
  });
  return app;
}

/** Body parsers say by `status` that a request cannot be read. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
