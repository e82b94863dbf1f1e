import type { Thing } from "../../inventory/thing";
import { isObject, type ObjectValue, type Value } from "../../protocol/values";
import type { Answer, Call, Demand, ProviderWords } from "../refusal";

/** How the simulated cloud knows something that a call names. */
export interface Known {
  readonly thing: Thing;
  /** In the call's region and account, in another, or deleted. */
  readonly where: "here" | "elsewhere" | "deleted";
}

type Fits = (state: ObjectValue) => boolean;

/** Looks a thing up; undefined for one that was never known. */
export function lookUp({ cloud }: Call, type: string, fits: Fits): Known | undefined {
  const here = cloud.find(type, fits);
  if (here) return { thing: here, where: "here" };
  const elsewhere = cloud.anywhere(type, fits);
  if (elsewhere) return { thing: elsewhere, where: "elsewhere" };
  const deleted = cloud.deleted(type, fits);
  return deleted && { thing: deleted, where: "deleted" };
}

/** The values at a path through blocks and lists: `vpc_options.subnet_ids`. */
export function valuesAt(values: Value, path: string): Value[] {
  const [name = "", ...rest] = path.split(".");
  const blocks = (Array.isArray(values) ? values : [values]).filter(isObject);
  const found = blocks.map((block) => block[name] ?? null);
  if (rest.length > 0) return found.flatMap((value) => valuesAt(value, rest.join(".")));
  return found.flatMap((value) => (Array.isArray(value) ? value : [value]));
}

/** The texts at a path that are not empty. */
export function textsAt(values: Value, path: string): string[] {
  return valuesAt(values, path).filter((value): value is string => typeof value === "string" && value !== "");
}

/** The texts at a path that an update sends for the first time; all of them on creation. */
export function newTextsAt({ values, prior }: Call, path: string): string[] {
  const before = new Set(prior ? textsAt(prior, path) : []);
  return textsAt(values, path).filter((value) => !before.has(value));
}

type AnswerTo = (given: string, call: Call) => Answer | ProviderWords;

/**
 * Something that is named by an id, which only its creation gives out. An id that the simulated cloud never knew is taken
 * as given from outside; what it knows must stand in the call's region and not be deleted.
 * @param path Where the ids are: `vpc_config.subnet_ids`.
 */
export function existsById(path: string, type: string, answer: AnswerTo, idAttribute = "id"): Demand {
  return (call) => {
    const wrong = newTextsAt(call, path).find((id) => {
      const known = lookUp(call, type, (state) => state[idAttribute] === id);
      return known !== undefined && known.where !== "here";
    });
    return wrong === undefined ? undefined : answer(wrong, call);
  };
}

/**
 * Something that is named by its name, so it must stand in the call's region and account.
 * @param same How a given name compares with the values of a thing; by default as the attribute `name`.
 */
export function existsByName(
  path: string,
  types: string | readonly string[],
  answer: AnswerTo,
  same: (state: ObjectValue, given: string) => boolean = (state, given) => state.name === given,
): Demand {
  return (call) => {
    const wrong = newTextsAt(call, path).find(
      (given) => ![types].flat().some((type) => call.cloud.find(type, (state) => same(state, given))),
    );
    return wrong === undefined ? undefined : answer(wrong, call);
  };
}

/** Something that must not be there any more when this is deleted. */
export function unused(
  types: string | readonly string[],
  uses: (state: ObjectValue, deleted: ObjectValue) => boolean,
  answer: (user: Thing, call: Call) => Answer | ProviderWords,
): Demand {
  return (call) => {
    for (const type of [types].flat()) {
      const [user] = call.cloud.all(type, (state) => uses(state, call.values));
      if (user) return answer(user, call);
    }
    return undefined;
  };
}

/** True if a list or text at a path has this value. */
export const names = (state: ObjectValue, path: string, value: Value | undefined): boolean =>
  typeof value === "string" && value !== "" && textsAt(state, path).includes(value);

/** The parts of an ARN; undefined for anything else. */
export function arnParts(
  value: string,
): { partition: string; service: string; region: string; account: string; resource: string } | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/.exec(value) ?? [];
  return resource === undefined
    ? undefined
    : { partition: partition ?? "", service: service ?? "", region: region ?? "", account: account ?? "", resource };
}
