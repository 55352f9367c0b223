/** Bytes that come in chunks and leave in pieces of another size. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The first `size` bytes, which stay; `undefined` while there are fewer. */
  peek(size: number): DataView | undefined {
    if (this.#length < size) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < size) this.#chunks = [Buffer.concat(this.#chunks)];
    const [first = new Uint8Array()] = this.#chunks;
    return new DataView(first.buffer, first.byteOffset, size);
  }

  /** Lets go of the first `size` bytes, which were seen by {@link peek}. */
  drop(size: number): void {
    const [first = new Uint8Array(), ...rest] = this.#chunks;
    this.#chunks = first.length === size ? rest : [first.subarray(size), ...rest];
    this.#length -= size;
  }
}
