import { loopTurn, settled } from "./loop-turn.ts";
import type { SocketState } from "./socket-state.ts";

const READS_A_TURN = 32; // libuv leaves the rest for the next turn
const MOST_TURNS = 256; // a flood never settles

/** Waits until the event loop has read what the kernel holds for the socket by now. */
export async function settleSocket(state: SocketState): Promise<void> {
  let before = seen(state);
  await settled();
  for (let turns = 0; turns < MOST_TURNS && seen(state) - before >= READS_A_TURN; turns++) {
    before = seen(state);
    await loopTurn();
  }
}

function seen({ inbox }: SocketState): number {
  return inbox.received + inbox.dropped;
}
