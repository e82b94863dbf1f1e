import type { IConstruct } from "constructs";
import { UserError } from "../../errors";

/** A construct that cannot be built with these props: `<construct path>: <what is wrong>; <what to do>`. */
export class ConstructError extends UserError {
  override readonly name = "ConstructError";

  constructor(scope: IConstruct, problem: string, remedy: string) {
    super(`${scope.node.path}: ${problem}; ${remedy}`);
  }
}
