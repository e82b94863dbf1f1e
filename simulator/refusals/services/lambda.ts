import { lambdaConcurrency } from "../../../values/quotas";
import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { existingFunction, functionName, functionOf, hasQualifier } from "../demands/functions";
import { keyProblem } from "../demands/keys";
import { image, livingRuntime, snapshots } from "../demands/packages";
import { roleMay, roleOf, trustedRole } from "../demands/roles";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, texts } from "../refusal";

const invalid = (message: string): Answer => answer(400, "InvalidParameterValueException", message);

const trustsLambda = trustedRole(
  ({ values }) => text(values, "role"),
  "lambda.amazonaws.com",
  () => invalid("The role defined for the function cannot be assumed by Lambda."),
);

/** Demands that the role of a function may do something. */
const roleOfFunctionMay =
  (wish: (call: Call) => { action: string; resource?: string } | undefined, message: (call: Call) => string): Demand =>
  (call) => {
    const wanted = wish(call);
    const found = roleOf(call.cloud, text(call.values, "role"));
    if (!wanted || !("thing" in found) || roleMay(call.cloud, found.thing, wanted)) return undefined;
    return invalid(message(call));
  };

const deadLetterTarget = ({ values }: Call): string =>
  text(blocks(values, "dead_letter_config")[0] ?? {}, "target_arn");

const isQueue = (arn: string): boolean => parseArn(arn)?.service === "sqs";

/** A version of a layer that stands: Terraform leaves it in place where `skip_destroy` says so. */
const layerWith = (cloud: Call["cloud"], arn: string): Thing | undefined =>
  cloud.find("aws_lambda_layer_version", (state) => text(state, "arn") === arn) ??
  cloud.deleted("aws_lambda_layer_version", (state) => text(state, "arn") === arn && state.skip_destroy === true);

/** Layers of this account are in its inventory; those of others are taken for true, in the function's own region. */
const layers: Demand = ({ values, cloud }) => {
  for (const layer of texts(values, "layers")) {
    const arn = parseArn(layer);
    if (arn && arn.region !== cloud.place.region) {
      const expected = `Layers are expected to be in region ${cloud.place.region}.`;
      return invalid(`Layers are not in the same region as the function. ${expected}`);
    }
    const own = arn?.account === cloud.place.account;
    if (own && !layerWith(cloud, layer)) return invalid(`Layer version ${layer} does not exist.`);
  }
  return undefined;
};

const network: Demand = ({ values, cloud }) => {
  const [config = {}] = blocks(values, "vpc_config");
  const gone = (type: string, id: string): boolean => ["elsewhere", "deleted"].includes(cloud.standing(type, id));
  const subnet = texts(config, "subnet_ids").find((id) => gone("aws_subnet", id));
  if (subnet) {
    const of = `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound.`;
    return invalid(`${of} EC2 Error Message: The subnet ID '${subnet}' does not exist`);
  }
  const group = texts(config, "security_group_ids").find((id) => gone("aws_security_group", id));
  if (!group) return undefined;
  const of = `Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound.`;
  return invalid(`${of} EC2 Error Message: The security group '${group}' does not exist`);
};

const exceptions = {
  absent: "NotFoundException",
  elsewhere: "NotFoundException",
  disabled: "DisabledException",
  deleted: "KMSInvalidStateException",
};

const key: Demand = (call) => {
  const given = text(call.values, "kms_key_arn");
  const problem = given === "" ? undefined : keyProblem(call, given, { actions: ["CreateGrant"], via: "lambda" });
  // Whether the policy lets the caller use the key depends on who deploys.
  return problem && problem !== "denied"
    ? invalid(
        "Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. " +
          `Please check your KMS key settings. KMS Exception: ${exceptions[problem]}`,
      )
    : undefined;
};

const codeSigning: Demand = ({ values, cloud }) => {
  const given = text(values, "code_signing_config_arn");
  const arn = parseArn(given);
  const foreign = !arn || arn.account !== cloud.place.account;
  if (foreign || cloud.find("aws_lambda_code_signing_config", (state) => text(state, "arn") === given))
    return undefined;
  const message = `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${given}.`;
  return answer(404, "CodeSigningConfigNotFoundException", message);
};

/** What a job has signed can be taken; so can what the user says is in a bucket, but not from a bucket of another region. */
const codeInBucket: Demand = ({ values, cloud }) => {
  const bucket = text(values, "s3_bucket");
  const elsewhere = cloud.anywhere("aws_s3_bucket", (state) => text(state, "bucket") === bucket);
  if (bucket === "" || !elsewhere || elsewhere.place.region === cloud.place.region) return undefined;
  return invalid(
    `Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: ${elsewhere.place.region}. Please use this region to retry the request`,
  );
};

const codeOf = (values: ObjectValue): string =>
  JSON.stringify(
    ["filename", "s3_bucket", "s3_key", "s3_object_version", "source_code_hash"].map((name) => text(values, name)),
  );

