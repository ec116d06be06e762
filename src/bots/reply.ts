// A neutral reply, as data. Each chat renders it with its own widgets; none of them is named here.
import type { Origin } from '../core/post.ts';

/** A piece of a line. A moment is shown in the reader's own zone where the chat can do that, else as its `text`. */
export type Span =
  | string
  | { moment: Temporal.Instant; text: string }
  | { url: string; text: string }
  | { code: string }
  /** A person (`U123`) or a role (`&456`) of the chat, by its own id; `text` is for chats that cannot name it. */
  | { mention: string; text: string };
export type Line = string | readonly Span[];

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface Field {
  name: string;
  value: Line;
}

/** Rows of short cells: as a table where the chat has one, else in columns of one width. At most six columns, the first names the row. */
export interface Table {
  columns: readonly { name: string; numeric?: true }[];
  rows: readonly (readonly Line[])[];
}

/** A part with a heading of its own: a network's preview, a post in a list. */
export interface Section {
  heading: Line;
  /** Text as it will be posted: shown whole and untouched, never as markup. */
  quote?: string;
  lines?: readonly Line[];
  table?: Table;
  /** Shown with it: a picture that belongs to this part. */
  picture?: ReplyFile;
  /** About this part alone. */
  buttons?: readonly Button[];
}

/**
 * A press runs `run` of the command's `buttons[name]` with this subject, after reading anew what holds by then.
 * The id on the wire is `command/name/subject`: it carries no state.
 */
export interface Button {
  label: string;
  command: string;
  name: string;
  /** A post name, a delivery id, a page: letters, digits and `-.:~`. */
  subject: string;
  style?: 'primary' | 'danger';
}

/**
 * `files` takes files from the person's machine, which reach the command as the call's `files`. `variants` is a text per chosen network,
 * which reach it as arguments `variant:bluesky`. Chats that ask one field after the other leave both out.
 */
export type FormFieldKind = 'line' | 'paragraph' | 'when' | 'targets' | 'secret' | 'choice' | 'files' | 'variants';

export interface FormField {
  /** The argument it fills. */
  name: string;
  label: string;
  kind: FormFieldKind;
  required: boolean;
  hint?: string;
  /** Filled in with what was understood; of `files`, the names of those that came with what was said. */
  value?: string;
  choices?: readonly { value: string; label: string }[];
  /** Only for a form that shows all fields at once. Chats that ask one after the other leave it out, and send its value as it is. */
  aside?: true;
}

/**
 * Asks for what is missing. Sending it runs `command` with the fields' values as its raw arguments. Files that came with the call that
 * it answers are sent with it again, as the call's `files`.
 */
export interface Form {
  title: string;
  command: string;
  fields: readonly FormField[];
  /** Raw arguments that were understood and have no field; `variant:bluesky` belongs to the field of kind `variants`. */
  carried: Readonly<Record<string, string>>;
  /** How to say the same in one line, where there is no form: `/schedule tomorrow 9am to x: Hello`. */
  inOneLine: string;
}

/** A file that comes with a reply: a table, a picture. */
export interface ReplyFile {
  /** `posts-2026-11-22.csv`: letters, digits and `-._`. */
  name: string;
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of a picture: what it shows, for whoever does not see it. */
  altText?: string;
  /** The same as bars, for chats that show no pictures; null where nothing is known. */
  bars?: readonly { label: string; value: number | null }[];
}

/** As many as every chat has room for. */
export const MENU_OPTIONS = 25;

/** Presses of which one is chosen from a list that unfolds. */
export interface Menu {
  /** `Open a post`. */
  label: string;
  /** At most `MENU_OPTIONS`. */
  options: readonly Button[];
}

export interface Reply {
  tone: Tone;
  title?: Line;
  lines?: readonly Line[];
  fields?: readonly Field[];
  sections?: readonly Section[];
  /** Small print below everything. */
  notes?: readonly Line[];
  buttons?: readonly Button[];
  menu?: Menu;
  /** Each chat hands them over in its own way; what is said beside them says what they are. */
  files?: readonly ReplyFile[];
  form?: Form;
  /** Only for the person who asked. */
  private?: boolean;
  /** For everybody in the channel, also where a chat shows what is typed there, and its answer, to the person alone. */
  public?: boolean;
  /**
   * The post this reply is the card of, and where that post's own card stands by now. A chat that sends a first card remembers its
   * message (`posts.setOrigin`), so that news are threaded under it.
   */
  cardOf?: { postId: string; origin: Origin };
}

export const sayPlainly = (line: Line): string =>
  typeof line === 'string'
    ? line
    : line.map((span) => (typeof span === 'string' ? span : 'code' in span ? span.code : span.text)).join('');

export const buttonId = (button: Pick<Button, 'command' | 'name' | 'subject'>): string =>
  `${button.command}/${button.name}/${button.subject}`;

/** All files of a reply: its own, then the pictures of its sections. */
export const filesOf = ({ files = [], sections = [] }: Reply): ReplyFile[] => [
  ...files,
  ...sections.flatMap(({ picture }) => picture ?? []),
];

/** All buttons of a reply, in the order they are shown: those of its sections, its menu's, then its own. */
export const buttonsOf = (reply: Reply): Button[] => [
  ...(reply.sections ?? []).flatMap(({ buttons = [] }) => buttons),
  ...(reply.menu?.options ?? []),
  ...(reply.buttons ?? []),
];
