import { describe, expect, test } from "vitest";
import { displayWidth } from "../../../src/cli/display-width.ts";
import {
  EMPTY,
  type LiveModel,
  withChange,
  withCursorMoved,
  withFilter,
  withNote,
  withTime,
} from "../../../src/cli/live/live-model.ts";
import { render } from "../../../src/cli/live/live-render.ts";
import { serviceFixture } from "../service-fixture.ts";

function busyLan(): LiveModel {
  let model = withChange(EMPTY, "up", serviceFixture({ name: "Old Site" }), 0);
  const printer = serviceFixture({ name: "Office Printer", type: "_ipp._tcp", port: 631, txt: ["rp=ipp/print"] });
  model = withChange(model, "up", printer, 30_000);
  model = withChange(model, "update", printer, 58_000);
  model = withChange(
    model,
    "up",
    serviceFixture({ name: "打印机 ☕", type: "_ipp._tcp", links: { e0: ["fe80::1%e0"] } }),
    59_000,
  );
  const gone = serviceFixture({ name: "\u001b[31mEvil\u202e", type: "_ssh._tcp", port: 22 });
  model = withChange(withChange(model, "up", gone, 10_000), "down", gone, 59_000);
  return withTime(model, 60_000);
}

test("grouped by type, with what just came, changed or left", () => {
  expect(render(busyLan(), 80, 12).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      " mdns-browse   3 services, 2 types",
      "  NAME                     HOST              ADDRESS          IFACE     AGE  TTL",
      "_http._tcp  Web Site (1)",
      " >Old Site                 peer:80           10.77.1.2        e0         1m   1m",
      "_ipp._tcp  Internet Printer (2)",
      "= Office Printer           peer:631          10.77.1.2        e0        30s   1m",
      "+ 打印机 ☕                peer:80           fe80::1%e0       e0         1s   1m",
      "_ssh._tcp  SSH Remote Terminal (1)",
      "- \\u{1b}[31mEvil\\u{202e}   peer:22           10.77.1.2        e0        50s",
      "",
      "",
      " 1 of 4   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("details of the row under the cursor on Enter", () => {
  const details = { ...withCursorMoved(busyLan(), 1), showsDetails: true };
  expect(render(details, 80, 16).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      " mdns-browse   3 services, 2 types",
      "  NAME                     HOST              ADDRESS          IFACE     AGE  TTL",
      "_http._tcp  Web Site (1)",
      "  Old Site                 peer:80           10.77.1.2        e0         1m   1m",
      "_ipp._tcp  Internet Printer (2)",
      "=>Office Printer           peer:631          10.77.1.2        e0        30s   1m",
      "+ 打印机 ☕                peer:80           fe80::1%e0       e0         1s   1m",
      "_ssh._tcp  SSH Remote Terminal (1)",
      "- \\u{1b}[31mEvil\\u{202e}   peer:22           10.77.1.2        e0        50s",
      "",
      "",
      "────────────────────────────────────────────────────────────────────────────────",
      "Office Printer._ipp._tcp.local",
      "e0  peer.local:631  10.77.1.2  TTL 120s",
      "TXT  rp=ipp/print",
      " 2 of 4   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("a long TXT takes the lines that it needs", () => {
  const txt = Array.from({ length: 9 }, (_, index) => `key${index}=some value`);
  const model = { ...withChange(EMPTY, "up", serviceFixture({ txt }), 0), showsDetails: true };
  expect(
    render(model, 60, 20)
      .map((line) => line.trimEnd())
      .slice(-6),
  ).toMatchInlineSnapshot(`
    [
      "Beta._http._tcp.local",
      "e0  peer.local:80  10.77.1.2  TTL 120s",
      "TXT  key0="some value" key1="some value" key2="some value"",
      "     key3="some value" key4="some value" key5="some value"",
      "     key6="some value" key7="some value" key8="some value"",
      " 1 of 1   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("details that need more room than there is say how much is missing", () => {
  const txt = Array.from({ length: 40 }, (_, index) => `key${index}=${"some value ".repeat(4)}`);
  const model = { ...withChange(EMPTY, "up", serviceFixture({ txt }), 0), showsDetails: true };
  expect(render(model, 60, 16).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      " mdns-browse   1 service, 1 type",
      "  NAME          HOST      ADDRESS         IFACE     AGE  TTL",
      "_http._tcp  Web Site (1)",
      "+>Beta          peer:80   10.77.1.2       e0         0s   2m",
      "",
      "",
      "────────────────────────────────────────────────────────────",
      "Beta._http._tcp.local",
      "e0  peer.local:80  10.77.1.2  TTL 120s",
      "TXT  key0="some value some value some value some value "",
      "     key1="some value some value some value some value "",
      "     key2="some value some value some value some value "",
      "     key3="some value some value some value some value "",
      "     key4="some value some value some value some value "",
      "… 35 more lines; a larger window shows them",
      " 1 of 1   up/down select   Enter details   / filter   q quit",
    ]
  `);
  expect(render(model, 60, 5).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      " mdns-browse   1 service, 1 type",
      "  NAME          HOST      ADDRESS         IFACE     AGE  TTL",
      "+>Beta          peer:80   10.77.1.2       e0         0s   2m",
      "… 43 more lines; a larger window shows them",
      " 1 of 1   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("one service of one type is counted in the singular", () => {
  const [title] = render(withChange(EMPTY, "up", serviceFixture({}), 0), 80, 5);
  expect(title?.trimEnd()).toBe(" mdns-browse   1 service, 1 type");
});

test("nothing yet", () => {
  expect(render(EMPTY, 80, 5).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      " mdns-browse   0 services, 0 types",
      "  NAME                     HOST              ADDRESS          IFACE     AGE  TTL",
      "  No service yet; mdns-monitor shows whether other hosts are heard at all.",
      "",
      " listening   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("nothing that the filter lets through", () => {
  const lines = render(withFilter(busyLan(), "zzz", false), 80, 5).map((line) => line.trimEnd());
  expect(lines.slice(2)).toMatchInlineSnapshot(`
    [
      "  Nothing has "zzz" in it; Esc shows all.",
      "",
      " 4 hidden   up/down select   Enter details   / filter   q quit",
    ]
  `);
});

test("a note stands in the last line for a time, and where no service is for good (K-06)", () => {
  const noted = withNote(EMPTY, "interface e0: \u001b refused", 1_000);
  expect(
    [noted, withTime(noted, 60_000)].map((model) =>
      render(model, 80, 4)
        .map((line) => line.trimEnd())
        .slice(2),
    ),
  ).toMatchInlineSnapshot(`
    [
      [
        "  interface e0: \\u{1b} refused",
        " interface e0: \\u{1b} refused",
      ],
      [
        "  interface e0: \\u{1b} refused",
        " listening   up/down select   Enter details   / filter   q quit",
      ],
    ]
  `);
});

test("a filter that is being typed", () => {
  const lines = render(withFilter(busyLan(), "ipp", true), 80, 8);
  expect([lines[0]?.trimEnd(), lines.at(-1)?.trimEnd()]).toMatchInlineSnapshot(`
    [
      " mdns-browse   3 services, 2 types   showing "ipp"",
      " /ipp_   type to filter   Enter keep   Esc clear",
    ]
  `);
});

describe("with 200 services", () => {
  const many = Array.from({ length: 200 }, (_, index) =>
    serviceFixture({
      name: `Device ${String(index).padStart(3, "0")}`,
      type: index % 2 === 0 ? "_http._tcp" : "_ipp._tcp",
    }),
  ).reduce((model, service) => withChange(model, "up", service, 0), EMPTY);

  test("a screen of 80 by 24 shows where among them the cursor is", () => {
    expect(
      render(withCursorMoved(withTime(many, 9_000), 120), 80, 24).map((line) => line.trimEnd()),
    ).toMatchInlineSnapshot(`
      [
        " mdns-browse   200 services, 2 types",
        "  NAME                     HOST              ADDRESS          IFACE     AGE  TTL",
        "_ipp._tcp  Internet Printer (100)",
        "  Device 023               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 025               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 027               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 029               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 031               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 033               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 035               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 037               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 039               peer:80           10.77.1.2        e0         9s   1m",
        " >Device 041               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 043               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 045               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 047               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 049               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 051               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 053               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 055               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 057               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 059               peer:80           10.77.1.2        e0         9s   1m",
        "  Device 061               peer:80           10.77.1.2        e0         9s   1m",
        " 121 of 200   up/down select   Enter details   / filter   q quit",
      ]
    `);
  });

  test("a narrow screen keeps names and hosts", () => {
    expect(render(withTime(many, 9_000), 40, 6).slice(1, 4)).toEqual([
      "  NAME                  HOST            ",
      "_http._tcp  Web Site (100)              ",
      " >Device 000            peer:80         ",
    ]);
  });

  test("the list begins at its beginning", () => {
    expect(render(many, 80, 24)[3]).toMatch(/^\+>Device 000/);
  });

  test("the cursor is always on the screen", () => {
    for (const steps of [0, 1, 11, 99, 100, 199]) {
      const model = withCursorMoved(many, steps);
      const name = model.rows.find((row) => row.service.fullName === model.selected)?.service.name;
      expect(render(model, 80, 24).join("\n")).toContain(`${name} `);
    }
  });

  test.each([
    [80, 24],
    [40, 10],
    [200, 60],
    [20, 4],
    [1, 1],
  ])("a screen of %d by %d is filled exactly", (width, height) => {
    for (const model of [many, { ...many, showsDetails: true }, busyLan(), EMPTY]) {
      const lines = render(model, width, height);
      expect(lines).toHaveLength(height);
      expect(lines.map(displayWidth)).toEqual(lines.map(() => width));
    }
  });
});
