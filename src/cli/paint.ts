import { styleText } from "node:util";

export type Colour = "green" | "yellow" | "red" | "bold" | "dim" | "cyan" | "inverse";

/** Colours text, or leaves it alone where colour is not wanted. */
export type Paint = (colour: Colour, text: string) => string;

export const PLAIN: Paint = (_, text) => text;

/** Honours NO_COLOR, FORCE_COLOR and whether standard output is a terminal. */
export function painter({ color }: { readonly color: boolean }): Paint {
  if (!color) return PLAIN;
  return (colour, text) => styleText(colour, text, { stream: process.stdout, validateStream: true });
}
