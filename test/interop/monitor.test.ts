import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { Earshot, startCommand } from "./earshot.ts";
import { testAlone as test } from "./prerequisites.ts";

interface PacketObject {
  readonly event: "packet" | "summary";
  readonly source: string;
  readonly kind: string;
  readonly findings: readonly { readonly section: string; readonly title: string; readonly blame: string }[];
}

/** A line that is no packet says what is amiss with the links. */
function parsePacket(line: string): PacketObject {
  if (!line.startsWith("{")) throw new Error(line);
  return JSON.parse(line) as PacketObject;
}

/** On a loaded machine packets are seen so late that the time between them tells nothing. */
const BY_TIME = /again within/;

test("a monitor hears both responders of a link, and what we send breaks no rule (K-08)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs, third] = [lan.host(segment), lan.host(segment), lan.host(segment)];
  const monitor = startCommand(third, "mdns-monitor", "--json");
  const packets = () => monitor.lines.map(parsePacket);
  const hears = (what: string, fits: (packet: PacketObject) => boolean) =>
    monitor.expect(what, (line) => (fits(parsePacket(line)) ? true : undefined), { within: 30_000 });
  const avahi = await startAvahi(theirs);
  await hears("the monitor hears Avahi", ({ source }) => source === "10.77.1.2");
  avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "8080", "path=/");
  const publish = new Earshot(ours, "mdns-publish", "Beta", "_http._tcp", "80", "path=/", "--stdin");
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  await browse.expect({ event: "up", name: "Beta" });
  await browse.expect({ event: "up", name: "Beta (2)" });
  publish.program.write('{"txt":{"path":"/new"}}');
  await browse.expect({ event: "update" });
  await publish.program.stop("SIGINT");
  await browse.program.stop("SIGINT");
  await hears("the monitor hears our goodbye", ({ kind, source }) => kind === "goodbye" && source === "10.77.1.1");
  expect(await monitor.stop("SIGINT")).toBe(0);

  const addresses = ours.zonedAddresses("e0").map((address) => address.replace(/%.*$/, ""));
  const own = packets().filter(({ source }) => addresses.includes(source));
  expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(["probe", "query", "response", "goodbye"]));
  expect(own.flatMap(({ findings }) => findings).filter(({ title }) => !BY_TIME.test(title))).toEqual([]);
  expect(packets().at(-1)?.event).toBe("summary");
});