/** Version of the profile by which a job has signed a package in a bucket; undefined for one that no job has written. */
function signerOf(cloud: Call["cloud"], code: ObjectValue): string | undefined {
  const [bucket, key] = [text(code, "s3_bucket"), text(code, "s3_key")];
  const job = cloud.find("aws_signer_signing_job", (state) =>
    blocks(state, "signed_object")
      .flatMap((object) => blocks(object, "s3"))
      .some((object) => text(object, "bucket") === bucket && text(object, "key") === key),
  );
  if (!job) return undefined;
  const profile = cloud.find(
    "aws_signer_signing_profile",
    (state) => text(state, "name") === text(job.state, "profile_name"),
  );
  return profile && text(profile.state, "version_arn");
}

/**
 * Code and layers that come to a function are signed by a profile that its configuration names; what it has already stays.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 */
const signatures: Demand = ({ values, prior, cloud }) => {
  const config = cloud.find(
    "aws_lambda_code_signing_config",
    (state) => text(state, "arn") === text(values, "code_signing_config_arn"),
  );
  const [policies = {}] = config ? blocks(config.state, "policies") : [];
  if (!config || text(policies, "untrusted_artifact_on_deployment") !== "Enforce") return undefined;
  const trusted = blocks(config.state, "allowed_publishers").flatMap((block) =>
    texts(block, "signing_profile_version_arns"),
  );
  const isTrusted = (code: ObjectValue): boolean => trusted.includes(signerOf(cloud, code) ?? "");
  const name = text(values, "function_name");
  const refused = answer(
    400,
    "CodeVerificationFailedException",
    `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${name}.`,
  );
  if ((!prior || codeOf(prior) !== codeOf(values)) && !isTrusted(values)) return refused;
  const had = prior ? texts(prior, "layers") : [];
  // Those of other accounts are taken for true.
  const own = texts(values, "layers")
    .filter((arn) => !had.includes(arn))
    .map((arn) => layerWith(cloud, arn));
  return own.every((layer) => !layer || isTrusted(layer.state)) ? undefined : refused;
};

/** AWS takes no code signing configuration for what is an image. */
const signedPackage: Demand = ({ values }) =>
  text(values, "package_type") === "Image" && text(values, "code_signing_config_arn") !== ""
    ? invalid("Code signing is not supported for functions created with container images.")
    : undefined;

/**
 * The reservations of a region leave enough unreserved.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const reservations: Demand = ({ values, cloud }) => {
  const wanted = reserved(values);
  const name = text(values, "function_name");
  const others = cloud.all("aws_lambda_function", (state) => text(state, "function_name") !== name);
  const sum = others.reduce((total, { state }) => total + reserved(state), wanted);
  const kept = Math.min(lambdaConcurrency.unreservable, cloud.lambdaConcurrency);
  // Nothing is reserved without a reservation, and a function can always be stopped.
  if (wanted <= 0 || cloud.lambdaConcurrency - sum >= kept) return undefined;
  return {
    words:
      `setting Lambda Function (${name}) concurrency: operation error Lambda: PutFunctionConcurrency, https response error ` +
      "StatusCode: 400, InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases " +
      `account's UnreservedConcurrentExecution below its minimum value of [${kept}].`,
  };
};

/** The reserved concurrency of a function; 0 without any, which Terraform writes as -1. */
function reserved(state: Thing["state"]): number {
  const value = Number(state.reserved_concurrent_executions ?? 0);
  return value > 0 ? value : 0;
}

/** Replicas at the edge go hours after the last distribution has left the function. */
const noDistribution: Demand = ({ values, cloud }) => {
  const name = text(values, "function_name");
  const replicated = cloud
    .all("aws_cloudfront_distribution")
    .flatMap(({ state }) => associations(state))
    .find((arn) => parseArn(arn)?.region === cloud.place.region && functionName(arn).name === name);
  return replicated
    ? invalid(
        `Lambda was unable to delete ${replicated} because it is a replicated function. ` +
          "Please see our documentation for Deleting Lambda@Edge Functions and Replicas.",
      )
    : undefined;
};

/** The versions of functions that run at a distribution's edge. */
export function associations(distribution: Thing["state"]): string[] {
  return ["default_cache_behavior", "ordered_cache_behavior"]
    .flatMap((name) => blocks(distribution, name))
    .flatMap((behavior) => blocks(behavior, "lambda_function_association"))
    .map((association) => text(association, "lambda_arn"));
}

/** What belongs to a function, and goes with it. Mappings and log groups stay. */
const belongings = [
  "aws_lambda_alias",
  "aws_lambda_permission",
  "aws_lambda_function_event_invoke_config",
  "aws_lambda_provisioned_concurrency_config",
  "aws_lambda_function_recursion_config",
  "aws_lambda_function_url",
  "aws_lambda_runtime_management_config",
];

const versionsOf = (alias: Thing["state"]): string[] => [
  text(alias, "function_version"),
  ...blocks(alias, "routing_config").flatMap((routing) => Object.keys(routing.additional_version_weights ?? {})),
];

