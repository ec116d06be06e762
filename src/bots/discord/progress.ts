// How far something is, shown in one place: the newest word counts, not more often than Discord likes messages to be changed. Where that
// place is, is the voice's matter.
import type { Log } from '../../core/ports.ts';
import { type Pause, pauseUnlessStopped } from '../telling.ts';
import type { DiscordMessage } from './render.ts';

export interface ProgressOptions {
  /** Shows it in place of what was shown before. */
  show: (message: DiscordMessage) => Promise<void>;
  pause: Pause;
  log: Log;
}

export interface Progress {
  /** Begins to show it, unless something newer comes first. Nothing happens once it has ended. */
  say: (message: DiscordMessage) => void;
  /** Resolves when nothing is shown any more: the answer comes now. */
  end: () => Promise<void>;
}

/** Milliseconds between two changes of the same message. */
export const PROGRESS_EVERY_MS = 1000;

/** A failure is logged: what is under way goes on. */
export function openProgress({ show, pause, log }: ProgressOptions): Progress {
  const stopping = new AbortController();
  const { signal } = stopping;
  let newest: DiscordMessage | null = null;
  let showing: Promise<void> | null = null;

  async function showOn(): Promise<void> {
    while (newest !== null && !signal.aborted) {
      const message = newest;
      newest = null;
      try {
        await show(message);
      } catch (error) {
        log.warn({ err: error }, 'it could not be shown how far a command is');
      }
      await pauseUnlessStopped(pause, PROGRESS_EVERY_MS, signal);
    }
    showing = null;
  }

  return {
    say(message) {
      if (signal.aborted) return;
      newest = message;
      showing ??= showOn();
    },
    async end() {
      stopping.abort();
      await showing;
    },
  };
}
