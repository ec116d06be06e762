// What this process has taken already, so that most repetitions end here; across processes and restarts the store decides.

export interface Seen {
  isNew: (id: string) => boolean;
}

const REMEMBERED = 10_000;

export function openSeen(): Seen {
  const ids = new Set<string>();
  return {
    isNew(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      const oldest = ids.keys().next();
      if (ids.size > REMEMBERED && !oldest.done) ids.delete(oldest.value);
      return true;
    },
  };
}
