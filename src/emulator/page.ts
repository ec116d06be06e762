// What the networks' pages share: the frame of a document and the small things every feed shows. Colours are each network's own.
import { html, raw } from 'hono/html';

export type Html = ReturnType<typeof html>;

export interface PageFrame {
  title: string;
  /** The network's style sheet; ours, never a client's. */
  css: string;
  body: Html;
}

const SHARED_CSS = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
.column{max-width:600px;min-height:100vh;margin:0 auto;background:var(--card);border:solid var(--line);border-width:0 1px}
.bar{position:sticky;top:0;z-index:1;display:flex;align-items:center;gap:.6rem;padding:.8rem 1rem;background:var(--card);border-bottom:1px solid var(--line)}
.bar h1{margin:0;font-size:1.05rem}
.bar a{color:inherit}
.bar .note{margin-left:auto;color:var(--dim);font-size:.8rem;text-align:right}
article{padding:.9rem 1rem;border-bottom:1px solid var(--line)}
.avatar{display:grid;place-items:center;flex:none;background:var(--accent);color:#fff;font-weight:700;letter-spacing:.02em}
.name{color:var(--ink);font-weight:700}
.handle,time,.empty{color:var(--dim)}
.text{overflow-wrap:anywhere}
.images{display:grid;gap:4px;margin-top:.7rem;overflow:hidden}
.images.many{grid-template-columns:1fr 1fr}
figure{position:relative;margin:0;overflow:hidden;background:var(--ground)}
figure img,figure video{display:block;width:100%;height:100%;max-height:32rem;object-fit:cover}
.many figure{aspect-ratio:16/10}
figcaption{position:absolute;left:6px;bottom:6px;max-width:calc(100% - 12px);padding:1px 7px;overflow:hidden;border-radius:5px;background:#000b;color:#fff;font-size:.75rem;text-overflow:ellipsis;white-space:nowrap}
.empty{padding:3.5rem 1.5rem;text-align:center}
code{padding:.1em .35em;border-radius:4px;background:var(--ground);font-size:.9em;overflow-wrap:anywhere}
`;

export const renderPage = ({ title, css, body }: PageFrame): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${raw(css + SHARED_CSS)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;

export interface PageFile {
  url: string;
  alt: string;
}

export const renderImages = (images: readonly PageFile[]): Html | string =>
  images.length === 0
    ? ''
    : html`<div class="images ${images.length > 1 ? 'many' : 'one'}">${images.map(
        ({ url, alt }) =>
          html`<figure><img src="${url}" alt="${alt}" loading="lazy" />${alt === '' ? '' : html`<figcaption title="${alt}">ALT ${alt}</figcaption>`}</figure>`,
      )}</div>`;

export const renderVideos = (videos: readonly PageFile[]): Html | string =>
  videos.length === 0
    ? ''
    : html`<div class="images one">${videos.map(
        ({ url, alt }) => html`<figure><video src="${url}" aria-label="${alt}" controls preload="metadata"></video></figure>`,
      )}</div>`;

/** Day and minute in UTC, since the page does not know its reader's zone; the full instant is in the attribute. */
export function renderTime(at: string): Html {
  const text = Temporal.Instant.from(at)
    .toZonedDateTimeISO('UTC')
    .toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  return html`<time datetime="${at}">${text} UTC</time>`;
}

/** `Crier Demo` -> `CD`, `Crier` -> `C`. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
