// What YouTube's documented refusals are read as.
import { describe, expect, it } from 'vitest';
import type { CrierError } from '../../src/core/errors.ts';
import { youtube } from '../../src/platforms/youtube/index.ts';
import errors from '../fixtures/youtube/errors.json' with { type: 'json' };
import { failureOf } from './harness.ts';
import { API, published, useYouTubeWire } from './wire-youtube-desk.ts';

const { mock, access } = useYouTubeWire();

describe("YouTube's refusals", () => {
  const refused = async (status: number, body: object, headers: Record<string, string> = {}): Promise<CrierError> => {
    mock(API).post('/youtube/v3/commentThreads').query(true).reply(status, body, headers);
    const post = { ...access(), text: 'x', post: published, beforeSend: async () => undefined };
    return failureOf(youtube, youtube.comment?.(post) ?? Promise.resolve());
  };

  it.each(errors.byReason)('$status $reason is $kind', async ({ status, reason, kind, retryAfterMs }) => {
    const message = 'In the words of YouTube';
    const body = { error: { code: status, message, errors: [{ message, domain: 'youtube.api', reason }] } };
    expect(await refused(status, body)).toMatchObject({ kind, retryAfterMs });
  });

  it('a used up quota is back at midnight in California, in winter', async () => {
    const { status, headers, body } = errors.quota;
    const { kind, retryAfterMs, userMessage } = await refused(status, body, headers);
    const midnight = Date.parse('2024-11-27T08:00:00Z');
    expect({ kind, retryAfterMs }).toEqual({ kind: 'rate-limited', retryAfterMs: midnight - Date.parse(headers.date) });
    expect(userMessage).toContain('midnight Pacific Time');
  });

  it('and in summer', async () => {
    const { retryAfterMs } = await refused(403, errors.quota.body, { date: 'Sat, 18 Jul 2026 06:30:00 GMT' });
    expect(retryAfterMs).toBe(30 * 60_000);
  });

  it("are told in YouTube's words, without its links", async () => {
    const message = 'See <a href="/youtube/v3">the page</a>.';
    const body = { error: { code: 400, message, errors: [{ message, domain: 'youtube.api', reason: 'badRequest' }] } };
    expect((await refused(400, body)).userMessage).toContain('See the page.');
  });
});
