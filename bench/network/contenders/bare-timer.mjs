// What looking for changes every 1.95 s costs at least: a joined socket, and a timer that does nothing.
import { open as listen } from "./bare-listener.mjs";

const PERIOD = 1_950;

export async function open(options) {
  const listener = await listen(options);
  setInterval(() => {}, PERIOD);
  return listener;
}
