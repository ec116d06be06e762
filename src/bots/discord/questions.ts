// What Crier asks back by buttons of its own: which server is meant, and whether somebody is sure. What follows the answer waits in
// memory, since a button carries a hundred characters; whoever answers too late is asked to say it once more.
import type { Button } from '../reply.ts';
import type { Front, Work } from './front.ts';

/** `server`: what was asked for is begun then. `sure`: what was pressed is done then, and the question goes. */
export type Asking = 'server' | 'sure';

/** What is done once a button is pressed, by the person who was asked and nobody else. */
export interface Question {
  userId: string;
  work: Work;
}

export interface Answer extends Question {
  asking: Asking;
  teamId: string;
  label: string;
  style?: Button['style'];
}

/** `discord/server/1042~1f2e3d4c`. */
const ANSWER = /^discord\/(server|sure)\/(\d+)~(\w+)$/;

/** The button that gives an answer, kept until it is pressed. */
export const answerButton = (
  { questions }: Pick<Front, 'questions'>,
  { asking, teamId, label, style, ...question }: Answer,
): Button => ({
  label,
  command: 'discord',
  name: asking,
  subject: `${teamId}~${questions.keep(question)}`,
  ...(style ? { style } : {}),
});

/** The answer behind a button; null for every other button. `work` is undefined where it is kept no more, or is somebody else's. */
export function readAnswer(
  { questions }: Pick<Front, 'questions'>,
  buttonId: string,
  userId: string,
): { asking: Asking; teamId: string; work: Work | undefined } | null {
  const [, asking, teamId = '', id = ''] = ANSWER.exec(buttonId) ?? [];
  if (asking !== 'server' && asking !== 'sure') return null;
  const question = questions.find(id);
  return { asking, teamId, work: question?.userId === userId ? question.work : undefined };
}
