import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { PACKETS } from "./fixture-packets.ts";

describe("real packets come back byte for byte when read and written (W-22, W-23)", () => {
  test.each([...PACKETS])("%s", (_name, packet) => {
    expect(encodeMessage(decodeMessage(packet))).toEqual(packet);
  });
});
