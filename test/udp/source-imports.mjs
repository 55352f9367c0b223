// Lets an example run on the source, without a build: node --import tsx --import ./test/udp/source-imports.mjs EXAMPLE
import * as loading from "node:module";

const source = new URL("../../src/udp/index.ts", import.meta.url).href;
const resolve = (specifier, context, next) => next(specifier === "earshot/udp" ? source : specifier, context);

// Node 20 has only the one way, and Node 26 warns of it.
if (loading.registerHooks) loading.registerHooks({ resolve });
else {
  const hooks = `const source = ${JSON.stringify(source)}; export const resolve = ${resolve};`;
  loading.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
