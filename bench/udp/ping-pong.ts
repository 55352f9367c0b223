import { bareSocket } from "./bare.ts";
import type { Pair } from "./pair.ts";
import { UdpSocket } from "./subject.ts";

const HOST = "127.0.0.1";

export function pingPongPairs(port: number): readonly Pair[] {
  return [
    {
      name: "ping-pong",
      bound: 1.15,
      datagrams: 4_000,
      async bare(size) {
        const [socket, data] = [await bareSocket(), Buffer.alloc(size, 1)];
        let onAnswer: () => void = () => {};
        socket.on("message", () => onAnswer());
        return {
          run: (rounds) =>
            new Promise((resolve) => {
              let left = rounds;
              onAnswer = () => {
                if (--left === 0) resolve();
                else socket.send(data, port, HOST, () => {});
              };
              socket.send(data, port, HOST, () => {});
            }),
          close: () => socket.close(),
        };
      },
      async ours(size) {
        const [socket, data] = [new UdpSocket(), Buffer.alloc(size, 1)];
        await socket.bind(HOST, 0);
        return {
          async run(rounds) {
            for (let left = rounds; left > 0; left--) {
              await socket.sendTo(HOST, port, data);
              await socket.receive();
            }
          },
          close: () => socket.close(),
        };
      },
    },
  ];
}
