import { afterEach, beforeEach } from "vitest";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

/** Two namespaces on a wire: `e0` of the one has 10.77.0.1, that of the other 10.77.0.2. */
export interface TwoHosts {
  readonly lan: Namespaces;
  readonly a: string;
  readonly b: string;
}

/** Makes them anew for each test of the suite that calls this, and removes them after it. */
export function eachOnTwoHosts(use: (hosts: TwoHosts) => void): void {
  let lan: Namespaces | undefined;
  beforeEach(({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
    const [a, b] = [lan.add("a"), lan.add("b")];
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    use({ lan, a, b });
  }, PATIENT.timeout);
  afterEach(() => lan?.remove(), PATIENT.timeout);
}
