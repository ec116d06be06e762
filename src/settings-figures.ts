// The settings of figures: how often networks are asked how posts and accounts do, and when threads are told of it.
import { z } from 'zod';
import { setting, text } from './setting.ts';

/** Longer than this nobody's posts are looked at: a year. */
const MOST_HOURS = 8_760;

const hours = (value: string): number[] | null => {
  const parts = value.split(',').map((part) => part.trim());
  const numbers = parts.map(Number);
  const areHours = parts.every((part) => /^\d{1,4}$/.test(part)) && numbers.every((each) => each >= 1 && each <= MOST_HOURS);
  return areHours ? [...new Set(numbers)].sort((one, other) => one - other) : null;
};

/** `1,6,24`, or `none`. */
const hoursOrNone = text.transform((value, context): number[] => {
  const read = value.toLowerCase() === 'none' ? [] : hours(value);
  if (read) return read;
  context.addIssue({ code: 'custom', message: `must be hours from 1 to ${MOST_HOURS} with commas between, or none` });
  return z.NEVER;
});

export const figuresSettings = {
  CRIER_FIGURES_MINUTES: setting(
    text
      .regex(/^\d{1,4}$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(5, 'must be 5 or more').max(1440, 'must be 1440 or less'))
      .prefault('60'),
    { description: 'Minutes between two looks at the figures of an account itself, such as its followers.', example: '60' },
  ),
  CRIER_FIGURES_AFTER_HOURS: setting(hoursOrNone.prefault('1,6,24,72,168,720'), {
    description: 'Hours after a post went out at which its figures are read, or none.',
    example: '1,6,24,72,168,720',
  }),
  CRIER_FIGURES_TELL_HOURS: setting(hoursOrNone.prefault('24,168'), {
    description: 'Hours after a post went out at which its thread is told its figures, or none.',
    example: '24,168',
  }),
};
