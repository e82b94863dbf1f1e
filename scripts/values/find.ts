import type { TypeValues } from "../../values/types/type-values";
import type { Botocore } from "./botocore";
import type { CfnLint } from "./cfn-lint";
import { descend, type Find } from "./match";
import { type ModelNode, operationNode, typeNode } from "./model-node";

/** Looks up places in the models of two packages. */
export function findIn(botocore: Botocore, cfnLint: CfnLint): Find & { readonly services: ReadonlySet<string> } {
  const services = new Set<string>();
  const at = (path: string): ModelNode => {
    const [head = "", ...steps] = path.split(".");
    let node: ModelNode;
    if (path.startsWith("AWS::")) node = typeNode(cfnLint, head);
    else {
      services.add(head);
      node = operationNode(botocore, head, steps.shift() ?? "");
    }
    const found = steps.length ? descend(node, steps.join(".")) : node;
    if (!found) throw new Error(`there is no ${path} in the models`);
    return found;
  };
  return { at, services, roots: ({ api = [], cfn }: TypeValues) => [...api, ...(cfn ? [cfn] : [])].map(at) };
}
