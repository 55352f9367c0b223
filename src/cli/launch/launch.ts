import { Program } from "./program.ts";

/** The file of the command, which the build puts here. */
declare const PROGRAM: string;

new Program(import.meta.dirname).load(PROGRAM);
