// The compiler writes plain files; a command that is linked, as npx does, must stay executable after each build.
import { chmodSync, readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
for (const path of Object.values(bin)) chmodSync(new URL(path, root), 0o755);
