import type { Thing } from "../../inventory/thing";
import { isObject, type ObjectValue, type Value } from "../../protocol/values";
import type { Answer, Call, Demand, ProviderWords } from "../refusal";

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
export function existsById(path: string, type: string, answer: AnswerTo): Demand {
  return (call) => {
    const wrong = newTextsAt(call, path).find((id) => isKnownElsewhere(call, type, id));
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

/** True for an id of something that stands in another place, or was deleted. */
export function isKnownElsewhere({ cloud }: Call, type: string, id: string): boolean {
  return ["elsewhere", "deleted"].includes(cloud.standing(type, id));
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
