// Lets an example run on the source, without a build: node --import tsx --import ./test/udp/source-imports.mjs EXAMPLE
import { register } from "node:module";

const source = new URL("../../src/udp/index.ts", import.meta.url).href;
const hooks = `export const resolve = (specifier, context, next) =>
  next(specifier === "earshot/udp" ? ${JSON.stringify(source)} : specifier, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
