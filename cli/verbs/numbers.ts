import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number above zero. */
export function positiveNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return Number(value);
}
