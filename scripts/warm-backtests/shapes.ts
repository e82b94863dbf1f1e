import { randomNumbers } from "../random";

/** Traffic that is made up: requests per hour, from a Monday on, the same in each run. */
export interface Shape {
  /** Name of its file, without ending. */
  readonly name: string;
  readonly what: string;
  /** Requests of an hour, by its number. @param noise standard normal, another one at each call @param chance from 0 to below 1 */
  readonly requests: (hour: number, noise: () => number, chance: () => number) => number;
}

const weeks = 8;
const hoursOfWeek = 168;
const begin = Date.UTC(2025, 0, 6);

export const shapes: readonly Shape[] = [
  {
    name: "office-hours",
    what: "made up: an application of an office, ten hours on five days",
    requests: (hour, noise) => {
      const [day, time] = [Math.floor(hour / 24) % 7, hour % 24];
      const level = day < 5 && time >= 8 && time < 18 ? 100_000 : day < 5 ? 6_000 : 3_000;
      return level * (1 + 0.15 * noise());
    },
  },
  {
    name: "growing-days",
    what: "made up: a daily wave that grows by a tenth every week",
    requests: (hour, noise) =>
      (60_000 + 40_000 * Math.sin((2 * Math.PI * ((hour % 24) - 8)) / 24)) *
      (1 + 0.12 * noise()) *
      1.1 ** (hour / hoursOfWeek),
  },
  {
    name: "nightly-batch",
    what: "made up: little traffic, a batch of one hour every night, and an unforeseeable burst in one hour of a hundred",
    requests: (hour, noise, chance) => {
      const burst = chance() < 0.01 ? 80_000 : 0;
      return (10_000 + (hour % 24 === 2 ? 150_000 : 0) + burst) * (1 + 0.2 * noise());
    },
  },
];

/** The file of a shape. */
export function csvOf({ name, what, requests }: Shape): string {
  const random = randomNumbers(`traffic ${name}`);
  const chance = (): number => random() / 2 ** 48;
  const noise = (): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const lines = Array.from({ length: weeks * hoursOfWeek }, (_, hour) => {
    const start = new Date(begin + hour * 3_600_000).toISOString().slice(0, 16);
    return `${start},${Math.max(0, Math.round(requests(hour, noise, chance)))}`;
  });
  return [`# Requests per hour, ${what}; written by npm run warm-backtests.`, "time,requests", ...lines, ""].join("\n");
}
