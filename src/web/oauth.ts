// The two addresses of connecting by a link: the short one that was given in a chat, which leads to the network's own page, and the one
// the network sends back to. What they mean is the use cases' matter; nothing of them is kept by a browser or told to another site.
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { StoreFailure } from '../core/errors.ts';
import type { Log, Platforms } from '../core/ports.ts';
import { nameAccount } from '../core/targets.ts';
import type { LinkOutcome } from '../core/usecases/connect-by-link.ts';
import { withinLimit } from './asking.ts';

export interface OAuthOptions {
  /** Where a link leads; null where it does not count any more. */
  follow: (token: string) => Promise<URL | null>;
  /** @param platform as it stands in the address */
  finish: (platform: string, answer: URLSearchParams) => Promise<LinkOutcome>;
  /** Tells the chat that asked. */
  tell: (outcome: LinkOutcome) => Promise<void>;
  platforms: Platforms;
  log: Pick<Log, 'warn' | 'error'>;
}

interface Page {
  status: 200 | 400 | 404 | 500 | 503;
  title: string;
  lines: readonly string[];
}

export function oauthRoutes({ follow, finish, tell, platforms, log }: OAuthOptions): (app: Hono) => void {
  /** The address is no part of what is logged: it is a secret while the link counts. */
  const answering = async (c: Context, work: () => Promise<Response | Page>): Promise<Response> => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const answer = await work().catch((error: unknown) => {
      log.error({ err: error }, 'connecting by a link hit a failure');
      return failedPage(error);
    });
    if (answer instanceof Response) return answer;
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return c.html(render(answer), answer.status);
  };
  const tellSoon = async (outcome: LinkOutcome): Promise<void> => {
    try {
      await withinLimit(() => tell(outcome));
    } catch (error) {
      log.warn({ err: error }, 'the chat could not be told at once what became of a link; its page says so');
    }
  };

  return (app) => {
    app.get('/connect/:token', (c) =>
      answering(c, async () => {
        const url = await follow(c.req.param('token'));
        return url ? c.redirect(url.href) : OVER;
      }),
    );
    app.get('/oauth/callback/:platform', (c) =>
      answering(c, async () => {
        const outcome = await finish(c.req.param('platform'), new URL(c.req.url).searchParams);
        await tellSoon(outcome);
        return pageOf(outcome, platforms);
      }),
    );
  };
}

const AGAIN = 'Type /connect in your chat for a new one.';

const OVER: Page = {
  status: 404,
  title: 'This link does not count any more',
  lines: ['It was used already, or its ten minutes are over. Nothing was connected by it now.', AGAIN],
};

function pageOf(outcome: LinkOutcome, platforms: Platforms): Page {
  if (outcome.kind === 'unknown') return { ...OVER, status: 400 };
  const { platform, asker } = outcome;
  const back = `You can close this page and go on in ${asker.actor.workspace.name}.`;
  if (outcome.kind === 'denied') {
    const lines = [
      `You pressed Deny at ${platform.name}, and that is how it stays.`,
      `To begin again, type /connect ${platform.id} in your chat.`,
    ];
    return { status: 200, title: 'Nothing was connected', lines };
  }
  if (outcome.kind === 'failed') return { status: 400, title: 'Nothing was connected', lines: [outcome.sentence] };
  const { connection, missing } = outcome;
  const without = missing.flatMap((scope) => (scope.without === null ? [] : [scope.without]));
  const again = connection.renewed ? 'connected again' : 'connected';
  return { status: 200, title: `${nameAccount(connection.account, platforms)} is ${again}`, lines: [...without, back] };
}

function failedPage(error: unknown): Page {
  const isStore = error instanceof StoreFailure;
  const sentence = isStore ? error.userMessage : 'Something went wrong in Crier, and it was not you. Its log says what.';
  return { status: isStore ? 503 : 500, title: 'That did not work', lines: [sentence, AGAIN] };
}

const CSS = `body{max-width:34rem;margin:12vh auto;padding:0 1.2rem;font:1.05rem/1.5 system-ui,sans-serif;color:#1d1d24;background:#fff}
h1{font-size:1.4rem;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{color:#f2f2f5;background:#16161c}}`;

const render = ({ title, lines }: Page) => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>${title} · Crier</title>
      <style>
        ${CSS}
      </style>
    </head>
    <body>
      <h1>${title}</h1>
      ${lines.map((line) => html`<p>${line}</p>`)}
    </body>
  </html>`;
