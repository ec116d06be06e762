// HTTP mocks that keep a test honest: it fails on a request nobody announced, and on an announced one that never came.
import nock from 'nock';
import { afterEach, beforeEach } from 'vitest';

export interface HttpMocks {
  /** Announces requests to this origin. */
  mock: (origin: string, options?: nock.Options) => nock.Scope;
  /** What went wrong so far, one sentence each. */
  complaints: () => string[];
  /** Forgets everything and lets real requests through again. */
  close: () => void;
}

export function openHttpMocks(): HttpMocks {
  const unexpected: string[] = [];
  const note = (request: Request): void => void unexpected.push(`unexpected request: ${request.method} ${request.url}`);
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.emitter.on('no match', note);
  return {
    mock: (origin, options) => nock(origin, options),
    complaints: () => [...unexpected, ...nock.pendingMocks().map((mocked) => `unused mock: ${mocked}`)],
    close: () => {
      nock.emitter.off('no match', note);
      nock.cleanAll();
      nock.enableNetConnect();
      nock.restore();
    },
  };
}

/** Mocks for every test of the enclosing block; a test with complaints fails. */
export function useHttpMocks(): HttpMocks['mock'] {
  let mocks: HttpMocks | undefined;
  beforeEach(() => {
    mocks = openHttpMocks();
  });
  afterEach(() => {
    const complaints = mocks?.complaints() ?? [];
    mocks?.close();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  return (origin, options) => {
    if (!mocks) throw new Error('mocks are there only while a test runs');
    return mocks.mock(origin, options);
  };
}
