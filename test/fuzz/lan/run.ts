import type { Family } from "../../../src/mdns/core/datagram.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import type { Segment } from "../../sim/segment.ts";
import type { SimHost } from "../../sim/sim-host.ts";
import { SimLan } from "../../sim/sim-lan.ts";
import { watchHeldState } from "../../sim/watch/held-state.ts";
import { watchMulticastRate } from "../../sim/watch/multicast-rate.ts";
import { watchPacketForm } from "../../sim/watch/packet-form.ts";
import { watchQuestionRate } from "../../sim/watch/question-rate.ts";
import { watchGivenRecords } from "./given-records.ts";
import { type Claimed, Model } from "./model.ts";
import type { Step } from "./steps.ts";
import { Stranger } from "./stranger.ts";
import { recordsOf, TTLS, type Wish, withOtherOwnership } from "./universe.ts";
import { Watcher } from "./watcher.ts";

const HOSTS = 4;
const REST = 15_000; // ms: longer than anything waits that nothing was lost of
const FELT = 60_000; // ms in which updates of a name may have used up its credits, RFC 6762 §8.4

/** Programs on a virtual LAN that do what the steps say, and a model of what each of them must see. */
export class LanRun {
  readonly lan: SimLan;
  readonly model: Model = new Model();
  readonly #segment: Segment;
  readonly #hosts: readonly SimHost[];
  readonly #watchers: Watcher[] = [];
  readonly #stranger: Stranger;
  /** When something was done with a name that shows late. */
  readonly #slowed = new Map<string, number>();
  #troubledSince: number | undefined;
  /** What a stranger asked last; replies to the same question are kept. */
  #asked: Extract<Step, { kind: "stranger" }> | undefined;

  constructor(seed: number, families: readonly Family[]) {
    this.lan = new SimLan({ seed });
    for (const watch of [watchPacketForm, watchMulticastRate, watchQuestionRate, watchHeldState]) watch(this.lan);
    watchGivenRecords(this.lan, this.model);
    this.#segment = this.lan.segment("lan", { delay: 0.3 });
    this.#hosts = Array.from({ length: HOSTS }, (_, index) => this.#start(`h${index}`, families));
    this.#stranger = new Stranger(this.lan, this.#segment, this.model, families[0] ?? "ipv4");
  }

