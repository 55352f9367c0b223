// Node runs timers before it reads sockets, and an immediate that follows an I/O callback before the next read:
// one turn lets what has arrived overtake a timer, two are certain to have read it.

/** Lets the event loop read what the kernel has received by now. */
export async function settled(): Promise<void> {
  await loopTurn();
  await loopTurn();
}

export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const LONGEST_MS = 2 ** 31 - 1; // of a Node timer

/** Runs `then` a loop turn after `ms` milliseconds have passed, never if they are infinite; returns cancel. */
export function afterDelay(ms: number, then: () => void): () => void {
  const deadline = performance.now() + ms;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const arm = (): void => {
    const left = deadline - performance.now();
    if (left <= 0) immediate = setImmediate(then);
    else if (left !== Number.POSITIVE_INFINITY) timer = setTimeout(arm, Math.min(Math.ceil(left), LONGEST_MS));
  };
  arm();
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
