import { canSnapStart, hasSnapStart, runtimeProblem } from "../../../values/availability";
import { answer } from "../operation";
import { type Answer, blocks, type Demand, text, texts } from "../refusal";

const invalid = (message: string): Answer => answer(400, "InvalidParameterValueException", message);

const isImage: (values: Parameters<Demand>[0]["values"]) => boolean = (values) =>
  text(values, "package_type") === "Image";

/** An image is of the function's own region, and brings its runtime, its handler and what layers would. */
export const image: Demand = ({ values, cloud }) => {
  if (!isImage(values)) return undefined;
  if (text(values, "runtime") !== "" || text(values, "handler") !== "") {
    return invalid("Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.");
  }
  if (texts(values, "layers").length > 0) {
    return invalid("Lambda layers are not supported for functions created with container images.");
  }
  const uri = text(values, "image_uri");
  const [, region] = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\./.exec(uri) ?? [];
  return region === cloud.place.region
    ? undefined
    : invalid(`Source image ${uri} is not valid. Provide a valid source image.`);
};

/** A runtime that AWS has given up makes no function and changes none. */
export const livingRuntime: Demand = ({ values }) => {
  const runtime = text(values, "runtime");
  return runtimeProblem(runtime)?.includes("no updates")
    ? invalid(
        `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
          "We recommend you use a supported runtime while creating or updating functions.",
      )
    : undefined;
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
export const snapshots: Demand = ({ values, cloud }) => {
  const [config = {}] = blocks(values, "snap_start");
  if (text(config, "apply_on") !== "PublishedVersions") return undefined;
  if (isImage(values)) return invalid("SnapStart is not supported for functions created with container images.");
  const runtime = text(values, "runtime");
  if (!canSnapStart(runtime) || !hasSnapStart(cloud.place.region)) {
    return invalid(`${runtime} is not supported for SnapStart enabled functions.`);
  }
  const [storage = {}] = blocks(values, "ephemeral_storage");
  if (Number(storage.size ?? 512) > 512) {
    return invalid("SnapStart is not supported with ephemeral storage greater than 512 MB.");
  }
  return blocks(values, "file_system_config").length > 0
    ? invalid("SnapStart is not supported with Amazon EFS.")
    : undefined;
};

/** A version that starts from a snapshot has no started environments beside it. */
export const noSnapshots: Demand = ({ values, cloud }) => {
  const name = text(values, "function_name");
  const fn = cloud.find("aws_lambda_function", (state) => [state.function_name, state.arn].includes(name));
  const [config = {}] = fn ? blocks(fn.state, "snap_start") : [];
  return text(config, "apply_on") === "PublishedVersions"
    ? invalid("Provisioned Concurrency is not supported for functions with SnapStart enabled.")
    : undefined;
};
