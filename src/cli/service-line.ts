import type { ChangeKind, Service } from "../mdns/index.ts";
import { pad } from "./display-width.ts";
import type { Colour, Paint } from "./paint.ts";
import { printable, printableName } from "./printable.ts";
import { txtDump, txtText } from "./txt-text.ts";

const SIGN: Readonly<Record<ChangeKind, readonly [sign: string, colour: Colour]>> = {
  up: ["+", "green"],
  update: ["=", "yellow"],
  down: ["-", "red"],
};

export interface LineStyle {
  readonly paint: Paint;
  /** TXT values that are no text follow as a hexadecimal dump. */
  readonly verbose: boolean;
}

/** A change for reading: sign, name, type, host:port, addresses, interfaces, TXT. */
export function serviceLines(kind: ChangeKind, service: Service, { paint, verbose }: LineStyle): string[] {
  const [sign, colour] = SIGN[kind];
  const name = paint("bold", pad(printable(service.name), 24));
  const head = `${paint(colour, sign)} ${name}  ${pad(printable(service.type), 16)}`;
  if (kind === "down") return [head.trimEnd()];
  const fields = [
    pad(`${printableName(service.host)}:${service.port}`, 20),
    service.addresses.join(" "),
    service.links.map((link) => link.interface).join(","),
    txtText(service.txt.strings),
  ];
  const line = [head, ...fields].join("  ").trimEnd();
  return verbose ? [line, ...txtDump(service.txt.strings).map((row) => `    ${row}`)] : [line];
}

/** A service type that came or left. */
export function typeLine(kind: "up" | "down", type: string, { paint }: LineStyle): string {
  const [sign, colour] = SIGN[kind];
  return `${paint(colour, sign)} ${printable(type)}`;
}
