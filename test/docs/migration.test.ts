import { expect, test } from "vitest";
import { Browser, Mdns, Publication, Txt } from "../../src/index.ts";
import { page } from "./markdown.ts";

const OWNERS: Readonly<Record<string, object>> = {
  mdns: Mdns.prototype,
  ad: Publication.prototype,
  browser: Browser.prototype,
  "service.txt": Txt.prototype,
};

const rows = Array.from(page("docs/migration.md").matchAll(/^\| .* \| (.*) \|$/gm), ([, here = ""]) => here);
const calls = rows.flatMap((here) => Array.from(here.matchAll(/\b(mdns|ad|browser|service\.txt)\.(\w+)\b/g)));

test("what the migration page names is there", () => {
  expect(calls.length).toBeGreaterThan(15);
  expect(
    calls.filter(([, owner = "", member = ""]) => !(member in (OWNERS[owner] ?? {}))).map(([call]) => call),
  ).toEqual([]);
});
