import { createReadStream } from "node:fs";
import { addAbortSignal, type Readable } from "node:stream";
import { reasonText } from "../reason-text.ts";
import { UsageError } from "../usage-error.ts";
import { CaptureError } from "./capture/capture-error.ts";
import { CaptureReader } from "./capture/capture-reader.ts";
import type { Frame } from "./capture/frame.ts";
import { ipDatagram, type NoDatagram } from "./capture/ip-datagram.ts";
import { ipPacket } from "./capture/link-layer.ts";
import { MDNS_PORT, type Sighting } from "./packet.ts";

/** What is not shown of a capture. */
export type Skipped =
  | "other packets"
  | "fragments"
  | "packets cut short"
  | "damaged packets"
  | "packets of another link type";

const SKIPPED: Readonly<Record<NoDatagram, Skipped>> = {
  other: "other packets",
  fragment: "fragments",
  cut: "packets cut short",
  damaged: "damaged packets",
};

/** The multicast DNS datagrams of a capture, and what else there is. */
function sightingOf({ at, interface: name, linkType, bytes }: Frame): Sighting | Skipped {
  const packet = ipPacket(linkType, bytes);
  if (packet === "unknown") return "packets of another link type";
  const datagram = packet === undefined ? "other" : ipDatagram(packet);
  if (typeof datagram === "string") return SKIPPED[datagram];
  const { sourcePort, destinationPort } = datagram;
  if (sourcePort !== MDNS_PORT && destinationPort !== MDNS_PORT) return "other packets";
  return { at, interface: name, ...datagram };
}

/**
 * Reads a capture, `-` for standard input, until its end, or until the signal is aborted.
 * @returns what is wrong with it from some point on
 * @throws {@link UsageError} when it cannot be read at all
 */
export async function readCapture(
  path: string,
  stop: AbortSignal,
  onFrame: (seen: Sighting | Skipped) => void,
): Promise<string | undefined> {
  const reader = new CaptureReader();
  try {
    for await (const chunk of addAbortSignal(stop, openInput(path))) {
      for (const frame of reader.push(chunk as Buffer)) {
        if (stop.aborted) return undefined;
        onFrame(sightingOf(frame));
      }
    }
    reader.end();
    return undefined;
  } catch (error) {
    if (stop.aborted) return undefined;
    if (!(error instanceof CaptureError)) throw new UsageError(`--read ${path} cannot be read: ${reasonText(error)}`);
    const message = `--read ${path}: ${error.message}`;
    if (error.code !== "ERR_CAPTURE_FORMAT") return message;
    throw new UsageError(message);
  }
}

function openInput(path: string): Readable {
  return path === "-" ? process.stdin : createReadStream(path);
}
