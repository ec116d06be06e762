// The addresses of connecting by a link: the short one that was given in a chat, which leads to the network's own page, the one the network
// sends back to, and the one that takes what was chosen. What they mean is the use cases' matter; nothing of them is kept by a browser or
// told to another site.
import type { Context, Hono } from 'hono';
import type { Log, Platforms } from '../core/ports.ts';
import type { LinkOutcome } from '../core/usecases/link-outcome.ts';
import { withinLimit } from './asking.ts';
import { failedPage, OVER, type Page, pageOf, policyOf, renderPage } from './oauth-pages.ts';

export interface OAuthOptions {
  /** Where a link leads; null where it does not count any more. */
  follow: (token: string) => Promise<URL | null>;
  /** @param platform as it stands in the address */
  finish: (platform: string, answer: URLSearchParams) => Promise<LinkOutcome>;
  /** @param ticked as the page's form names them */
  choose: (token: string, ticked: readonly string[]) => Promise<LinkOutcome>;
  /** Tells the chat that asked. */
  tell: (outcome: LinkOutcome) => Promise<void>;
  platforms: Platforms;
  log: Pick<Log, 'warn' | 'error'>;
}

/** Characters of a form that names some hundred accounts. */
const FORM_MAX = 16_384;

export function oauthRoutes({ follow, finish, choose, tell, platforms, log }: OAuthOptions): (app: Hono) => void {
  /** The address is no part of what is logged: it is a secret while the link counts. */
  const answering = async (c: Context, work: () => Promise<Response | Page>): Promise<Response> => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const answer = await work().catch((error: unknown) => {
      log.error({ err: error }, 'connecting by a link hit a failure');
      return failedPage(error);
    });
    if (answer instanceof Response) return answer;
    c.header('Content-Security-Policy', policyOf(answer));
    return c.html(renderPage(answer), answer.status);
  };
  const tellSoon = async (outcome: LinkOutcome): Promise<void> => {
    if (outcome.kind === 'choose') return;
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
    // its form is on the page before: whoever reloads what came of it has chosen already
    app.get('/oauth/choose/:token', (c) => answering(c, async () => OVER));
    app.post('/oauth/choose/:token', (c) =>
      answering(c, async () => {
        const form = await readForm(c.req.raw);
        if (!form) return c.text('This is longer than the form of any choice.', 413);
        const outcome = await choose(c.req.param('token'), form.getAll('account'));
        await tellSoon(outcome);
        return pageOf(outcome, platforms);
      }),
    );
  };
}

/** Null where it is longer than any of ours. */
async function readForm({ body }: Request): Promise<URLSearchParams | null> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > FORM_MAX) return null;
  }
  return new URLSearchParams(text + decoder.decode());
}
