import { basename } from "node:path";
import { SimulatorError } from "../errors";
import type { ObjectValue } from "../protocol/values";
import type { Inventory } from "./inventory";
import type { Thing } from "./thing";

/**
 * Changes what stands in a simulated cloud beside Terraform, as somebody does in the console: Terraform's state knows nothing of it
 * until it reads again.
 */
export class BesideTerraform {
  constructor(private readonly inventory: Inventory) {}

  /**
   * Changes arguments of a resource.
   * @param change the arguments that are other values now, given all of them as they are
   * @throws SimulatorError if nothing of this address stands there
   */
  change(stack: string, address: string, change: (now: ObjectValue) => ObjectValue): void {
    const thing = this.find(stack, address);
    const now = { ...thing.state, ...thing.beside };
    this.inventory.put({ ...thing, beside: { ...thing.beside, ...change(now) } });
  }

  /** Deletes a resource. @throws SimulatorError if nothing of this address stands there */
  remove(stack: string, address: string): void {
    this.inventory.remove(this.find(stack, address));
  }

  private find(stack: string, address: string): Thing {
    const found = this.inventory
      .all()
      .find(({ owner }) => owner?.address === address && basename(owner.folder) === stack);
    if (!found) throw new SimulatorError(`${address} of ${stack} does not stand in the simulated cloud.`);
    return found;
  }
}
