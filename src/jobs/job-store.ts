// Where Agenda keeps its jobs: in MongoDB where one is named, else in PostgreSQL. What both must do, and whether they can be reached.
import type { AgendaBackend, NotificationChannel } from 'agenda';
import type { Log } from '../core/ports.ts';
import { openMongoStore } from './job-store-mongo.ts';
import { openPostgresStore } from './job-store-postgres.ts';

export interface Connected {
  backend: AgendaBackend;
  /** Tells at once of jobs that others store; null where the server cannot. */
  channel: NotificationChannel | null;
  /** How often Agenda looks for jobs that it was not told of. */
  lookEveryMs: number;
}

export interface JobStore {
  backend: 'MongoDB' | 'PostgreSQL';
  /** @param listens whether this process wants to be told of jobs. @throws where the server does not answer. */
  connect: (listens: boolean) => Promise<Connected>;
  /** Makes the tables and indices that are missing. @throws where the server does not answer. */
  prepare: () => Promise<void>;
  /** Known to be away: asking would only cost time. */
  isAway: () => boolean;
  /** An error of Agenda's, which may mean that the server is away. */
  onTrouble: (error: Error) => void;
  /** @throws where the server does not answer. */
  ping: () => Promise<void>;
  /** Removes jobs of this name whose `data.at` lies before. @returns how many. */
  removeBefore: (name: string, at: Temporal.Instant) => Promise<number>;
  /** Removes repeating jobs of other names than these. */
  removeRepeatingBut: (names: readonly string[]) => Promise<void>;
  /** Gives up locks on repeating jobs that were left when a write of theirs failed. @param holder Agenda's name in this process. */
  unlockRepeating: (holder: string, runningNames: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
}

export interface JobStoreOptions {
  /** `postgres://...`. Agenda gets connections of its own, since it reads dates its own way. */
  databaseUrl: string;
  /** `mongodb://...` or null. */
  mongoUrl: string | null;
  log: Log;
  /** Called each time the server is back after it was away: what it knew may be gone, and what was to be written is missing. */
  onBack: () => void;
}

/** Contacts nothing yet. */
export const openJobStore = ({ mongoUrl, databaseUrl, ...rest }: JobStoreOptions): JobStore =>
  mongoUrl === null ? openPostgresStore(databaseUrl, rest) : openMongoStore(mongoUrl, rest);

/** Whether a job that is to be there once was stored by somebody else a moment before: E11000 of MongoDB, 23505 of PostgreSQL. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 11_000 || error.code === '23505');
