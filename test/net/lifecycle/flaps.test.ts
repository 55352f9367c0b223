import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { Namespaces, noNamespaces } from "../link/namespaces.ts";
import { Program } from "../mdns/program.ts";

const HOST = fileURLToPath(new URL("host.ts", import.meta.url));
const FLAPS = 100;
const NOTICED = 20; // every so many flaps one lasts until it is noticed; the others are over before that

test("100 flaps of a live interface while publishing and browsing: all is found at the end (N-01, N-20)", async ({
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
    const before = alpha.printed;
    lan.ip(a, "link set e0 down");
    if (flap % NOTICED === 0) await alpha.prints(/^down e0$/m, before);
    lan.ip(a, "link set e0 up");
    if (flap % NOTICED === 0) await alpha.prints(/^down e0$.*^up e0$/ms, before);
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
