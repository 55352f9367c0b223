import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { Namespaces, noNamespaces } from "../link/namespaces.ts";
import { Program } from "../mdns/program.ts";

const HOST = fileURLToPath(new URL("host.ts", import.meta.url));
const FLAPS = 100;
const NOTICED = 20; // every so many flaps one lasts until it is noticed; the others are over before that

const LINK = [["link set e0 down"], ["link set e0 up"]] as const;
const REMOVED = [["addr del 10.77.0.1/24 dev e0"], ["addr add 10.77.0.1/24 dev e0"]] as const;
const REPLACED = [
  ["addr del 10.77.0.1/24 dev e0", "addr add 10.77.1.1/24 dev e0"],
  ["addr del 10.77.1.1/24 dev e0", "addr add 10.77.0.1/24 dev e0"],
] as const;
const KINDS = [LINK, REMOVED, REPLACED] as const;

test("100 flaps of a live interface and its addresses while publishing and browsing: all is found at the end (N-01, N-20)", async ({
  skip,
}) => {
  skip(noNamespaces !== undefined, noNamespaces);
  const lan = new Namespaces();
  onTestFinished(() => lan.remove());
  const [a, b] = [lan.add("a"), lan.add("b")];
  lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
  const alpha = new Program([HOST, "alpha"], { namespace: a });
  const beta = new Program([HOST, "beta"], { namespace: b });
  await Promise.all([alpha.prints(/^found alpha,beta$/m), beta.prints(/^found alpha,beta$/m)]);

  for (let flap = 1; flap <= FLAPS; flap++) {
    const lasts = flap % NOTICED === 0;
    const [away, back] = lasts ? LINK : (KINDS[flap % KINDS.length] ?? LINK);
    const before = alpha.printed;
    for (const command of away) lan.ip(a, command);
    if (lasts) await alpha.prints(/^down e0$/m, before);
    for (const command of back) lan.ip(a, command);
    if (lasts) await alpha.prints(/^down e0$.*^up e0$/ms, before);
  }

  alpha.child.stdin.write("publish alpha at last\n");
  beta.child.stdin.write("publish beta at last\n");
  const all = /^found alpha,alpha at last,beta,beta at last$/m;
  await Promise.all([alpha.prints(all), beta.prints(all)]);
  for (const host of [alpha, beta]) {
    host.child.stdin.write("close\n");
    const { status, output } = await host.ended;
    expect({ status, wrong: output.match(/^(escaped|error).*/gm) }).toEqual({ status: 0, wrong: null });
  }
}, 120_000);
