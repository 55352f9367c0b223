import type { SimLan } from "../sim-lan.ts";
import { watchHeldState } from "./held-state.ts";
import { watchMulticastRate } from "./multicast-rate.ts";
import { watchPacketForm } from "./packet-form.ts";
import { watchProbeRate } from "./probe-rate.ts";
import { watchQuestionRate } from "./question-rate.ts";
import { watchWholeSets } from "./whole-sets.ts";

/** Watches all that must hold at every step, whatever happens on the LAN. Call it before hosts are added. */
export function watchInvariants(lan: SimLan): void {
  watchPacketForm(lan);
  watchMulticastRate(lan);
  watchProbeRate(lan);
  watchQuestionRate(lan);
  watchWholeSets(lan);
  watchHeldState(lan);
}
