// A neutral reply, as data. Each chat renders it with its own widgets; none of them is named here.

/** A piece of a line. A moment is shown in the reader's own zone where the chat can do that, else as its `text`. */
export type Span = string | { moment: Temporal.Instant; text: string } | { url: string; text: string } | { code: string };
export type Line = string | readonly Span[];

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface Field {
  name: string;
  value: Line;
}

/** A part with a heading of its own: a network's preview, a post in a list. */
export interface Section {
  heading: Line;
  /** Text as it will be posted: shown whole and untouched, never as markup. */
  quote?: string;
  lines?: readonly Line[];
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

export type FormFieldKind = 'line' | 'paragraph' | 'when' | 'targets' | 'secret' | 'choice';

export interface FormField {
  /** The argument it fills. */
  name: string;
  label: string;
  kind: FormFieldKind;
  required: boolean;
  hint?: string;
  /** Filled in with what was understood. */
  value?: string;
  choices?: readonly { value: string; label: string }[];
}

/** Asks for what is missing. Sending it runs `command` with the fields' values as its raw arguments. */
export interface Form {
  title: string;
  command: string;
  fields: readonly FormField[];
  /** Raw arguments that were understood and need no field. */
  carried: Readonly<Record<string, string>>;
  /** How to say the same in one line, where there is no form: `/schedule tomorrow 9am to x: Hello`. */
  inOneLine: string;
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
  form?: Form;
  /** Only for the person who asked. */
  private?: boolean;
  /** The post this reply is the card of: `P12`. A chat remembers its message so that news are threaded under it. */
  cardOf?: { postId: string };
}

export const sayPlainly = (line: Line): string =>
  typeof line === 'string'
    ? line
    : line.map((span) => (typeof span === 'string' ? span : 'code' in span ? span.code : span.text)).join('');

export const buttonId = (button: Pick<Button, 'command' | 'name' | 'subject'>): string =>
  `${button.command}/${button.name}/${button.subject}`;
