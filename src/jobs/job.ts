// What a recurring job is: data, and one function. Who runs it, and how often it did, is the job runner's matter.

export interface Job {
  /** As it stands in /status and in Agenda: `media clean-up`. */
  name: string;
  /** What it is for, in a few words. */
  summary: string;
  /** Milliseconds from one planned run to the next: a minute or more. */
  everyMs: number;
  /**
   * May be run by any process, and again after one that died in the middle of it.
   * @returns what it did, in a few words: `made 3 occurrences`
   * @throws where it could not do it; the message is shown to those who run Crier
   */
  run: () => Promise<string>;
}
