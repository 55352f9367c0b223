import { expectTypeOf, test } from "vitest";
import {
  always,
  choice,
  type Datagram,
  never,
  type ReadyEvt,
  sync,
  timeout,
  UdpSocket,
  wrap,
} from "../../src/udp/index.ts";

test("the type of sync is that of the events' results, with null only where a time limit is given", async () => {
  const socket = new UdpSocket();
  const data = socket.receiveEvt();
  const either = [data.map(({ port }) => port), timeout(1).map(() => "late" as const)] as const;
  expectTypeOf(() => sync(data)).returns.resolves.toEqualTypeOf<Datagram>();
  expectTypeOf(() => sync(either)).returns.resolves.toEqualTypeOf<number | "late">();
  expectTypeOf(() => sync(either, { timeoutMs: 1 })).returns.resolves.toEqualTypeOf<number | "late" | null>();
  expectTypeOf(() => sync([data, never])).returns.resolves.toEqualTypeOf<Datagram>();
  expectTypeOf(() => sync(choice(data, always(1)))).returns.resolves.toEqualTypeOf<Datagram | number>();
  expectTypeOf(() => sync(wrap(data, async ({ host }) => host))).returns.resolves.toEqualTypeOf<string>();
  expectTypeOf(() => sync(socket.sendReadyEvt())).returns.resolves.toEqualTypeOf<ReadyEvt>();
  expectTypeOf(() => socket.tryReceive()).returns.toEqualTypeOf<Datagram | undefined>();
  // @ts-expect-error dgram's order of arguments
  const mixedUp = (): Promise<void> => socket.bind(53, "127.0.0.1");
  // @ts-expect-error half a target
  const half = (): Promise<void> => socket.connect("127.0.0.1", null);
  expectTypeOf([mixedUp, half]).not.toBeAny();
  socket.close();
});
