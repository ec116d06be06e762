import { afterAll, expect, it } from 'vitest';
import { newsCard } from '../../src/bots/news-card.ts';
import { closeNewsrooms, PUBLISHED } from '../core/usecases/newsroom.ts';
import { openDesk, wordsOf } from './commands/desk.ts';

afterAll(closeNewsrooms);

it('the card for news is that of the post as it stands now, on the clock of its author', async () => {
  const desk = await openDesk();
  await desk.say('/timezone new york');
  await desk.say('/schedule tomorrow 9am to bluesky: Hello');
  const { post } = await desk.find(1);
  const author = await desk.enter({});
  desk.clock.forward({ hours: 48 });
  await desk.settle(() => PUBLISHED);
  const card = await newsCard(desk.deps, { post, author });
  expect(card.cardOf?.postId).toBe(post.id);
  expect(wordsOf(card)).toContain('P1 published\nWhen: Mon 23 Nov 2026, 09:00 EST');
  expect(wordsOf(card)).toContain('https://bluesky.example/post/1');
});