const versionExists: Demand = ({ values, cloud }) => {
  const found = functionOf(cloud, text(values, "function_name"));
  if (!("thing" in found)) return undefined;
  const missing = versionsOf(values).find((version) => !hasQualifier(cloud, found.thing, version));
  if (missing === undefined) return undefined;
  return answer(404, "ResourceNotFoundException", `Function not found: ${text(found.thing.state, "arn")}:${missing}`);
};

/** Functions, and what is a version of code. @see https://docs.aws.amazon.com/lambda/latest/api/ */
export const lambda: ServiceCalls = {
  aws_lambda_function: {
    service: "Lambda",
    create: operation("CreateFunction", "creating Lambda Function ({function_name})"),
    update: operation("UpdateFunctionConfiguration", "updating Lambda Function ({function_name}) configuration"),
    remove: operation("DeleteFunction", "deleting Lambda Function ({function_name})"),
    exists: ({ values }) =>
      answer(409, "ResourceConflictException", `Function already exist: ${text(values, "function_name")}`),
    demands: [
      trustsLambda,
      image,
      livingRuntime,
      snapshots,
      roleOfFunctionMay(
        ({ values }) =>
          blocks(values, "vpc_config").some((config) => texts(config, "subnet_ids").length > 0)
            ? { action: "ec2:CreateNetworkInterface" }
            : undefined,
        () => "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
      ),
      roleOfFunctionMay(
        (call) => {
          const resource = deadLetterTarget(call);
          if (resource === "") return undefined;
          return { action: isQueue(resource) ? "sqs:SendMessage" : "sns:Publish", resource };
        },
        (call) =>
          `The provided execution role does not have permissions to call ${isQueue(deadLetterTarget(call)) ? "SendMessage on SQS" : "Publish on SNS"}`,
      ),
      layers,
      network,
      key,
      codeSigning,
      signedPackage,
      codeInBucket,
      signatures,
      reservations,
    ],
    removalDemands: [noDistribution],
    takesAlong: ({ values, cloud }) =>
      belongings.flatMap((type) =>
        cloud.all(type, (state) => functionName(text(state, "function_name")).name === text(values, "function_name")),
      ),
  },
  aws_lambda_alias: {
    service: "Lambda",
    create: operation("CreateAlias", "creating Lambda Alias ({name})"),
    update: operation("UpdateAlias", "updating Lambda Alias ({arn})"),
    remove: operation("DeleteAlias", "deleting Lambda Alias ({arn})"),
    exists: ({ values }) => answer(409, "ResourceConflictException", `Alias already exists: ${text(values, "arn")}`),
    demands: [existingFunction, versionExists],
  },
  aws_lambda_layer_version: {
    service: "Lambda",
    create: operation("PublishLayerVersion", "publishing Lambda Layer ({layer_name}) Version"),
    remove: operation("DeleteLayerVersion", "deleting Lambda Layer Version ({arn})"),
    remembered: true,
    demands: [codeInBucket],
  },
  aws_lambda_layer_version_permission: {
    service: "Lambda",
    create: operation("AddLayerVersionPermission", "adding Lambda Layer Version Permission (layer: {layer_name})"),
    remove: operation("RemoveLayerVersionPermission", "deleting Lambda Layer Version Permission ({id})"),
    demands: [
      ({ values, cloud }) => {
        const [layer, version] = [text(values, "layer_name"), String(values.version_number)];
        const found = cloud.find(
          "aws_lambda_layer_version",
          (state) =>
            [text(state, "layer_name"), text(state, "layer_arn")].includes(layer) && text(state, "version") === version,
        );
        if (found || parseArn(layer)?.account !== cloud.place.account) return undefined;
        return answer(404, "ResourceNotFoundException", `Layer version ${layer}:${version} does not exist.`);
      },
    ],
  },
  aws_lambda_code_signing_config: {
    service: "Lambda",
    create: operation("CreateCodeSigningConfig", "creating Lambda Code Signing Config"),
    update: operation("UpdateCodeSigningConfig", "updating Lambda Code Signing Config ({arn})"),
    remove: operation("DeleteCodeSigningConfig", "deleting Lambda Code Signing Config ({arn})"),
    demands: [
      ({ values, cloud }) => {
        const profiles = blocks(values, "allowed_publishers").flatMap((block) =>
          texts(block, "signing_profile_version_arns"),
        );
        const missing = profiles.find((arn) => {
          const own = parseArn(arn)?.account === cloud.place.account;
          return own && !cloud.find("aws_signer_signing_profile", (state) => text(state, "version_arn") === arn);
        });
        return missing ? invalid(`Signing profile version ${missing} does not exist.`) : undefined;
      },
    ],
    removalDemands: [
      ({ values, cloud }) => {
        const arn = text(values, "arn");
        const used = cloud.all("aws_lambda_function", (state) => text(state, "code_signing_config_arn") === arn);
        const message = "The code signing configuration is in use by a function and cannot be deleted.";
        return used.length > 0 ? answer(409, "ResourceConflictException", message) : undefined;
      },
    ],
  },
};
