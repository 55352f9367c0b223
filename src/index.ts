export * from "./mdns/index.ts";
