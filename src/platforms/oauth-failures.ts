// What a network's OAuth endpoint answered where it did not do what was asked, as oauth4webapi throws it. Shared by the platforms.
import * as oauth from 'oauth4webapi';
import type { CrierError } from '../core/errors.ts';
import { classifyAnswer, classifyTransport } from './failures.ts';

export interface OAuthRefusal {
  status: number;
  /** RFC 6749 section 5.2: `invalid_client`, `invalid_grant`; null where the answer named none. */
  code: string | null;
  response: Response;
}

/** Null for what is no answer of the endpoint. */
export function refusalOf(error: unknown): OAuthRefusal | null {
  if (error instanceof oauth.ResponseBodyError) return { status: error.status, code: error.error, response: error.response };
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const code = error.cause.map(({ parameters }) => parameters.error).find((each) => each !== undefined) ?? null;
    return { status: error.status, code, response: error.response };
  }
  const isOther = error instanceof oauth.OperationProcessingError && error.cause instanceof Response;
  return isOther && error.cause instanceof Response ? { status: error.cause.status, code: null, response: error.cause } : null;
}

/** By status where there was an answer, else as for every request. Never with a body, which may hold a token. */
export function classifyOAuth(network: string, error: unknown): CrierError {
  const refusal = refusalOf(error);
  if (!refusal) return classifyTransport(network, error);
  const { status, code, response } = refusal;
  return classifyAnswer(network, { status, header: (name) => response.headers.get(name), message: code ?? '', cause: error });
}
