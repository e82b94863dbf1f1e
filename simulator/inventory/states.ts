import { readFileSync } from "node:fs";
import type { State, StateResource } from "../../terraform";
import { SimulatorError } from "../errors";
import type { ObjectValue } from "../protocol/values";
import { partitionOf } from "../provider/configuration";
import { stateFiles } from "./built-in";
import type { Inventory } from "./inventory";
import { idOf, type Place, type Thing } from "./thing";

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
  const known = new Map<string, string>();
  for (const { type, name, attributes } of states.flatMap(instancesOf)) {
    known.set(`${type} ${idOf(attributes)}`, `${type}.${name}`);
  }
  const orphans: Thing[] = [];
  for (const thing of inventory.all()) {
    const key = `${thing.type} ${idOf(thing.state)}`;
    if (!known.delete(key)) orphans.push(thing);
  }
  return { orphans, missing: [...known.values()] };
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
  // Where providers are named after their regions, as here.
  const [, alias = ""] = /\.([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(provider) ?? [];
  const region = ofArn || alias || fallback.region;
  const account = accountOfArn || fallback.account;
  return region && account ? { region, account, partition: partitionOf(region).partition } : undefined;
}
