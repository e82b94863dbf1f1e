import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { type HandlerBundle, handlerBundle } from "../service-function";
import type { EdgeFunctionConfig, EdgeFunctionInput } from "./config";
import { edgeLimits } from "./limits";

/**
 * The zip of a handler with its constants built in.
 * @throws ConstructError if it cannot be bundled, or is larger than its events allow
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

/** @throws ConstructError if the zip is larger than CloudFront allows, in bytes */
export function checkEdgeSize(
  scope: Construct,
  { entry, eventTypes }: Pick<EdgeFunctionInput, "entry" | "eventTypes">,
  zippedBytes: number,
): void {
  const limit = edgeLimits(eventTypes).zippedBytes;
  if (zippedBytes <= limit) return;
  throw new ConstructError(
    scope,
    `the code of ${entry} has ${zippedBytes} bytes when zipped, but CloudFront allows ${limit} bytes for ${eventTypes.join(", ")}`,
    limit < edgeLimits(["origin-request"]).zippedBytes
      ? "import less, or serve only origin events, which allow 50 MB"
      : "import less",
  );
}
