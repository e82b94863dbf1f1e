import type { Charge, PricedResource, PricingContext, Service } from "../../contract";
import type { PriceId } from "../../values/prices";
import { hoursPerMonth } from "../../values/prices";
import { shown } from "../use";

/** A block of Terraform's JSON as a list, with or without the list around it. */
export function blocksOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Readonly<Record<string, unknown>>[];
}

export const numberOf = (value: unknown, otherwise = 0): number => {
  const number = Number(value);
  return value === undefined || value === null || Number.isNaN(number) ? otherwise : number;
};

/** A charge of so many units a month, unless there are none. */
export const charge = (price: PriceId, units: number, how: string, region?: string | null): Charge[] =>
  units > 0 ? [{ price, units, how, ...(region === undefined ? {} : { region }) }] : [];

/** A charge of so many units in each hour. */
export const hourly = (price: PriceId, units: number, what: string): Charge[] =>
  charge(price, units * hoursPerMonth, `${shown(units)} ${what} x ${hoursPerMonth} h`);

/** The service of the environment that a resource is the function or the API of, and not only a part of. */
export function serviceOf(
  { service, path }: PricedResource,
  { config }: PricingContext,
  part: "function" | "api",
): Service | undefined {
  return path[1] === part ? config.services.find(({ name }) => name === service) : undefined;
}

/** Something that is free of charge, or charged where it is used. */
export const free = (): readonly Charge[] => [];
