import { expect, test } from "vitest";
import { distinctQuestions } from "../../../src/mdns/core/distinct-questions.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { PTR, printerOnLink, SERVICE_TYPE } from "./printer.ts";
import { qu, question } from "./records.ts";

test("equal questions are one, letter case aside; the QU bit tells them apart (S-10, S-11)", () => {
  const repeated = Array.from({ length: 1_000 }, () => [question("A.local", TYPE.A), question("a.local", TYPE.A)]);
  expect(distinctQuestions([...repeated.flat(), qu("a.local", TYPE.A), question("a.local", TYPE.AAAA)])).toHaveLength(
    3,
  );
});

test("a question of ours a thousand times in a packet is looked at once (S-10, S-11)", () => {
  const asked = question(SERVICE_TYPE, TYPE.PTR);
  const link = printerOnLink({ tracing: true });
  const bytes = encodeMessage({ questions: Array.from({ length: 1_000 }, () => asked), answers: [PTR] });
  const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
  link.core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, link.now);
  expect(link.core.takeOutputs().filter(({ kind }) => kind === "trace")).toHaveLength(1);
});
