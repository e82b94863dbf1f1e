import { basename } from "node:path";
import { compareWithStates, type Inventory, statesIn, type Thing } from "../../../simulator";

/** What stands in a simulated cloud, beside what its states know. */
export class Cloud {
  constructor(
    private readonly inventory: Inventory,
    /** Folder of the simulated cloud. */
    private readonly directory: string,
  ) {}

  /** What no state knows. */
  orphans(): Orphan[] {
    return this.found().map((thing) => ({
      words: inWords(thing),
      mayBe: (resource) =>
        thing.owner?.address === undefined
          ? resource.startsWith(`${stackOf(thing)}: ${thing.type}.`)
          : resource === inWords(thing),
    }));
  }

  /** Deletes what no state knows, as `evenkeel inventory --delete-orphans` does. @returns how many */
  deleteOrphans(): number {
    const orphans = this.found();
    for (const orphan of orphans) this.inventory.remove(orphan);
    return orphans.length;
  }

  /** What is there twice, what no state knows, and what states know and is not there. */
  faults(): string[] {
    const { orphans, missing } = compareWithStates(this.inventory, statesIn(this.directory));
    const all = this.inventory.all().map(inWords);
    return [
      ...orphans.map((one) => `no state knows ${inWords(one)}`),
      ...missing.map((one) => `${one} is in a state, and not there`),
      ...[...new Set(all.filter((one, index) => all.indexOf(one) !== index))].map((one) => `${one} was made twice`),
    ];
  }

  private found(): readonly Thing[] {
    return compareWithStates(this.inventory, statesIn(this.directory)).orphans;
  }
}

/** Something that no state knows. */
export interface Orphan {
  /** `prod-keys: aws_kms_key.orders`. */
  readonly words: string;
  /** Whether it may be a resource in words: nobody can tell those apart whose names were unknown when they were planned. */
  mayBe(resource: string): boolean;
}

const stackOf = ({ owner }: Thing): string => basename(owner?.folder ?? "");

const inWords = (thing: Thing): string =>
  `${stackOf(thing)}: ${thing.owner?.address ?? `${thing.type} ${String(thing.state.id ?? thing.state.arn)}`}`;
