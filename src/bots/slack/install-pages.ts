// The few pages a person meets in the browser while Crier is being installed into a Slack team: plain HTML, nothing from elsewhere.
import type { ServerResponse } from 'node:http';
import { html } from 'hono/html';

export interface InstallPage {
  status: number;
  title: string;
  lines: readonly string[];
  link?: { url: string; label: string };
}

/** Nothing is loaded, nothing may frame it, and the address with its state is passed on to nobody. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
};

/** For answers that another part writes itself. */
export function setPageHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

export const renderPage = ({ title, lines, link }: Omit<InstallPage, 'status'>): string =>
  String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style>
            body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
            a.button { display: inline-block; padding: 0.6rem 1.2rem; border-radius: 0.4rem; background: #1f3a5f; color: #fff; }
          </style>
        </head>
        <body>
          <h1>${title}</h1>
          ${lines.map((line) => html`<p>${line}</p>`)}
          ${link ? html`<p><a class="button" href="${link.url}">${link.label}</a></p>` : ''}
        </body>
      </html>`,
  );

export function sendPage(response: ServerResponse, page: InstallPage): void {
  setPageHeaders(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.writeHead(page.status).end(renderPage(page));
}
