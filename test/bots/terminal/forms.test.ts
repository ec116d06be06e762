import { expect, it } from 'vitest';
import type { Form } from '../../../src/bots/reply.ts';
import type { Question } from '../../../src/bots/terminal/editor.ts';
import { askForm } from '../../../src/bots/terminal/forms.ts';

it('a form asked one field after the other leaves its asides out, and sends them as they are', async () => {
  const form: Form = {
    title: 'Schedule a post',
    command: 'schedule',
    fields: [
      { name: 'when', label: 'When', kind: 'when', required: true },
      { name: 'variants', label: 'A text of its own', kind: 'variants', required: false, aside: true },
      { name: 'campaign', label: 'Campaign', kind: 'line', required: false, aside: true, value: 'launch' },
    ],
    carried: {},
    inOneLine: '/schedule',
  };
  const asked: string[] = [];
  const ask = async ({ prompt }: Question) => {
    asked.push(prompt.trim());
    return { kind: 'line', text: 'noon' } as const;
  };
  const values = await askForm(form, { ask, print: () => {}, aids: () => ({}) }, true);
  expect(asked).toEqual(['When:']);
  expect(values).toEqual({ when: 'noon', campaign: 'launch' });
});
