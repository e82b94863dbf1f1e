import { readFileSync } from "node:fs";
import type { State, StateResource } from "../../terraform";
import { SimulatorError } from "../errors";
import type { ObjectValue } from "../protocol/values";
import { partitionOf } from "../provider/configuration";
import { stateFiles } from "./built-in";
import type { Inventory } from "./inventory";
import { idOf, keyOf, type Place, placeOf, type Thing } from "./thing";

/** The states that a simulated cloud keeps in its folder. */
export function statesIn(directory: string): State[] {
  return stateFiles(directory)
    .map((file) => readFileSync(file, "utf8"))
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as State);
}

/** What stands in the simulated cloud, and which of the states know it. */
export interface Comparison {
  /** Things that no state knows: nothing changes or deletes them any more. */
  readonly orphans: readonly Thing[];
  /** What states know, but does not stand there: `aws_sqs_queue.orders`. */
  readonly missing: readonly string[];
}

/** Compares what stands there with the states beside it. */
export function compareWithStates(inventory: Inventory, states: readonly State[]): Comparison {
  const left = new Map<string, Thing[]>();
  for (const thing of inventory.all()) {
    const key = `${thing.type} ${idOf(thing.state)}`;
    left.set(key, [...(left.get(key) ?? []), thing]);
  }
  const take = (instance: Instance, is: (thing: Thing) => boolean): boolean => {
    const alike = left.get(`${instance.type} ${idOf(instance.attributes)}`) ?? [];
    const at = alike.findIndex((thing) => isInRegionOf(instance, thing) && is(thing));
    if (at >= 0) alike.splice(at, 1);
    return at >= 0;
  };
  // One id may be that of several things: of a function in two regions, of the stages of two APIs.
  const unsure = states.flatMap(instancesOf).filter((instance) => {
    const { type, attributes } = instance;
    return !take(instance, ({ place, state }) => keyOf(type, place, attributes) === keyOf(type, place, state));
  });
  const missing = unsure.filter((instance) => !take(instance, () => true));
  return { orphans: [...left.values()].flat(), missing: missing.map(({ type, name }) => `${type}.${name}`) };
}

/** Whether something stands in the region of an instance, as far as both are known. */
function isInRegionOf({ type, provider }: Instance, { place }: Thing): boolean {
  const is = placeOf(type, place).region;
  const lookedFor = regionOfProvider(provider);
  return is === "" || lookedFor === undefined || is === lookedFor;
}

/**
 * Takes in what a copy of a state describes, such as one of a real deployment: its names are then taken here as they are
 * there.
 * @param fallback region and account for what tells neither by its ARN or its provider
 * @returns how many things were taken in
 * @throws SimulatorError if the place of something cannot be told
 */
export function seed(inventory: Inventory, state: State, fallback: { region?: string; account?: string } = {}): number {
  const instances = instancesOf(state);
  for (const { type, name, provider, attributes } of instances) {
    const place = placeIn(provider, attributes, fallback);
    if (!place) {
      throw new SimulatorError(
        `${type}.${name}: the state does not tell in which region and account it stands; name them with --region and --account.`,
      );
    }
    inventory.put({ type, place, state: attributes });
  }
  return instances.length;
}

interface Instance {
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly attributes: ObjectValue;
}

const instancesOf = ({ resources }: State): Instance[] =>
  resources
    .filter(ofAws)
    .flatMap(({ type, name, provider, instances }) =>
      instances.map(({ attributes }) => ({ type, name, provider, attributes: attributes as ObjectValue })),
    );

const ofAws = ({ mode, type }: StateResource): boolean => mode === "managed" && type.startsWith("aws_");

function placeIn(
  provider: string,
  { arn }: ObjectValue,
  fallback: { region?: string; account?: string },
): Place | undefined {
  const [, , , ofArn = "", accountOfArn = ""] = typeof arn === "string" ? arn.split(":") : [];
  const region = ofArn || regionOfProvider(provider) || fallback.region;
  const account = accountOfArn || fallback.account;
  return region && account ? { region, account, partition: partitionOf(region).partition } : undefined;
}

/** Where providers are named after their regions, as here. */
const regionOfProvider = (provider: string): string | undefined => /\.([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(provider)?.[1];
