import { type LiveModel, withCursorMoved, withDetails, withFilter } from "./live-model.ts";

/** What a key wants: another model, or something of the process. */
export type KeyResult = LiveModel | "quit" | "suspend" | "redraw" | "abort";

const MOVES: Readonly<Record<string, number>> = {
  "\u001b[A": -1,
  "\u001bOA": -1,
  k: -1,
  "\u001b[B": 1,
  "\u001bOB": 1,
  j: 1,
  "\u001b[5~": -10,
  "\u001b[6~": 10,
  "\u001b[H": Number.NEGATIVE_INFINITY,
  g: Number.NEGATIVE_INFINITY,
  "\u001b[F": Number.POSITIVE_INFINITY,
  G: Number.POSITIVE_INFINITY,
};

/** Cuts what a terminal sent into keys: escape sequences whole, else characters. */
export function splitKeys(input: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with ESC
  return input.match(/\u001b(?:\[[\d;]*[A-Za-z~]|O[A-Z])|[\s\S]/gu) ?? [];
}

/** The effect of one key. */
export function pressed(model: LiveModel, key: string): KeyResult {
  if (key === "\u0003") return "quit";
  if (key === "\u001a") return "suspend";
  if (key === "\u000c") return "redraw";
  if (key === "\u001c") return "abort";
  return model.isTypingFilter ? pressedInFilter(model, key) : pressedInList(model, key);
}

function pressedInList(model: LiveModel, key: string): KeyResult {
  const move = MOVES[key];
  if (move !== undefined) return withCursorMoved(model, move);
  if (key === "q") return "quit";
  if (key === "/") return withFilter(model, model.filter, true);
  if (key === "\r" || key === "\n") return withDetails(model, !model.showsDetails);
  if (key === "\u001b") return model.showsDetails ? withDetails(model, false) : withFilter(model, "", false);
  return model;
}

function pressedInFilter(model: LiveModel, key: string): KeyResult {
  if (key === "\r" || key === "\n") return withFilter(model, model.filter, false);
  if (key === "\u001b") return withFilter(model, "", false);
  if (key === "\u007f" || key === "\b") return withFilter(model, [...model.filter].slice(0, -1).join(""), true);
  return /^\P{C}$/u.test(key) ? withFilter(model, model.filter + key, true) : model;
}
