// Lets an example run on the source, without a build: node --import tsx --import ./test/net/mdns/source-imports.mjs EXAMPLE
import { register } from "node:module";

const source = new URL("../../../src/index.ts", import.meta.url).href;
const hooks = `export const resolve = (specifier, context, next) =>
  next(specifier === "earshot" ? ${JSON.stringify(source)} : specifier, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
