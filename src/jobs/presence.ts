// Whether the server of Agenda's jobs can be reached. Going away and coming back is said once each, not with every job.
import type { Log } from '../core/ports.ts';

export interface Presence {
  isAway: () => boolean;
  away: (error: Error) => void;
  back: () => void;
  /** An error that may come from being away, and is then no news. One that repeats itself is said once. */
  trouble: (error: Error, message: string) => void;
}

export interface PresenceOptions {
  server: string;
  log: Log;
  onBack: () => void;
}

export function openPresence({ server, log, onBack }: PresenceOptions): Presence {
  let isAway = false;
  let lastSaid = '';
  return {
    isAway: () => isAway,
    away: ({ message: reason }) => {
      if (!isAway) log.warn({ reason }, `${server} does not answer; posts go out by the sweep until it does`);
      isAway = true;
    },
    back: () => {
      if (!isAway) return;
      isAway = false;
      log.info({}, `${server} answers again`);
      onBack();
    },
    trouble: (error, message) => {
      const isNews = !isAway && error.message !== lastSaid;
      if (isNews) lastSaid = error.message;
      if (isNews) log.warn({ err: error }, message);
      else log.debug({ err: error }, message);
    },
  };
}
