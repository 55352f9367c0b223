import type { ChangeKind, Service } from "../../mdns/index.ts";
import type { Paint } from "../paint.ts";
import { pressed, splitKeys } from "./live-keys.ts";
import { EMPTY, type LiveModel, withChange, withNote, withTime } from "./live-model.ts";
import { render } from "./live-render.ts";
import { LiveScreen } from "./live-screen.ts";

const REDRAW_INTERVAL = 100; // ms: at most ten times a second
const CLOCK_INTERVAL = 1_000; // ms: ages and TTLs are shown in seconds

/** The live screen of `mdns-browse`. */
export class LiveView {
  readonly #screen: LiveScreen;
  readonly #paint: Paint;
  readonly #onQuit: () => void;
  #model: LiveModel = EMPTY;
  #pending: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;

  constructor(paint: Paint, onQuit: () => void) {
    this.#paint = paint;
    this.#onQuit = onQuit;
    this.#screen = new LiveScreen(process.stdout, process.stdin, {
      onKeys: (keys) => this.#pressed(keys),
      onResize: () => this.#draw(),
      onGone: () => this.#onQuit(),
    });
  }

  get isOpen(): boolean {
    return this.#screen.isOpen;
  }

  open(): void {
    this.#clock = setInterval(() => this.#draw(), CLOCK_INTERVAL);
    this.#screen.open();
  }

  close(): void {
    clearInterval(this.#clock);
    clearTimeout(this.#pending);
    this.#screen.close();
  }

  change(kind: ChangeKind, service: Service): void {
    this.#model = withChange(this.#model, kind, service, performance.now());
    this.#pending ??= setTimeout(() => this.#draw(), REDRAW_INTERVAL);
  }

  /** Shows what is no service. */
  note(message: string): void {
    this.#model = withNote(this.#model, message, performance.now());
    this.#pending ??= setTimeout(() => this.#draw(), REDRAW_INTERVAL);
  }

  #pressed(keys: string): void {
    for (const key of splitKeys(keys)) {
      const result = pressed(this.#model, key);
      if (result === "quit") this.#onQuit();
      else if (result === "suspend") this.#screen.suspend();
      else if (result === "redraw") this.#screen.redraw();
      else if (result === "abort") this.#screen.abort();
      else this.#model = result;
    }
    this.#draw();
  }

  #draw(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.#model = withTime(this.#model, performance.now());
    this.#screen.show(render(this.#model, this.#screen.width, this.#screen.height, this.#paint));
  }
}
