// What ends an example is one sentence, with the status that the commands have for it.
const NOTHING_FOUND = /^ERR_MDNS_TIMEOUT$/;
const WRONG_ARGUMENT =
  /^ERR_(?:MDNS_(?:ARGUMENT|UNKNOWN_INTERFACE)|UDP_(?:ARGUMENT|RANGE)|SOCKET_BAD_PORT|INVALID_URL|INVALID_PROTOCOL)$/;

process.on("uncaughtException", ({ code = "", message }) => {
  console.error(message);
  process.exit(NOTHING_FOUND.test(code) ? 1 : WRONG_ARGUMENT.test(code) ? 2 : 3);
});
