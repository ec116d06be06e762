// Whether the parts that a process relies on work. What is checked is handed in; what an answer means for others is the asker's matter.
import type { PartState } from '../core/operations.ts';
import type { Log } from '../core/ports.ts';
import { type Now, seldom, withinLimit } from './asking.ts';

export interface Check {
  /** The part's: `database`, `mongodb`, `slack`. */
  name: string;
  /** Without it the process can do nothing of its work; without another part it goes on, worse. */
  isNeeded: boolean;
  /** Resolves where the part works, and is given up after two seconds. */
  run: () => Promise<void>;
}

export interface CheckResult {
  name: string;
  state: PartState;
  isNeeded: boolean;
}

export interface Checks {
  /** How all parts are, in the order of the checks. No check runs more often than once a second, however many ask. */
  run: () => Promise<CheckResult[]>;
}

/** @param now for tests */
export function openChecks(checks: readonly Check[], log: Pick<Log, 'info' | 'warn'>, now?: Now): Checks {
  const states = new Map<string, PartState>();

  /** Why a check fails goes to the log only, and once: the page may be open to others, and it may be asked for all day. */
  async function look({ name, isNeeded, run }: Check): Promise<CheckResult> {
    const before = states.get(name) ?? 'ok';
    const state = await withinLimit(run).then(
      (): PartState => 'ok',
      (error: unknown): PartState => {
        if (before === 'ok') log.warn({ err: error, check: name, isNeeded }, 'a part that this process relies on does not work');
        return 'failing';
      },
    );
    if (state === 'ok' && before === 'failing') log.info({ check: name }, 'a part that had failed works again');
    states.set(name, state);
    return { name, state, isNeeded };
  }

  return { run: seldom(() => Promise.all(checks.map(look)), now) };
}
