import type { Machine } from "../../simulator";
import type { Check } from "./check";
import { locks, nodeVersion, provider, terraform, writable } from "./machine";
import { enginePackages, moduleType } from "./packages";
import { app, environments, leftStates } from "./project";

export type { Check, Finding } from "./check";

/** Every check, in the order in which one can make another one pointless. */
export const checksOf = (machine: Machine): readonly Check[] => [
  nodeVersion,
  terraform,
  provider(machine),
  enginePackages,
  moduleType,
  writable,
  locks,
  leftStates,
  app,
  environments,
];
