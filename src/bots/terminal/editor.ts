// Asks for a line at a keyboard: readline, with a live line below, news above the line being typed, and fields not to be seen.
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Completion } from './complete.ts';
import { HISTORY_SIZE, type History } from './history.ts';
import { eraseInput, lastRowOf, lineBelow, type Output, Screen } from './screen.ts';
import { harmless } from './text.ts';

export interface Question {
  prompt: string;
  /** Stands in the line already and can be changed. */
  prefill?: string;
  /** What is typed is not shown. */
  secret?: boolean;
  /** Shown below while one types; null shows nothing. */
  describe?: (line: string) => string | null | Promise<string | null>;
  complete?: (line: string) => Promise<Completion>;
  /** Whether a line goes into the history; without it none does. */
  remembers?: (line: string) => boolean;
}

/** `interrupt` is Ctrl-C, with what was typed until then; `closed` is the end of input, or Ctrl-D. */
export type Answer = { kind: 'line'; text: string } | { kind: 'interrupt'; typed: string } | { kind: 'closed' };

export interface EditorOptions {
  input: Readable;
  output: Output;
  history: History;
  dim: (text: string) => string;
  /** Ctrl-C while nothing is asked, with how often since something was. */
  onIdleInterrupt: (count: number) => void;
  onError: (error: unknown) => void;
}

/** One line at a time: `ask` again only after the answer before. */
export class Editor {
  readonly #options: EditorOptions;
  readonly #screen: Screen;
  readonly #readline: Interface;
  #question: Question | null = null;
  #answer: ((answer: Answer) => void) | null = null;
  /** Lines that came before anyone asked. */
  #ahead: string[] = [];
  /** The history as it is to be, newest first. */
  #kept: string[];
  #idleInterrupts = 0;
  #hasLineBelow = false;
  /** Keys since we last drew. */
  #keys = 0;
  #isDrawing = false;
  #isClosed = false;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#screen = new Screen(options.output);
    this.#kept = [...options.history.entries];
    // Listeners before readline's: it may write over the row of the live line, and must know how a new width folds its line.
    options.input.on('keypress', () => this.#beforeKey());
    this.#screen.on('resize', () => this.#resize());
    this.#readline = this.#openReadline();
    options.input.on('keypress', (_text: string, key: { name?: string } | undefined) => {
      // Tab is answered later, and draws then.
      if (key?.name !== 'tab') this.#draw();
    });
  }

