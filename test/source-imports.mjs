// Lets an example run on the source, without a build: node --import tsx --import ./test/source-imports.mjs EXAMPLE
import * as loading from "node:module";

const source = (path) => new URL(`../src/${path}`, import.meta.url).href;
const sources = { earshot: source("index.ts"), "earshot/udp": source("udp/index.ts") };
const resolve = (specifier, context, next) => next(sources[specifier] ?? specifier, context);

// Node 20 has only the one way, and Node 26 warns of it.
if (loading.registerHooks) loading.registerHooks({ resolve });
else {
  const hooks = `const sources = ${JSON.stringify(sources)}; export const resolve = ${resolve};`;
  loading.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
