import type { Companion } from "./companion";
import { compute } from "./compute";
import { data } from "./data";
import { senders } from "./senders";
import { web } from "./web";

export type { Companion } from "./companion";

/** What AWS looks for when it creates something, although nothing names it there; and what it does one at a time. */
export const companions: readonly Companion[] = [...compute, ...senders, ...web, ...data];
