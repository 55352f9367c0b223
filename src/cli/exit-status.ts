/** What a command's exit status means; as with grep, 1 is an empty result and not a failure. */
export const EXIT = {
  done: 0,
  nothingFound: 1,
  usage: 2,
  refused: 3,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
