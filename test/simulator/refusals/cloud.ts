import { join } from "node:path";
import { Inventory } from "../../../simulator/inventory/inventory";
import type { Place, Thing } from "../../../simulator/inventory/thing";
import type { Diagnostic } from "../../../simulator/protocol/messages";
import type { ObjectValue } from "../../../simulator/protocol/values";
import { heldForMs, isRemembered, refusedChange, refusedCreation, refusedRemoval } from "../../../simulator/refusals";
import { CloudView } from "../../../simulator/refusals/cloud-view";
import type { Call } from "../../../simulator/refusals/refusal";
import { callsOf } from "../../../simulator/refusals/services";
import { temporaryFolder } from "../../support/temporary-folder";

export const account = "111122223333";
const [home, standby] = ["eu-west-1", "eu-central-1"];

export { home, standby };

interface CloudOptions {
  readonly inventory?: Inventory;
  readonly region?: string;
  readonly account?: string;
}

/** A simulated cloud without Terraform, for tests of what it refuses. `region` is the provider's, `home` by default. */
export class TestCloud {
  readonly inventory: Inventory;
  private readonly region: string;
  private readonly account: string;
  private lambdaConcurrency?: number;

  constructor({ inventory, region = home, account: own = account }: CloudOptions = {}) {
    this.inventory = inventory ?? new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });
    this.region = region;
    this.account = own;
  }

  /** The same cloud, as a provider of another region sees it. */
  in(region: string): TestCloud {
    return new TestCloud({ inventory: this.inventory, region, account: this.account });
  }

  /** The same cloud, as a provider of another account sees it. */
  of(otherAccount: string): TestCloud {
    return new TestCloud({ inventory: this.inventory, region: this.region, account: otherAccount });
  }

  /** The same cloud, once the account's quota is another. */
  withLambdaConcurrency(quota: number): this {
    this.lambdaConcurrency = quota;
    return this;
  }

  /** Puts something there without asking; its id is its first value unless it has one. */
  has(type: string, values: ObjectValue): this {
    this.inventory.put(this.thing(type, values));
    return this;
  }

  /** Takes something away as a deletion that nothing refuses does. */
  lost(type: string, values: ObjectValue): this {
    const thing = this.thing(type, values);
    this.inventory.put(thing);
    this.inventory.remove(thing, heldForMs(thing), isRemembered(type));
    return this;
  }

  /** What is said to a creation; "" if it is accepted. */
  creating(type: string, values: ObjectValue): string {
    return wordsOf(refusedCreation(this.call(type, values, null), this.inventory));
  }

  changing(type: string, prior: ObjectValue, values: ObjectValue): string {
    return wordsOf(refusedChange(this.call(type, { ...prior, ...values }, prior), this.inventory));
  }

  deleting(type: string, values: ObjectValue): string {
    return wordsOf(refusedRemoval(this.call(type, values, values)));
  }

  /** What does not work although AWS accepts it. */
  warnings(type: string, values: ObjectValue): string[] {
    const call = this.call(type, values, null);
    return (callsOf(type)?.warnings ?? []).flatMap((warning) => warning(call) ?? []);
  }

  private get place(): Place {
    return { partition: "aws", account: this.account, region: this.region };
  }

  private thing(type: string, values: ObjectValue): Thing {
    return { type, place: this.place, state: withId(values) };
  }

  private call(type: string, values: ObjectValue, prior: ObjectValue | null): Call {
    return {
      type,
      values: withId(values),
      prior: prior && withId(prior),
      cloud: new CloudView(this.inventory, this.place, undefined, undefined, this.lambdaConcurrency),
    };
  }
}

function withId(values: ObjectValue): ObjectValue {
  const [first = "only"] = Object.values(values).filter((value) => typeof value === "string");
  return { id: first, ...values };
}

function wordsOf(refused: Diagnostic | undefined): string {
  if (!refused) return "";
  const { summary, detail } = refused;
  return [summary, detail]
    .filter(Boolean)
    .join("\n")
    .replace(/RequestID: [\w-]+/, "RequestID: …");
}
