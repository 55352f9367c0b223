const SIZE = 9_000;

/**
 * The dearest packet we know for its size: one name of 127 labels, and after it as many records as fit, each owned by
 * a name that first goes through its own chain of pointers and then through all those labels.
 */
export function slowPacket() {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 0x8400);
  let at = 12;
  for (let label = 0; label < 126; label++, at += 2) bytes.set([1, 0x41 + (label % 26)], at);
  at += 1 + 10; // the root, type 0, and no rdata: the first record
  let answers = 1;
  for (let target = 12; at + 14 <= SIZE; answers++, target = 12 + 2 * (answers % 126)) {
    bytes.set([1, answers & 0xff], at);
    view.setUint16(at + 2, 0xc000 | target);
    at += 4 + 10;
  }
  view.setUint16(6, answers);
  return bytes.subarray(0, at);
}
