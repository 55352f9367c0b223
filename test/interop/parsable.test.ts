import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { publish, startCommand } from "./earshot.ts";
import type { Host } from "./host.ts";
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

test("as Avahi's, lines are there for each IP version a service is heard over, whatever its addresses (K-01)", async ({
  lan,
}) => {
  const segment = lan.segment(["ipv4", "link-local"]);
  const [theirs, others, ours, browser] = [0, 1, 2, 3].map(() => lan.host(segment)) as [Host, Host, Host, Host];
  const [avahi, asked] = await Promise.all([startAvahi(theirs), startAvahi(browser)]);
  const address = avahi.client("avahi-publish", "--address", "four.local", "10.77.99.1");
  await address.expect("Avahi has the host", (line) => (line.startsWith("Established") ? true : undefined));
  const service = avahi.client("avahi-publish", "--service", "--host=four.local", "A", "_ipp._tcp", "1");
  await service.expect("Avahi has the service", (line) => (line.startsWith("Established") ? true : undefined));
  await publish(others, "B", "_ipp._tcp", "2", "--host", "v4", "--address", "10.77.99.2");
  await publish(others, "C", "_ipp._tcp", "3", "--host", "v6", "--address", "fd00::99");
  const args = ["--resolve", "--parsable", "--no-db-lookup", "_ipp._tcp"];
  const programs = [
    asked.client("stdbuf", "-oL", "avahi-browse", ...args),
    startCommand(ours, "mdns-browse", ...args),
  ] as const;
  const printed: string[][] = [];
  for (const program of programs) {
    for (const port of [1, 2, 3]) {
      for (const version of ["IPv4", "IPv6"])
        await program.expect(`${port} over ${version}`, isResolved(port, version));
    }
    printed.push([...program.lines].sort());
    await program.stop();
  }

  const [expected, seen] = printed;
  expect(seen).toEqual(expected);
});

/** Finds the resolved line of the service at `port`; the eighth field of nine is the port. */
function isResolved(port: number, version?: string): (line: string) => true | undefined {
  return (line) => {
    const [sign, , over, , , , , , at] = line.split(";");
    return sign === "=" && at === String(port) && (version === undefined || over === version) ? true : undefined;
  };
}