  /** Puts a question and waits for its answer. */
  ask(question: Question): Promise<Answer> {
    const early = this.#ahead.shift();
    if (early !== undefined) return Promise.resolve({ kind: 'line', text: early });
    if (this.#isClosed) return Promise.resolve({ kind: 'closed' });
    return new Promise((resolve) => {
      this.#idleInterrupts = 0;
      this.#question = question;
      this.#answer = resolve;
      this.#readline.setPrompt(question.prompt);
      this.#readline.prompt(true);
      if (question.prefill) this.#readline.write(question.prefill);
      this.#screen.muted = question.secret === true;
      this.#draw();
    });
  }

  /** Prints a block above the line being typed. */
  print(block: string): void {
    const wasMuted = this.#screen.muted;
    this.#screen.muted = false;
    if (this.#isClosed) this.#screen.write(`${block}\n`);
    else {
      // A secret takes no rows, since none of it is to be seen.
      this.#screen.write(`${eraseInput(wasMuted ? 0 : this.#readline.getCursorPos().rows)}${block}\n`);
      this.#hasLineBelow = false;
      this.#redraw(wasMuted);
    }
    this.#screen.muted = wasMuted;
  }

  /** Whether lines were typed before anyone asked: a script was pasted. */
  isAhead(): boolean {
    return this.#ahead.length > 0;
  }

  close(): void {
    this.#readline.close();
  }

  #openReadline(): Interface {
    const readline = createInterface({
      input: this.#options.input,
      output: this.#screen,
      terminal: true,
      prompt: '',
      history: [...this.#kept],
      historySize: HISTORY_SIZE,
      removeHistoryDuplicates: true,
      completer: (line: string, callback: (error: null, result: Completion) => void) => void this.#complete(line, callback),
    });
    readline.on('line', (text) => this.#takeLine(text));
    readline.on('history', (lines) => this.#remember(lines));
    readline.on('SIGINT', () => this.#interrupt());
    readline.on('close', () => this.#leave());
    return readline;
  }

  async #complete(line: string, callback: (error: null, result: Completion) => void): Promise<void> {
    let completion: Completion = [[], line];
    try {
      completion = (await this.#question?.complete?.(line)) ?? completion;
    } catch (error) {
      this.#options.onError(error);
    }
    callback(null, completion);
    this.#draw();
  }

  #takeLine(text: string): void {
    if (this.#question?.secret) {
      this.#screen.muted = false;
      this.#screen.write('\n');
    }
    if (this.#question) this.#deliver({ kind: 'line', text });
    else this.#ahead.push(text);
  }

  #remember(lines: string[]): void {
    if (this.#question?.remembers?.(lines[0] ?? '')) {
      this.#kept = [...lines];
      this.#options.history.save(lines);
    } else {
      lines.splice(0, lines.length, ...this.#kept);
    }
  }

  #interrupt(): void {
    const typed = this.#readline.line;
    this.#showBelow(null);
    // Emptied while a secret is still muted.
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
    this.#screen.muted = false;
    this.#screen.write('^C\n');
    this.#ahead = [];
    if (this.#question) this.#deliver({ kind: 'interrupt', typed });
    else this.#options.onIdleInterrupt(++this.#idleInterrupts);
  }

  #leave(): void {
    this.#showBelow(null);
    this.#isClosed = true;
    this.#screen.muted = false;
    if (this.#question) this.#screen.write('\n');
    this.#deliver({ kind: 'closed' });
    this.#screen.stopListening();
  }

  #deliver(answer: Answer): void {
    const give = this.#answer;
    this.#question = null;
    this.#answer = null;
    this.#screen.muted = false;
    if (!this.#isClosed) this.#readline.setPrompt('');
    give?.(answer);
  }

  #beforeKey(): void {
    if (this.#keys++ === 0) this.#showBelow(null);
  }

  #resize(): void {
    this.#drawnFrom(this.#screen.muted ? 0 : this.#readline.getCursorPos().rows);
    this.#draw();
  }

  /** Readline draws a line anew from the row it believes to be on; this is that row, which its types leave out. */
  #drawnFrom(prevRows: number): void {
    Object.assign(this.#readline, { prevRows });
  }

  /** Draws the line being typed where the cursor is. */
  #redraw(isSecret: boolean): void {
    this.#drawnFrom(0);
    if (isSecret) this.#screen.write(this.#question?.prompt ?? '');
    else this.#readline.prompt(true);
    this.#draw();
  }

  /** Draws the live line once per burst of keys, which is one key or a pasted text. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setImmediate(() => {
      const isPaste = this.#keys > 1;
      this.#keys = 0;
      this.#isDrawing = false;
      if (this.#isClosed || !this.#question || this.#question.secret) return;
      if (isPaste) this.#redrawPasted();
      this.#describe(this.#question, this.#readline.line);
    });
  }

  /** What has to be asked for is shown if the line is still the same by then. */
  #describe(question: Question, line: string): void {
    const said = question.describe?.(line) ?? null;
    this.#showBelow(said instanceof Promise ? null : said);
    if (!(said instanceof Promise)) return;
    const show = (text: string | null): void => {
      if (this.#question === question && !this.#isClosed && this.#readline.line === line) this.#showBelow(text);
    };
    said.then(show).catch(this.#options.onError);
  }

  /** Readline wrote pasted letters as they came, without looking where rows end. A space makes the terminal wrap a full row. */
  #redrawPasted(): void {
    this.#screen.write(' ');
    this.#drawnFrom(this.#readline.getCursorPos().rows);
    this.#readline.prompt(true);
  }

  #showBelow(text: string | null): void {
    if (this.#isClosed || (text === null && !this.#hasLineBelow)) return;
    const { columns } = this.#screen;
    const { rows, cols } = this.#readline.getCursorPos();
    const end = lastRowOf((this.#question?.prompt ?? '') + this.#readline.line, columns);
    this.#screen.write(lineBelow(harmless(text ?? ''), { column: cols, rowsBelow: end - rows, columns }, this.#options.dim));
    this.#hasLineBelow = text !== null;
  }
}
