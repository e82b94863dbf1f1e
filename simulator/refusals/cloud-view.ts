import { lambdaConcurrency as awsGives } from "../../values/quotas";
import type { Inventory } from "../inventory/inventory";
import { idOf, type Owner, type Place, type Remnant, type Thing } from "../inventory/thing";
import type { ObjectValue } from "../protocol/values";

/** One resource needs another to exist when it is created: the order of a deployment must say so. */
export interface Reference {
  readonly from: Owner;
  readonly to: Owner;
}

/** Where a thing with a given id is: in the call's place, in another, deleted, or nowhere in the simulated cloud. */
export type Standing = "here" | "elsewhere" | "deleted" | "unknown";

/** What one call can see of the simulated cloud. */
export class CloudView {
  constructor(
    private readonly inventory: Inventory,
    /** Region and account of the call. */
    readonly place: Place,
    /** Told of everything that the call needs. */
    private readonly needed: (thing: Thing) => void = () => {},
    /** What the call does not see yet, although it is there. */
    private readonly unseen: (thing: Thing) => boolean = () => false,
    /** Concurrent executions of Lambda that the account may have in a region. */
    readonly lambdaConcurrency: number = awsGives.byDefault,
  ) {}

  /** The first thing of a type in the call's account and region (of the account, for global services) that fits. */
  find(type: string, fits: (state: ObjectValue) => boolean): Thing | undefined {
    const found = this.inventory.of(type, this.place).find((thing) => fits(thing.state) && !this.unseen(thing));
    if (found) this.needed(found);
    return found;
  }

  /** All things of a type in the call's account and region that fit. */
  all(type: string, fits: (state: ObjectValue) => boolean = () => true): Thing[] {
    return this.inventory.of(type, this.place).filter(({ state }) => fits(state));
  }

  /** The same in all regions of the account. */
  everywhere(type: string, fits: (state: ObjectValue) => boolean = () => true): Thing[] {
    return this.inventory.everywhere(type, this.place).filter(({ state }) => fits(state));
  }

  /** The first thing of a type that fits, in whichever region and account. */
  anywhere(type: string, fits: (state: ObjectValue) => boolean): Thing | undefined {
    return this.inventory.all().find((thing) => thing.type === type && fits(thing.state));
  }

  /** The first thing of a type that fits, was deleted, and is remembered, in whichever region and account. */
  deleted(type: string, fits: (state: ObjectValue) => boolean): Thing | undefined {
    return this.inventory.deletedOf(type).find(({ state }) => fits(state));
  }

  /**
   * What is known of an id that AWS alone gives out (`vpc-…`, a distribution's, an ARN with a UUID). One that is not known
   * at all was given by the user, and is taken for true.
   */
  standing(type: string, id: string): Standing {
    const here = this.find(type, (state) => idOf(state) === id);
    if (here) return "here";
    if (this.anywhere(type, (state) => idOf(state) === id)) return "elsewhere";
    return this.deleted(type, (state) => idOf(state) === id) ? "deleted" : "unknown";
  }

  /** What has, or still holds, the identity of these values in a region of this account. */
  holderIn(region: string, type: string, values: ObjectValue): Thing | Remnant | undefined {
    return this.inventory.holderOf(type, { ...this.place, region }, values);
  }

  /** The thing with an ARN, in whichever region and account. */
  withArn(arn: string): Thing | undefined {
    const found = this.inventory.withArn(arn);
    if (found) this.needed(found);
    return found;
  }
}
