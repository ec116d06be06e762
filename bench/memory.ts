// What a process takes of the machine's memory.
import { execFileSync } from 'node:child_process';

/** Resident memory: what the machine has to have for it. */
export const memoryMb = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
