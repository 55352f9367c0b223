import { describe, expect, test } from "vitest";
import { CoreOnLink } from "./core-on-link.ts";
import { printerOnLink } from "./printer.ts";
import { a, ptr, question, srv, txt } from "./records.ts";

const DAY = 24 * 3_600_000;
const NAME = "One._http._tcp.local";
const ANSWERS = [
  ptr("_http._tcp.local", NAME),
  srv(NAME, "peer.local", 80, { flush: true }),
  txt(NAME, ["x"], { flush: true }),
  a("peer.local", "10.77.0.9", { flush: true }),
];

describe("a quiet day", () => {
  test("a publisher that nobody asks has nothing to wake for (RFC 6762 §8.3; P-30, P-31)", () => {
    const link = printerOnLink();
    expect(link.core.deadline).toBeUndefined();
    expect(link.run(DAY).transcript).toEqual([]);
  });

  test("a browser asks for each record when 80 % of its life is over, in as few packets as that takes (Q-19, Q-22, Q-25)", () => {
    const link = new CoreOnLink().run(60_000).clear();
    for (const { name, type } of ANSWERS) link.ask(question(name, type));
    link.onSent = ({ message }) => {
      const asked = ANSWERS.filter((answer) =>
        message.questions.some(({ name, type }) => name.equals(answer.name) && type === answer.type),
      );
      link.respond(asked);
    };
    link.run(DAY);
    const count = new Map<string, number>();
    for (const { name, type } of link.queries.flatMap(({ message }) => message.questions)) {
      count.set(`${name} ${type}`, (count.get(`${name} ${type}`) ?? 0) + 1);
    }
    expect(count.get("peer.local 1")).toBeLessThanOrEqual(DAY / 96_000 + 1);
    expect(count.get("peer.local 1")).toBeGreaterThanOrEqual(DAY / 98_400);
    expect(count.get(`${NAME} 33`)).toBe(count.get("peer.local 1"));
    expect(count.get(`${NAME} 16`)).toBeLessThanOrEqual(DAY / 3_600_000 + 1);
    expect(count.get("_http._tcp.local 12")).toBeLessThanOrEqual(24 + 12);
    expect(link.queries.length).toBeLessThanOrEqual(DAY / 96_000 + 24 + 24 + 12);
    expect(link.told.map(({ change }) => change)).toEqual(["added", "added", "added", "added"]);
  });
});
