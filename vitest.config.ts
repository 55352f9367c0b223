import { defineConfig } from "vitest/config";

// Of these every file has network namespaces of its own; on loopback two files would hear each other.
const APART = ["test/net/faults/**/*.test.ts", "test/net/link/!(loopback).test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tools/plain-count-reporter.ts", "./tools/failed-tests-reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/net/**", "test/interop/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "net",
          include: ["test/net/**/*.test.ts"],
          exclude: APART,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "netns",
          include: APART,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "interop",
          include: ["test/interop/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
