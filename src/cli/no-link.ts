/** What is said where there is nothing to work on yet. */
export const NO_LINK = "no network interface is up; waiting for one (loopback is used only when named with -i)";
