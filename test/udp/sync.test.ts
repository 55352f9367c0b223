import { expect, test } from "vitest";
import {
  always,
  choice,
  type Evt,
  makeEvt,
  never,
  sync,
  timeout,
  UdpContractError,
  UdpSocket,
  wrap,
} from "../../src/udp/index.ts";
import { bound, HERE, portOf, text } from "./loopback.ts";

/** An event that is ready when told so, and counts what happens to it. */
function switchable(value: string): Evt<string> & { on: boolean; readonly taken: number; readonly watchers: number } {
  const watchers = new Set<() => void>();
  let on = false;
  let taken = 0;
  const evt = makeEvt<string>(
    () => {
      if (!on) return undefined;
      taken++;
      return { value };
    },
    (wake) => {
      watchers.add(wake);
      return () => watchers.delete(wake);
    },
  );
  return Object.defineProperties({ ...evt } as never, {
    on: {
      set(ready: boolean) {
        on = ready;
        for (const wake of [...watchers]) wake();
      },
    },
    taken: { get: () => taken },
    watchers: { get: () => watchers.size },
  });
}

/** Gives the kernel time to deliver, and the event loop none to read. */
function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("sync answers with the ready event's result", async () => {
  expect(await sync(always("now"))).toBe("now");
  expect(await sync([never, always(7)])).toBe(7);
  expect(await sync(always())).toBeUndefined();
});

test("sync waits for a wake, takes once, and leaves nobody watching", async () => {
  const [a, b] = [switchable("a"), switchable("b")];
  const result = sync([a, b]);
  expect([a.watchers, b.watchers]).toEqual([1, 1]);
  b.on = true;
  a.on = true;
  expect(await result).toBe("b");
  expect([a.taken, b.taken, a.watchers, b.watchers]).toEqual([0, 1, 0, 0]);
});

test("among ready events the choice is random and even, through nested choices too", async () => {
  const counts = new Map<string, number>();
  const evt = choice(choice(always("a"), always("b")), never, choice(choice(always("c"))), always("d"));
  for (let n = 0; n < 4_000; n++) {
    const result = await sync(evt);
    counts.set(result, (counts.get(result) ?? 0) + 1);
  }
  // 1,000 each; 800 is more than seven standard deviations away
  for (const name of ["a", "b", "c", "d"]) expect(counts.get(name)).toBeGreaterThan(800);
});

test("wrap maps the result of the chosen event only, and map is the same in a chain", async () => {
  const ran: string[] = [];
  const tell = (value: string): string => {
    ran.push(value);
    return value.toUpperCase();
  };
  expect(await sync([wrap(never, tell), always("x").map(tell)])).toBe("X");
  expect(await sync(choice(always("y")).map(tell))).toBe("Y");
  expect(
    await sync(
      always("z")
        .map(async (value) => tell(value))
        .map((value) => `${value}!`),
    ),
  ).toBe("Z!");
  expect(ran).toEqual(["x", "y", "z"]);
});

test("an error in a transformation, or a failed event, rejects and leaves nobody watching", async () => {
  const a = switchable("a");
  const result = sync([
    a.map(() => {
      throw new Error("mapped");
    }),
    never,
  ]);
  a.on = true;
  await expect(result).rejects.toThrow("mapped");
  expect(a.watchers).toBe(0);
  const failed = makeEvt<never>(
    () => {
      throw new Error("failed");
    },
    () => () => {},
  );
  await expect(sync(failed)).rejects.toThrow("failed");
  await expect(sync(always(1).map(() => Promise.reject(new Error("later"))))).rejects.toThrow("later");
});

test("whether an error or another ready event wins is random", async () => {
  const socket = new UdpSocket();
  socket.close();
  let errors = 0;
  for (let n = 0; n < 400; n++) await sync([socket.receiveEvt(), always(1)]).catch(() => errors++);
  expect(errors).toBeGreaterThan(100);
  expect(errors).toBeLessThan(300);
});

test("timeoutMs answers null, and 0 only looks, but at all that has arrived", async () => {
  const [a, b] = [await bound(), await bound()];
  expect(await sync(never, { timeoutMs: 5 })).toBeNull();
  expect(await sync(b.receiveEvt(), { timeoutMs: 0 })).toBeNull();
  await a.sendTo(HERE, portOf(b), text("x"));
  busyFor(20);
  expect(await sync(b.receiveEvt(), { timeoutMs: 0 })).toMatchObject({ data: text("x") });
  for (const s of [a, b]) s.close();
});

