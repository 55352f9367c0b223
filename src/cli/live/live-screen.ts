const ALTERNATE = "\u001b[?1049h\u001b[?25l\u001b[?7l";
const NORMAL = "\u001b[?7h\u001b[?25h\u001b[?1049l";
const HOME_AND_CLEAR = "\u001b[H\u001b[2J";

/** Takes the terminal over, and gives it back however the process ends. */
export class LiveScreen {
  readonly #output: NodeJS.WriteStream;
  readonly #input: NodeJS.ReadStream;
  readonly #onKeys: (keys: string) => void;
  readonly #onResize: () => void;
  readonly #onGone: () => void;
  #shown: readonly string[] = [];
  #isOpen = false;
  readonly #read = (data: Buffer): void => this.#onKeys(data.toString("utf8"));
  readonly #resized = (): void => this.redraw();
  readonly #restore = (): void => this.#leave();
  readonly #suspended = (): void => this.suspend();
  readonly #continued = (): void => this.#enter();
  readonly #aborted = (): void => this.abort();

  constructor(
    output: NodeJS.WriteStream,
    input: NodeJS.ReadStream,
    handlers: {
      readonly onKeys: (keys: string) => void;
      readonly onResize: () => void;
      /** No key can come any more. */
      readonly onGone: () => void;
    },
  ) {
    this.#output = output;
    this.#input = input;
    this.#onKeys = handlers.onKeys;
    this.#onResize = handlers.onResize;
    this.#onGone = handlers.onGone;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get width(): number {
    return this.#output.columns || 80;
  }

  get height(): number {
    return this.#output.rows || 24;
  }

  open(): void {
    process.on("exit", this.#restore).on("SIGQUIT", this.#aborted);
    process.on("SIGTSTP", this.#suspended).on("SIGCONT", this.#continued);
    this.#output.on("resize", this.#resized);
    this.#input.on("data", this.#read).on("end", this.#onGone);
    this.#enter();
  }

  close(): void {
    process.off("exit", this.#restore).off("SIGQUIT", this.#aborted);
    process.off("SIGTSTP", this.#suspended).off("SIGCONT", this.#continued);
    this.#output.off("resize", this.#resized);
    this.#input.off("data", this.#read).off("end", this.#onGone);
    this.#leave();
    this.#input.unref();
  }

  /** Shows these lines; only those that differ are written. */
  show(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const changed = lines.flatMap((line, row) => (line === this.#shown[row] ? [] : [`\u001b[${row + 1};1H${line}`]));
    this.#shown = lines;
    if (changed.length > 0) this.#output.write(changed.join(""));
  }

  redraw(): void {
    this.#shown = [];
    if (this.#isOpen) this.#output.write(HOME_AND_CLEAR);
    this.#onResize();
  }

  /** Gives the terminal to the shell until SIGCONT. */
  suspend(): void {
    this.#leave();
    process.kill(process.pid, "SIGSTOP");
  }

  /** Gives the terminal back, and lets the process die as SIGQUIT wants. */
  abort(): void {
    this.close();
    process.kill(process.pid, "SIGQUIT"); // of which it dies now that nobody listens
  }

  #enter(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    if (this.#input.isTTY) this.#input.setRawMode(true);
    this.#input.resume();
    this.#output.write(ALTERNATE);
    this.redraw();
  }

  #leave(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#input.pause();
    if (this.#input.isTTY) this.#input.setRawMode(false);
    this.#output.write(NORMAL);
  }
}
