import type { Mdns } from "../../../src/index.ts";
import { pick, type Random } from "../../sim/random.ts";

export interface Stage {
  readonly mdns: Mdns;
  readonly random: Random;
  /** Aborted at the end. */
  readonly signal: AbortSignal;
  /** Takes what is promised on the way. */
  readonly watch: (promise: Promise<unknown>) => void;
}

/** Begins something that a program does; what it returns ends it in another way than by the signal. */
type Act = (stage: Stage) => (() => void) | undefined;

// Few, so that lives are in each other's way.
const type = (random: Random): string => pick(random, ["_a._tcp", "_b._udp"]);
const name = (random: Random): string => pick(random, ["Red", "Green", "Blue"]);
const host = (random: Random): string => pick(random, ["red", "green", "blue"]);

export const ACTS: readonly Act[] = [
  function publish({ mdns, random, signal, watch }) {
    watch(mdns.publish({ name: name(random), type: type(random), port: 1, signal }));
    return undefined;
  },

  function publishHost({ mdns, random, signal, watch }) {
    watch(mdns.publishHost({ host: host(random), addresses: ["192.0.2.7"], signal }));
    return undefined;
  },

  function publishRecords({ mdns, random, signal, watch }) {
    const record = { name: `${host(random)}.local`, type: "TXT", data: { kind: "txt", strings: [] } } as const;
    watch(mdns.publishRecords([record], { signal }));
    return undefined;
  },

  function publishAndClose({ mdns, random, watch }) {
    const publishing = mdns.publish({ name: name(random), type: type(random), port: 2, wait: false });
    watch(publishing);
    return () => watch(publishing.then((publication) => publication.close()));
  },

  function publishAndChange({ mdns, random, watch }) {
    const publishing = mdns.publish({ name: name(random), type: type(random), port: 3, wait: false });
    watch(publishing.then((publication) => publication.update({ port: 4, txt: { changed: true } })));
    watch(publishing.then((publication) => publication.update({ name: name(random) })));
    return () => watch(publishing.then((publication) => publication[Symbol.asyncDispose]()));
  },

  function browse({ mdns, random, signal, watch }) {
    const browser = mdns.browse(type(random), { signal });
    watch(browser[Symbol.asyncIterator]().next());
    watch(browser[Symbol.asyncIterator]().next());
    return undefined;
  },

  function browseAndLeave({ mdns, random, signal, watch }) {
    const changes = mdns.browse(type(random), { signal, immediate: true })[Symbol.asyncIterator]();
    watch(changes.next());
    return () => watch(Promise.resolve(changes.return?.()));
  },

  function browseAndClose({ mdns, random, watch }) {
    const browser = mdns.browse(type(random));
    watch(browser[Symbol.asyncIterator]().next());
    return () => browser.close();
  },

  function browseTypes({ mdns, signal, watch }) {
    const browser = mdns.browseTypes({ signal });
    watch(browser[Symbol.asyncIterator]().next());
    return () => browser.close();
  },

  function query({ mdns, random, signal, watch }) {
    const browser = mdns.query(`${host(random)}.local`, "ANY", { signal });
    watch(browser[Symbol.asyncIterator]().next());
    return () => browser.close();
  },

  function resolve({ mdns, random, signal, watch }) {
    watch(mdns.resolve(name(random), type(random), { signal, timeout: 500 }));
    return undefined;
  },

  function lookup({ mdns, random, signal, watch }) {
    watch(mdns.lookup(host(random), { signal, timeout: 500 }));
    return undefined;
  },

  function reverse({ mdns, signal, watch }) {
    watch(mdns.reverse("192.0.2.7", { signal, timeout: 500 }));
    return undefined;
  },

  function dnsLookup({ mdns, random, watch }) {
    const looking = new Promise<void>((found, failed) => {
      mdns.dnsLookup(`${host(random)}.local`, {}, (error) => (error === null ? found() : failed(error.code)));
    });
    watch(looking);
    return undefined;
  },

  function readyAndReconfirm({ mdns, random }) {
    mdns.reconfirm({ name: name(random), type: type(random), host: `${host(random)}.local` });
    return () => void mdns.ready; // nobody has to be told that it is closed
  },
];
