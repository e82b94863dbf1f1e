import { InvalidArgumentError } from "commander";

/** Reads an option that is an amount of money, zero included. */
export function amount(value: string): number {
  if (!/^\d+(\.\d{1,2})?$/.test(value)) throw new InvalidArgumentError("It must be an amount, as 100 or 99.50.");
  return Number(value);
}

/** Reads an option that is a whole number above zero. */
export function positiveNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return Number(value);
}
