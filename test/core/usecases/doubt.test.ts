// A delivery whose last try got no answer may be out already: what a person changes meanwhile must not make a second post of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PostDetails } from '../../../src/core/post.ts';
import { cancelPost } from '../../../src/core/usecases/cancel-post.ts';
import { editPost } from '../../../src/core/usecases/edit-post.ts';
import { movePost } from '../../../src/core/usecases/move-post.ts';
import { breaksOff } from '../../support/scripted-network.ts';
import { openWorkbench, type Workbench } from '../../support/workbench.ts';

let bench: Workbench;
let post: PostDetails;

beforeEach(async () => {
  bench = await openWorkbench();
  bench.network.asked = 'fails';
  bench.network.next(breaksOff(true));
  post = await bench.schedule({ text: 'as it was sent' });
  await bench.work();
  bench.network.asked = 'knows';
});

afterEach(() => bench.close());

const deps = () => ({ store: bench.store, clock: bench.clock, jobs: { wakeAt: async () => {} }, platforms: bench.platforms });
const state = async () => (await bench.read(post)).deliveries[0]?.state;

describe('a post that may already be out', () => {
  it('keeps the text it was sent with', async () => {
    const edit = editPost(deps(), bench.actor, { number: post.post.number, text: 'something else' });
    await expect(edit).rejects.toMatchObject({ kind: 'invalid-input' });
    bench.clock.forward({ minutes: 1 });
    await bench.work();
    expect(await state()).toBe('published');
    expect(bench.network.posts.map((each) => each.text)).toEqual(['as it was sent']);
  });

  it('is asked about before it is sent at the time it was moved to', async () => {
    const at = bench.clock.now().add({ hours: 24 }).toZonedDateTimeISO('Europe/Berlin');
    const { notes } = await movePost(deps(), bench.actor, { number: post.post.number, at });
    expect(notes.join()).toContain('may already be out');
    bench.clock.forward({ hours: 24 });
    await bench.work();
    expect(await state()).toBe('published');
    expect(bench.network.posts).toHaveLength(1);
  });

  it('can be canceled, with a word that it may be out all the same', async () => {
    const { notes } = await cancelPost(deps(), bench.actor, post.post.number);
    expect(notes.join()).toContain('may already be out');
    expect(await state()).toBe('canceled');
  });
});
