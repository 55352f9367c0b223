import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { startCommand } from "./earshot.ts";
import { testAlone as test } from "./prerequisites.ts";

test("mdns-browse --parsable prints what avahi-browse --parsable prints (K-01)", async ({ lan }) => {
  const segment = lan.segment(["ipv4"]);
  const [ours, theirs, third] = [lan.host(segment), lan.host(segment), lan.host(segment)];
  const [avahi, browser] = await Promise.all([startAvahi(theirs), startAvahi(third)]);
  const names = ["Plain", "A.B C\\D", "Büro 🖨", 'semi;colon "quoted" 100%'];
  for (const [index, name] of names.entries()) {
    const publisher = avahi.client("avahi-publish", "--service", name, "_ipp._tcp", `${631 + index}`, "k=a b", "flag");
    await publisher.expect("Avahi has the name", (line) => (line.startsWith("Established") ? true : undefined));
  }
  const args = ["--resolve", "--parsable", "--no-db-lookup", "_ipp._tcp"];
  const programs = [
    browser.client("stdbuf", "-oL", "avahi-browse", ...args),
    startCommand(ours, "mdns-browse", ...args),
  ] as const;
  const printed: string[][] = [];
  for (const program of programs) {
    await Promise.all(names.map((_, index) => program.expect("a service resolved", isResolved(631 + index))));
    printed.push([...program.lines].sort());
    await program.stop();
  }

  const [expected, seen] = printed;
  expect(seen).toEqual(expected);
});

/** Finds the resolved line of the service at `port`; the eighth field of nine is the port. */
function isResolved(port: number): (line: string) => true | undefined {
  return (line) => (line.startsWith("=") && line.split(";")[8] === String(port) ? true : undefined);
}
