import { App } from "cdktf";
import { type Deployable, isAccount } from "../../config";
import { buildAccount, buildStacks } from "../../stacks";

/** Names of the stacks that an environment or account has, those included that leave it. Nothing is written. @throws ConfigError */
export function stackNamesOf(environment: Deployable): string[] {
  const app = new App({ stackTraces: false });
  const stacks = isAccount(environment)
    ? buildAccount(app, environment.resolve())
    : buildStacks(app, environment.resolve());
  return stacks.map(({ node }) => node.id);
}
