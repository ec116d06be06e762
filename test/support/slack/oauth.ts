// Installing the app: the page that asks, and the exchange of its code, once and with the same redirect_uri
// (https://docs.slack.dev/authentication/installing-with-oauth).
import type { IncomingMessage, ServerResponse } from 'node:http';
import { APP, type Team } from './cast.ts';
import { EMULATED_REDIRECT, type TeamEmulator } from './team-emulator.ts';
import type { Tokens } from './tokens.ts';
import { answerPage, isObject, type Json, text } from './wire.ts';

export interface Consent {
  team: Team;
  userId: string;
  /** False where the person says no. */
  allow: boolean;
}

export interface OAuth {
  /** What the next people on the page say. */
  decide: (consent: Consent) => void;
  /** Answers where the path is that of the page. @returns whether it was */
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** oauth.v2.access */
  exchange: (args: Json, authorization: string | undefined) => Promise<{ answer: Json; teamId: string | null }>;
}

export function openOAuth(options: { teams: (id: string) => TeamEmulator; tokens: Tokens; first: Team }): OAuth {
  let consent: Consent = { team: options.first, userId: options.first.people.ann.id, allow: true };
  const codes = new Map<string, { team: TeamEmulator; redirectUri: string }>();

  const serve: OAuth['serve'] = async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://slack');
    if (url.pathname !== '/oauth/v2/authorize') return false;
    const asked = url.searchParams;
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== APP.clientId || !URL.canParse(redirectUri)) {
      answerPage(response, 400, '<h1>Something is wrong with this link</h1>');
      return true;
    }
    const back = new URL(redirectUri);
    const state = asked.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (consent.allow) {
      const team = options.teams(consent.team.id);
      const code = await team.consent(consent.userId, asked.get('scope') ?? '');
      codes.set(code, { team, redirectUri });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    response.writeHead(302, { location: back.href }).end();
    return true;
  };

  const exchange: OAuth['exchange'] = async (args, authorization) => {
    const asked = codes.get(text(args.code));
    const refuse = (error: string): { answer: Json; teamId: null } => ({ answer: { ok: false, error }, teamId: null });
    if (!asked) return refuse('invalid_code');
    if (text(args.redirect_uri) !== asked.redirectUri) return refuse('bad_redirect_uri');
    const given = credentials(args, authorization);
    const exact = { code: args.code, redirect_uri: EMULATED_REDIRECT, client_id: given.id, client_secret: given.secret };
    const answer = await asked.team.call('', 'oauth.v2.access', exact);
    if (answer.ok === true) {
      codes.delete(text(args.code));
      const scopes = text(answer.scope).split(',');
      options.tokens.add(text(answer.access_token), { team: asked.team.team, scopes });
    }
    return { answer, teamId: isObject(answer.team) ? text(answer.team.id) : null };
  };
  const decide: OAuth['decide'] = (next) => {
    consent = next;
  };
  return { decide, serve, exchange };
}

function credentials(args: Json, authorization: string | undefined): { id: string; secret: string } {
  const basic = /^Basic\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return { id: text(args.client_id), secret: text(args.client_secret) };
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id, secret };
}
