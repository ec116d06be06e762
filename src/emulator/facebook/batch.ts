// Several questions in one request, each with an answer of its own: https://developers.facebook.com/docs/graph-api/batch-requests
// (checked 2026-11-22). It reads, and writes nothing. Each question counts as a call, and here so does the request they came with.
import { z } from 'zod';
import type { EmulatorApp } from '../network.ts';
import { authorize, GraphError, invalid, readParameters, textOf, VERSION } from './graph.ts';
import type { FacebookState } from './state.ts';

const MOST_REQUESTS = 50;
const Batch = z
  .string()
  .transform((text, issues): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      issues.addIssue('no JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(z.object({ method: z.literal('GET'), relative_url: z.string() })).min(1));

export function mountBatch(app: EmulatorApp, state: FacebookState): void {
  app.post(VERSION, async (c) => {
    const parameters = await readParameters(c);
    authorize(c, state, parameters);
    const batch = Batch.safeParse(textOf(parameters, 'batch'));
    if (!batch.success) throw invalid('batch parameter must be a JSON array');
    // the words are those of a public report, the code is unverified
    if (batch.data.length > MOST_REQUESTS)
      throw new GraphError({
        message: `Too many requests in batch message. Maximum batch size is ${MOST_REQUESTS}`,
        type: 'GraphBatchException',
        code: 100,
      });
    const headers = { authorization: c.req.header('authorization') ?? `Bearer ${textOf(parameters, 'access_token')}` };
    const answers = await Promise.all(
      batch.data.map(async ({ relative_url: url }) => {
        const answer = await app.request(`${VERSION}/${url}`, { headers }, c.env);
        const told = [...answer.headers].map(([name, value]) => ({ name, value }));
        const shown = textOf(parameters, 'include_headers') === 'false' ? {} : { headers: told };
        return { code: answer.status, ...shown, body: await answer.text() };
      }),
    );
    return c.json(answers);
  });
}
