import type http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";
import { expect, expectTypeOf, test } from "vitest";
import type {
  Browser,
  HostAddress,
  MdnsErrorCode,
  MdnsOptions,
  Publication,
  PublishOptions,
  Service,
  ServiceChange,
  TxtInput,
  TxtValue,
} from "../../src/index.ts";
import { Mdns, type MdnsError, Txt } from "../../src/index.ts";

test("the public types say what a caller gets", () => {
  const mdns = new Mdns();
  expectTypeOf(mdns.publish).parameter(0).toEqualTypeOf<PublishOptions>();
  expectTypeOf(mdns.publish).returns.resolves.toEqualTypeOf<Publication>();
  expectTypeOf(mdns.browse).returns.toEqualTypeOf<Browser>();
  expectTypeOf(mdns.resolve).returns.resolves.toEqualTypeOf<Service>();
  expectTypeOf(mdns.lookup).returns.resolves.toEqualTypeOf<readonly HostAddress[]>();
  expectTypeOf(mdns.ready).resolves.toBeVoid();
  expectTypeOf<Service["txt"]["get"]>().returns.toEqualTypeOf<TxtValue | undefined>();
  expectTypeOf<Service["domain"]>().toEqualTypeOf<"local">();
  expectTypeOf<AsyncIterable<ServiceChange>>().toExtend<AsyncIterable<ServiceChange>>();
  expectTypeOf<Browser>().toExtend<AsyncIterable<ServiceChange>>();
  expectTypeOf<InstanceType<typeof MdnsError>["code"]>().toEqualTypeOf<MdnsErrorCode>();
  expectTypeOf<typeof mdns>().toExtend<AsyncDisposable>();
  expectTypeOf<Publication>().toExtend<AsyncDisposable>();
  expectTypeOf<Browser>().toExtend<Disposable>();
  expectTypeOf(new Txt()).toExtend<Iterable<readonly [string, TxtValue]>>();
});

test("options accept what they say and nothing else", () => {
  expectTypeOf<{ a: string; b: true; c: Uint8Array; d: number; e: undefined; f: false }>().toExtend<TxtInput>();
  expectTypeOf<readonly string[]>().toExtend<TxtInput>();
  expectTypeOf<{ a: Date }>().not.toExtend<TxtInput>();
  expectTypeOf<{ interfaces: (string | RegExp)[] }>().toExtend<MdnsOptions>();
  expectTypeOf<{ families: "ipv5"[] }>().not.toExtend<MdnsOptions>();
  expectTypeOf<{ type: string; port: number }>().toExtend<PublishOptions>();
  expectTypeOf<{ type: string }>().not.toExtend<PublishOptions>();
});

test("events are typed, and their listeners need no annotation", () => {
  const check = (browser: Browser, publication: Publication): void => {
    browser.on("up", (service) => expectTypeOf(service).toEqualTypeOf<Service>());
    publication.on("renamed", (name, before) => expectTypeOf([name, before]).toEqualTypeOf<string[]>());
    // @ts-expect-error there is no such event
    browser.on("added", () => {});
  };
  expect(check).toBeTypeOf("function");
});

test("dnsLookup fits node:net and node:http, and leaves other names to the system", async () => {
  const { dnsLookup } = new Mdns();
  expectTypeOf<{ lookup: typeof dnsLookup }>().toExtend<Pick<net.TcpSocketConnectOpts, "lookup">>();
  expectTypeOf<{ lookup: typeof dnsLookup }>().toExtend<Pick<http.RequestOptions, "lookup">>();
  const server = net.createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const received = await new Promise((resolve, reject) => {
    const socket = net.connect({ host: "localhost", port, lookup: dnsLookup });
    socket.once("data", (data) => resolve(String(data))).once("error", reject);
  });
  server.close();
  expect(received).toBe("hello");
});
