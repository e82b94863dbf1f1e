import type { Thing } from "../data/report";
import { type Html, html } from "./html";

/** A number with the noun that it counts: `1 resource`, `681 resources`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? noun : `${noun.replace(/y$/, "ie")}s`}`;

/** Several things in words: `events and a schedule`. */
export const listed = (things: readonly string[]): string =>
  things.length < 2 ? things.join("") : `${things.slice(0, -1).join(", ")} and ${things.at(-1)}`;

/** Seconds as a person says them: `45 s`, `7 min`, `1 min 30 s`. */
export function duration(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${seconds} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A thing with its kind and region: `HTTP API prod-orders, eu-west-1`. */
export const named = ({ kind, name, region }: Thing): Html =>
  html`<span class="kind">${kind}</span> <span class="name">${name}</span>${region !== undefined && html` <span class="region">${region}</span>`}`;
