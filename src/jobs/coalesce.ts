// One run at a time; whoever asks while one is under way gets the run after it. Many askers, one follow-up.

/** @returns asks for a run, and resolves when a run that began after the asking has ended. */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const start = (): Promise<void> => {
    current = run().finally(() => {
      current = null;
    });
    return current;
  };

  return () => {
    if (!current) return start();
    const follow = (): Promise<void> => {
      next = null;
      return start();
    };
    // after the current run, however it ends: a failure is its own asker's to hear
    next ??= current.then(follow, follow);
    return next;
  };
}
