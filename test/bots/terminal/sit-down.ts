// A person at an interactive terminal: the keys they press, and what they see.
import { openChat } from './chat.ts';

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const CTRL_U = '\u0015';
export const UP = '\u001B[A';

/** A chat with somebody at its keyboard, at its first prompt. */
export async function sitDown(options: Parameters<typeof openChat>[0] = {}) {
  const opened = openChat({ isInteractive: true, ...options });
  const done = opened.chat.run();
  await opened.until('> ');
  const type = (keys: string): void => void opened.input.write(keys);
  const leave = async (): Promise<{ exitCode: number }> => {
    type(CTRL_C);
    type(CTRL_D);
    return done;
  };
  return { ...opened, done, type, leave };
}