test("what has arrived by the deadline wins over it", async () => {
  const [a, b] = [await bound(), await bound()];
  const waiting = sync(b.receiveEvt(), { timeoutMs: 1 });
  a.trySendTo(HERE, portOf(b), text("in time"));
  busyFor(20); // the timer is overdue when the loop turns next
  expect(await waiting).toMatchObject({ data: text("in time") });
  for (const s of [a, b]) s.close();
});

test("timeout is ready from its moment on, for every sync", async () => {
  const late = timeout(20).map(() => "late");
  expect(await sync(late, { timeoutMs: 0 })).toBeNull();
  expect(await sync([never, late])).toBe("late");
  expect(await sync(late, { timeoutMs: 0 })).toBe("late");
  expect(await sync(timeout(0).map(() => "at once"))).toBe("at once");
  expect(await sync([timeout(Number.POSITIVE_INFINITY), always("x")])).toBe("x");
  expect(await sync(timeout(2 ** 40), { timeoutMs: 1 })).toBeNull();
});

test("aborting rejects with the reason and takes nothing; an aborted signal wins over a ready event", async () => {
  const a = switchable("a");
  const abort = new AbortController();
  const result = sync([a, never], { signal: abort.signal, timeoutMs: 60_000 });
  abort.abort("stop");
  a.on = true;
  await expect(result).rejects.toBe("stop");
  await expect(sync(a, { signal: AbortSignal.abort("before") })).rejects.toBe("before");
  expect([a.taken, a.watchers]).toEqual([0, 0]);
});

test("an empty choice is never ready", async () => {
  expect(await sync(choice(), { timeoutMs: 0 })).toBeNull();
  expect(await sync([], { timeoutMs: 1 })).toBeNull();
});

test("an event that wakes the wait that polls it does no harm", async () => {
  let wakeAgain = (): void => {};
  let polls = 0;
  const evt = makeEvt<string>(
    () => {
      polls++;
      wakeAgain();
      return polls > 2 ? { value: "done" } : undefined;
    },
    (wake) => {
      wakeAgain = wake;
      return () => {};
    },
  );
  const result = sync(evt);
  wakeAgain();
  wakeAgain();
  expect(await result).toBe("done");
  expect(polls).toBe(3);
});

/** Ready from its second poll on, which it asks for while it is being watched. */
function eager(): Evt<string> {
  let polls = 0;
  return makeEvt<string>(
    () => (polls++ === 0 ? undefined : { value: "eager" }),
    (wake) => {
      wake();
      return () => {};
    },
  );
}

test("an event that wakes while it is being watched is taken, and leaves nobody watching", async () => {
  const a = switchable("a");
  const abort = new AbortController();
  expect(await sync([a, eager(), a], { timeoutMs: 60_000, signal: abort.signal })).toBe("eager");
  expect(a.watchers).toBe(0);
});

test("aborting while an event is polled or watched rejects", async () => {
  for (const during of ["poll", "watch"]) {
    const [abort, a] = [new AbortController(), switchable("a")];
    const evt = makeEvt<never>(
      () => {
        if (during === "poll") abort.abort(during);
        return undefined;
      },
      () => {
        if (during === "watch") abort.abort(during);
        return () => {};
      },
    );
    await expect(sync([a, evt], { signal: abort.signal, timeoutMs: 10_000 })).rejects.toBe(during);
    expect(a.watchers).toBe(0);
  }
});

test("an event that cannot be watched rejects, and leaves nobody watching the others", async () => {
  const others = [switchable("before"), switchable("after")] as const;
  const failing = makeEvt(
    () => undefined,
    () => {
      throw new Error("not to be watched");
    },
  );
  await expect(sync([others[0], failing, others[1]])).rejects.toThrow("not to be watched");
  expect(others.map(({ watchers }) => watchers)).toEqual([0, 0]);
});

test("an event whose watch returns no function is a contract error, alone and among others", async () => {
  const endless = makeEvt(
    () => undefined,
    () => undefined as never,
  );
  const other = switchable("other");
  for (const evts of [endless, [endless], [other, endless]]) {
    await expect(sync(evts, { timeoutMs: 1 })).rejects.toBeInstanceOf(UdpContractError);
  }
  expect(other.watchers).toBe(0);
});
