import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { type HandlerBundle, handlerBundle } from "../service-function";
import type { EdgeFunctionConfig } from "./config";
import { edgeLimits } from "./limits";

/**
 * The zip of a handler with its constants baked in.
 * @throws ConstructError when it cannot be bundled, or is larger than its events allow
 */
export function edgeBundle(scope: Construct, config: EdgeFunctionConfig, projectRoot?: string): HandlerBundle {
  const bundle = handlerBundle(scope, {
    entry: config.entry,
    handler: config.handler,
    runtime: config.runtime,
    sourceMap: false,
    external: [],
    define: Object.fromEntries(Object.entries(config.constants).map(([name, value]) => [name, JSON.stringify(value)])),
    projectRoot,
  });
  checkEdgeSize(scope, config, bundle.zippedBytes);
  return bundle;
}

/** @throws ConstructError for a zip that CloudFront would refuse for its size in bytes */
export function checkEdgeSize(
  scope: Construct,
  { entry, eventTypes }: Pick<EdgeFunctionConfig, "entry" | "eventTypes">,
  zippedBytes: number,
): void {
  const limit = edgeLimits(eventTypes).zippedBytes;
  if (zippedBytes <= limit) return;
  throw new ConstructError(
    scope,
    `the code of ${entry} has ${zippedBytes} bytes zipped, CloudFront takes ${limit} at ${eventTypes.join(", ")}`,
    "import less, or serve origin events only, which take 50 MB",
  );
}
