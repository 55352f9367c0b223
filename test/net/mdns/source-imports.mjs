// Lets an example run on the source, without a build: node --import tsx --import ./test/net/mdns/source-imports.mjs EXAMPLE
import { register } from "node:module";

const source = (path) => new URL(`../../../src/${path}`, import.meta.url).href;
const SOURCES = { earshot: source("index.ts"), "earshot/udp": source("udp/index.ts") };
const hooks = `const sources = ${JSON.stringify(SOURCES)};
export const resolve = (specifier, context, next) => next(sources[specifier] ?? specifier, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
