import { expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { INSTANCE, PTR, SERVICE_TYPE, SRV } from "./printer.ts";
import { aaaa, own, qu, question, txt } from "./records.ts";

test.each([question, qu])(
  "of a unique set all or nothing goes along: a part would flush the rest (RFC 6762 §10.2; A-44)",
  (asked) => {
    const addresses = Array.from({ length: 12 }, (_, index) => aaaa("host.local", `fd00::${index + 1}`));
    const big = txt(
      INSTANCE,
      Array.from({ length: 5 }, (_, index) => `${index}=${"x".repeat(220)}`),
    );
    const service = [...own("shared", PTR), ...own("unique", SRV, big)];
    const link = new CoreOnLink().settled(own("unique", ...addresses), service);
    link.query(asked(SERVICE_TYPE, TYPE.PTR)).run(2_000);
    const [response] = link.responses;
    const given = response?.message.additionals.filter(({ type }) => type === TYPE.AAAA) ?? [];
    expect(response?.message.additionals.length).toBeGreaterThan(0);
    expect([0, addresses.length]).toContain(given.length);
  },
);
