import { CodeSigning } from "../../../modules/code-signing";
import type { DeploymentStack } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";

export function signCode(stack: DeploymentStack, orders: ServiceFunction): CodeSigning {
  const signing = new CodeSigning(stack, "code-signing", {
    config: { untrustedCode: "Enforce" },
    name: "prod-services-eu-west-1",
    region: "eu-west-1",
    account: "123456789012",
  });
  orders.signCode(signing);
  return signing;
}
