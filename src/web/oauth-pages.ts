// The pages of connecting by a link: what became of it, and the form that asks which of several accounts to connect. Only words and HTML;
// what happened was decided elsewhere.
import { html } from 'hono/html';
import { StoreFailure } from '../core/errors.ts';
import type { Platforms } from '../core/ports.ts';
import { nameAccount } from '../core/targets.ts';
import type { Connected, Ended, LinkOutcome, Offer, Offers } from '../core/usecases/link-outcome.ts';

export interface Page {
  status: 200 | 400 | 404 | 500 | 503;
  title: string;
  lines: readonly string[];
  /** What there is to choose from, and where the choice is sent. */
  form?: { action: string; offers: readonly Offer[] };
}

const AGAIN = 'Type /connect in your chat for a new one.';

export const OVER: Page = {
  status: 404,
  title: 'This link does not count any more',
  lines: ['It was used already, or its ten minutes are over. Nothing was connected by it now.', AGAIN],
};

export function pageOf(outcome: LinkOutcome, platforms: Platforms): Page {
  if (outcome.kind === 'unknown') return { ...OVER, status: 400 };
  if (outcome.kind === 'choose') return choosePage(outcome);
  if (outcome.kind === 'connected') return connectedPage(outcome, platforms);
  const title = 'Nothing was connected';
  if (outcome.kind === 'failed') return { status: 400, title, lines: [outcome.sentence] };
  const { id, name } = outcome.platform;
  const lines = [`You pressed Deny at ${name}, and that is how it stays.`, `To begin again, type /connect ${id} in your chat.`];
  return { status: 200, title, lines };
}

/** What is no name of a team's own begins small within a sentence: `This terminal`. */
const inSentence = (name: string): string => name.replace(/^This (?=terminal$)/, 'this ');

function choosePage({ token, offers, sentence, platform, asker }: Offers & Ended): Page {
  const { name } = asker.actor.workspace;
  const about = `${platform.name} let Crier in for ${offers.length} accounts. Tick those that ${inSentence(name)} may post to, within ten minutes.`;
  return {
    status: sentence === null ? 200 : 400,
    title: `Which accounts of ${platform.name}?`,
    lines: sentence === null ? [about] : [sentence, about],
    form: { action: `/oauth/choose/${token}`, offers },
  };
}

function connectedPage({ connections, missing, asker }: Connected & Ended, platforms: Platforms): Page {
  const without = missing.flatMap((scope) => (scope.without === null ? [] : [scope.without]));
  const each = connections.map(
    ({ account, renewed }) => `${nameAccount(account, platforms)} is ${renewed ? 'connected again' : 'connected'}`,
  );
  const [only = '', ...others] = each;
  const back = `You can close this page and go on in ${inSentence(asker.actor.workspace.name)}.`;
  if (others.length === 0) return { status: 200, title: only, lines: [...without, back] };
  const title = `${connections.length} accounts are connected`;
  return { status: 200, title, lines: [...each.map((sentence) => `${sentence}.`), ...without, back] };
}

export function failedPage(error: unknown): Page {
  const isStore = error instanceof StoreFailure;
  const sentence = isStore ? error.userMessage : 'Something went wrong in Crier, and it was not you. Its log says what.';
  return { status: isStore ? 503 : 500, title: 'That did not work', lines: [sentence, AGAIN] };
}

/** No page runs or loads anything, and only the one with a form sends one, to this Crier. */
export const policyOf = ({ form }: Page): string =>
  `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action ${form ? "'self'" : "'none'"}`;

const CSS = `body{max-width:34rem;margin:12vh auto;padding:0 1.2rem;font:1.05rem/1.5 system-ui,sans-serif;color:#1d1d24;background:#fff}
h1{font-size:1.4rem;overflow-wrap:anywhere}
fieldset{border:0;margin:0 0 1.2rem;padding:0}
label{display:block;padding:.45rem 0;overflow-wrap:anywhere}
small{opacity:.75}
button{font:inherit;padding:.5rem 1.1rem}
@media (prefers-color-scheme:dark){body{color:#f2f2f5;background:#16161c}}`;

export const renderPage = ({ title, lines, form }: Page) => html`<!doctype html>
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
      ${lines.map((line) => html`<p>${line}</p>`)} ${form ? renderForm(form) : ''}
    </body>
  </html>`;

const renderForm = ({ action, offers }: NonNullable<Page['form']>) => html`<form method="post" action="${action}">
  <fieldset>
    ${offers.map(renderOffer)}
  </fieldset>
  <button>Connect</button>
</form>`;

function renderOffer({ handle, kind, isConnected }: Offer, place: number) {
  const about = [...(kind === null ? [] : [kind]), ...(isConnected ? ['connected already'] : [])].join(', ');
  const checked = isConnected ? html` checked` : '';
  return html`<label>
    <input type="checkbox" name="account" value="${place}" ${checked} /> ${handle} ${about === '' ? '' : html`<small>${about}</small>`}
  </label>`;
}
