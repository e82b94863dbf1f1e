import { App } from "cdktf";
import { type Deployable, isAccount } from "../../config";
import { AccountStack, buildStacks, StateBucketsStack } from "../../stacks";

/** Names of the stacks that an environment or account has, those included that leave it. Nothing is written. @throws ConfigError */
export function stackNamesOf(environment: Deployable): string[] {
  const app = new App({ stackTraces: false });
  if (!isAccount(environment)) return buildStacks(app, environment.resolve()).map(({ node }) => node.id);
  const deployment = environment.resolve();
  const stacks = [new AccountStack(app, deployment), StateBucketsStack.inAccount(app, deployment)];
  return stacks.flatMap((stack) => (stack ? [stack.node.id] : []));
}
