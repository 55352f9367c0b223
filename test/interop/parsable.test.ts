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
  const args = ["--resolve", "--parsable", "--no-db-lookup", "--terminate", "_ipp._tcp"];
  const expected = browser.client("avahi-browse", ...args);
  await expected.ended;
  const browse = startCommand(ours, "mdns-browse", ...args);
  await browse.ended;

  expect(expected.lines.filter((line) => line.startsWith("="))).toHaveLength(names.length);
  expect([...browse.lines].sort()).toEqual([...expected.lines].sort());
});
