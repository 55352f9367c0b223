// A machine with other work may take ten times as long as it should to start a process.

/** How long to wait for what should come at once, in milliseconds. */
export const PATIENCE = 30_000;

/** For suites that wait so, more than once a test. */
export const PATIENT = { timeout: 120_000 };