  /** @throws Error when something is not as it must be */
  take(step: Step): void {
    this.lan.log.remark(this.lan.clock.now(), JSON.stringify(step));
    switch (step.kind) {
      case "claim":
        this.#claim(this.#host(step.host), step.wish);
        break;
      case "update":
        this.#change(this.#claimed(step.which), recordsOf(step.wish), "update");
        break;
      case "replace":
        this.#change(this.#claimed(step.which), recordsOf(step.wish), "replace");
        break;
      case "share":
        this.#change(this.#claimed(step.which), withOtherOwnership(this.#claimed(step.which)?.records ?? []), "update");
        break;
      case "withdraw":
        this.#withdraw(this.#claimed(step.which));
        break;
      case "again":
        this.#again(this.#claimed(step.which), step.times);
        break;
      case "watch":
        this.#watchers.push(new Watcher(this.lan, this.#host(step.host), step.question));
        break;
      case "stop":
        for (const watcher of this.#watchers.splice(step.which, 1)) watcher.stop();
        break;
      case "reconfirm":
        for (const link of this.#host(step.host).links) link.reconfirm(step.record);
        break;
      case "stranger":
        this.#asked = step;
        this.#askAsStranger(step);
        break;
      case "same question":
        if (this.#asked !== undefined) this.#askAsStranger(this.#asked);
        break;
      case "restart":
        for (const claimed of this.model.of(this.#host(step.host))) claimed.revision++;
        this.#host(step.host).jumpWallClock();
        break;
      case "unplug":
        this.#trouble();
        for (const cable of this.#host(step.host).interfaces) cable.down();
        break;
      case "plug":
        for (const cable of this.#host(step.host).interfaces) cable.up();
        break;
      case "lose":
        this.#trouble();
        this.#segment.setFaults({ delay: 0.3, jitter: 20, loss: step.share, duplicate: 0.1 });
        break;
      case "rest":
        this.rest();
        break;
      case "wait":
        this.#run(step.duration);
        break;
    }
  }

  /** All cables in, nothing lost any more, nobody does anything. @throws Error when somebody does not see the truth */
  rest(): void {
    const { lan } = this;
    const since = this.#troubledSince;
    this.#segment.setFaults({ delay: 0.3 });
    for (const { interfaces } of this.#hosts) for (const cable of interfaces) cable.up();
    const asked = lan.clock.now(); // a question that nobody answered is asked again after as long as it has been asked
    this.#run(since === undefined ? REST : REST + 2 * asked + 2_000 * Math.max(...TTLS));
    const wrong = this.#watchers.flatMap((watcher) =>
      watcher.differences(this.model).map((difference) => `${watcher}: ${difference}`),
    );
    const unsettled = this.model.claims.filter(({ held }) => held?.news !== "announced");
    const waiting = unsettled.map(({ host, held }) => `${host.name} has a claim that is ${held?.news}`);
    if (wrong.length + waiting.length > 0) throw new Error([...wrong, ...waiting].join("\n"));
    this.#troubledSince = undefined;
    for (const watcher of this.#watchers) watcher.forgive();
  }

  #start(name: string, families: readonly Family[]): SimHost {
    const host = this.lan.host(name, [this.#segment], { families });
    host.watch({
      linkUp: (link) => {
        for (const claimed of this.model.of(host)) this.#register(claimed, link);
        for (const watcher of this.#watchers) if (watcher.host === host) watcher.ask();
      },
      addressesChanged: () => {},
      linkDown: () => {
        for (const claimed of this.model.of(host)) claimed.held = undefined;
      },
    });
    return host;
  }

  #host(place: number): SimHost {
    return this.#hosts[place % HOSTS] as SimHost;
  }

  #claimed(place: number): Claimed | undefined {
    return this.model.claims[place];
  }

  #claim(host: SimHost, wish: Wish): void {
    const records = recordsOf(wish);
    if (this.#isFree(host, records)) this.#hold(host, records);
  }

  #hold(host: SimHost, records: readonly OwnRecord[]): void {
    const claimed: Claimed = { host, records, revision: 0, held: undefined };
    this.model.claims.push(claimed);
    for (const link of host.links) this.#register(claimed, link);
  }

  #register(claimed: Claimed, link: Link): void {
    const registered = link.register(claimed.records, (news) => {
      if (claimed.held?.link === link) claimed.held.news = news;
      if (news === "lost") this.lan.violate(`${claimed.host.name} lost a name that nobody else wants`);
    });
    claimed.held = { link, registered, news: undefined };
  }

  #change(claimed: Claimed | undefined, records: readonly OwnRecord[], how: "update" | "replace"): void {
    if (claimed === undefined || !this.#isFree(claimed.host, records, claimed)) return;
    this.#slow([...claimed.records, ...records]);
    claimed.records = records;
    claimed.revision++;
    claimed.held?.registered[how](records);
  }

  #withdraw(claimed: Claimed | undefined): void {
    if (claimed === undefined) return;
    this.model.claims.splice(this.model.claims.indexOf(claimed), 1);
    if (claimed.held?.news !== "announced") this.#slow(claimed.records); // only asking tells whether others have them
    claimed.held?.registered.withdraw();
  }

  #askAsStranger({ question, manner, knows }: Extract<Step, { kind: "stranger" }>): void {
    const isClean = (): boolean => this.#troubledSince === undefined;
    this.#stranger.ask(question, manner, (place) => knows[place] === true, isClean);
  }

  /** Given up and claimed at once, an odd number of times and it stays. */
  #again(claimed: Claimed | undefined, times: number): void {
    if (claimed === undefined) return;
    this.#withdraw(claimed);
    for (let turn = 0; turn < times; turn++) {
      if (turn % 2 === 0) this.#hold(claimed.host, claimed.records);
      else this.#withdraw(this.model.claims.at(-1));
    }
  }

  /** No name is contested here: that is for `test/sim`, where names are renamed. */
  #isFree(host: SimHost, records: readonly OwnRecord[], claimed?: Claimed): boolean {
    return records.every(({ record }) => !this.model.isTaken(record.name, host, claimed));
  }

  #run(duration: number): void {
    this.lan.run(duration);
    if (this.#troubledSince !== undefined) return;
    const now = this.lan.clock.now();
    for (const watcher of this.#watchers) {
      watcher.check(this.model, now, (key) => this.#isPaced(key, now));
    }
  }

  #slow(records: readonly OwnRecord[]): void {
    for (const { record } of records) this.#slowed.set(record.name.toString(), this.lan.clock.now());
  }

  #isPaced(key: string, now: number): boolean {
    const [name = ""] = key.slice(1).split(" ");
    return now - (this.#slowed.get(name) ?? Number.NEGATIVE_INFINITY) < FELT;
  }

  #trouble(): void {
    this.#troubledSince ??= this.lan.clock.now();
  }
}
