import type { Construct } from "constructs";
import type { ServiceFunctionInput } from "./config";
import { toolkitHandler } from "./package-files";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function";

/** What a function of the toolkit itself is made of; as in the props of `ServiceFunction`, where nothing else is said. */
export interface ToolkitFunctionProps
  extends Pick<
    ServiceFunctionProps,
    "name" | "region" | "account" | "key" | "tracing" | "deadLetters" | "alarms" | "vpc" | "constants"
  > {
  /** Name of the environment, which the function finds in `ENVIRONMENT`. */
  readonly environment: string;
  /** What it is configured with, but for its code. */
  readonly config: Omit<ServiceFunctionInput, "entry">;
  /** Further environment variables. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * A function whose code comes with the toolkit, below a module's construct at `function`.
 * @param handler the folder of its code in `handlers`, which it finds in `SERVICE_NAME`
 */
export function toolkitFunction(scope: Construct, handler: string, props: ToolkitFunctionProps): ServiceFunction {
  const { environment, config, variables, name, region, account, key, tracing, deadLetters, alarms, vpc, constants } =
    props;
  const { entry, projectRoot } = toolkitHandler(handler);
  return new ServiceFunction(scope, "function", {
    config: { entry, ...config },
    name,
    region,
    account,
    key,
    projectRoot,
    tracing,
    deadLetters,
    alarms,
    vpc,
    constants,
    environmentVariables: { ENVIRONMENT: environment, SERVICE_NAME: handler, ...variables },
  });
}
