// What Discord answers when it refuses: status, code and message, and for a bad body the tree of what is wrong where.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (2026-11-22)

export interface FieldProblem {
  code: string;
  message: string;
}
export interface ProblemTree {
  _errors?: FieldProblem[];
  [key: string]: ProblemTree | FieldProblem[] | undefined;
}
export type Path = readonly (string | number)[];

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: ProblemTree | undefined;
  constructor(status: number, code: number, message: string, errors?: ProblemTree) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

const refusal =
  (status: number, code: number, message: string): (() => Refusal) =>
  () =>
    new Refusal(status, code, message);

export const refusals = {
  unauthorized: refusal(401, 0, '401: Unauthorized'),
  noSuchRoute: refusal(404, 0, '404: Not Found'),
  unknownApplication: refusal(404, 10002, 'Unknown Application'),
  unknownChannel: refusal(404, 10003, 'Unknown Channel'),
  unknownGuild: refusal(404, 10004, 'Unknown Guild'),
  unknownMember: refusal(404, 10007, 'Unknown Member'),
  unknownMessage: refusal(404, 10008, 'Unknown Message'),
  unknownUser: refusal(404, 10013, 'Unknown User'),
  unknownWebhook: refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: refusal(404, 10062, 'Unknown interaction'),
  unknownCommand: refusal(404, 10063, 'Unknown application command'),
  tooLarge: refusal(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: refusal(400, 40060, 'Interaction has already been acknowledged.'),
  tooManyFollowUps: refusal(400, 40094, 'This interaction reached the maximum number of follow up messages'),
  missingAccess: refusal(403, 50001, 'Missing Access'),
  notYourMessage: refusal(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: refusal(400, 50006, 'Cannot send an empty message'),
  cannotWriteToUser: refusal(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: refusal(403, 50013, 'Missing Permissions'),
  wrongChannelType: refusal(400, 50024, 'Cannot execute action on this channel type'),
  invalidWebhookToken: refusal(401, 50027, 'Invalid Webhook Token'),
  threadArchived: refusal(400, 50083, 'Thread is archived'),
  threadExists: refusal(400, 160004, 'A thread has already been created for this message'),
};

/** Gathers what is wrong with a body and refuses it in one piece, code 50035. */
export interface Problems {
  note: (path: Path, code: string, message: string) => void;
  throwIfAny: () => void;
}

export function openProblems(): Problems {
  const tree: ProblemTree = {};
  let any = false;
  return {
    note: (path, code, message) => {
      any = true;
      let at = tree;
      for (const step of path) {
        const next = at[String(step)];
        if (next !== undefined && !Array.isArray(next)) at = next;
        else {
          const made: ProblemTree = {};
          at[String(step)] = made;
          at = made;
        }
      }
      at._errors = [...(at._errors ?? []), { code, message }];
    },
    throwIfAny: () => {
      if (any) throw new Refusal(400, 50035, 'Invalid Form Body', tree);
    },
  };
}

/** Notes a text whose length is out of bounds, in Discord's words. */
export function checkLength(problems: Problems, path: Path, text: string, bounds: { min?: number; max: number }): void {
  const length = [...text].length;
  const { min = 0, max } = bounds;
  if (length >= min && length <= max) return;
  if (min === 0) problems.note(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  else problems.note(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
}

/** Notes a list whose length is out of bounds. */
export function checkCount(problems: Problems, path: Path, count: number, bounds: { min: number; max: number }): void {
  if (count >= bounds.min && count <= bounds.max) return;
  problems.note(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${bounds.min} and ${bounds.max} in length.`);
}

export const required = (problems: Problems, path: Path): void =>
  problems.note(path, 'BASE_TYPE_REQUIRED', 'This field is required');
