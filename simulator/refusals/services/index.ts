import type { TypeCalls } from "../refusal";
import { cloudwatch } from "./cloudwatch";
import { messaging } from "./messaging";

const byType = new Map<string, TypeCalls>([messaging, cloudwatch].flatMap((calls) => Object.entries(calls)));

/** How the provider calls AWS for one resource type; undefined for a type that has no rules. */
export function callsOf(type: string): TypeCalls | undefined {
  return byType.get(type);
}

/** The resource types that have rules. */
export const typesWithCalls: readonly string[] = [...byType.keys()];
