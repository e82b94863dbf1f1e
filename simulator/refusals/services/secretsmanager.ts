import { isObject, type Value } from "../../protocol/values";
import { isForeign, parseArn } from "../demands/arns";
import { type KeyNeed, keyProblem } from "../demands/keys";
import { principalsKnown } from "../demands/principals";
import { newTextsAt, textsAt, valuesAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const day = 24 * 3600 * 1000;

const need: KeyNeed = { actions: ["GenerateDataKey", "Decrypt"], via: "secretsmanager" };

const invalidRequest = (message: string): Answer => ({ status: 400, code: "InvalidRequestException", message });

/** The key of the secret, and of each replica in its own region. */
const keysUsable: Demand = (call) => {
  const before = new Set(
    call.prior ? [...textsAt(call.prior, "kms_key_id"), ...textsAt(call.prior, "replica.kms_key_id")] : [],
  );
  const copies = valuesAt(call.values, "replica").filter(isObject);
  const keys = [
    { key: text(call.values, "kms_key_id"), region: call.cloud.place.region },
    ...copies.map((copy) => ({ key: text(copy, "kms_key_id"), region: text(copy, "region") })),
  ].filter(({ key }) => key !== "" && !before.has(key));
  const wrong = keys.find(({ key, region }) => keyProblem(call, key, { ...need, region }));
  if (!wrong) return undefined;
  const problem = keyProblem(call, wrong.key, { ...need, region: wrong.region });
  return problem === "denied"
    ? { status: 400, code: "AccessDeniedException", message: "Access to KMS is not allowed", unlisted: true }
    : {
        status: 400,
        code: "EncryptionFailure",
        message:
          "Secrets Manager can't encrypt the protected secret text using the provided KMS key. " +
          `Check that the KMS key ${wrong.key} is available in ${wrong.region}, enabled, and not in an invalid state.`,
      };
};

const replicaElsewhere: Demand = ({ values, cloud: { place } }) =>
  textsAt(values, "replica.region").includes(place.region)
    ? {
        status: 400,
        code: "InvalidParameterException",
        message: `Invalid replica region. You can't replicate a secret to ${place.region}, where it is.`,
      }
    : undefined;

/** True if the first secret is a copy in another region of what is created, or stands there itself. */
const isOfCopy = ({ cloud }: Call, region: string, copies: Value | undefined): boolean =>
  region !== cloud.place.region && !textsAt(copies ?? null, "region").includes(cloud.place.region);

const copyFails = ({ values }: Call, region: string) => ({
  words:
    `creating Secrets Manager Secret (${text(values, "name")}): its copy in ${region} fails, because a secret of this name ` +
    "is there already. AWS would accept the call, and tell it in the status of the copy only",
});

/** The secret of a version, policy or rotation; its ARN ends in letters of AWS, so an unknown one is taken as given. */
const secretFound =
  (attribute: string): Demand =>
  (call) => {
    const [given] = newTextsAt(call, attribute);
    const arn = parseArn(given);
    if (given === undefined || (arn && isForeign(arn, call.cloud.place))) return undefined;
    const absent: Answer = {
      status: 400,
      code: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    };
    if (!arn) return call.cloud.find("aws_secretsmanager_secret", ({ name }) => name === given) ? undefined : absent;
    const standing = call.cloud.standing("aws_secretsmanager_secret", given);
    if (standing === "elsewhere" || (standing === "unknown" && arn.region !== call.cloud.place.region)) return absent;
    return standing === "deleted"
      ? invalidRequest("You can't perform this operation on the secret because it was marked for deletion.")
      : undefined;
  };

/** A value is encrypted with the secret's key. */
const secretCanBeEncrypted: Demand = (call) => {
  const secret = call.cloud.find("aws_secretsmanager_secret", ({ id }) => id === text(call.values, "secret_id"));
  return secret && !call.prior ? keysUsable({ ...call, values: secret.state }) : undefined;
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
const notPublic: Demand = ({ values }) =>
  values.block_public_policy === true && isPublic(text(values, "policy"))
    ? {
        status: 400,
        code: "PublicPolicyException",
        message: "You can't attach a resource policy that allows broad access to the secret.",
      }
    : undefined;

function isPublic(policy: string): boolean {
  const { Statement: given } = JSON.parse(policy || "{}") as { Statement?: unknown };
  const statements = (Array.isArray(given) ? given : [given]).filter(isObject);
  return statements.some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" &&
      !Condition &&
      (Principal === "*" || (isObject(Principal) && [Principal.AWS].flat().includes("*"))),
  );
}

/** The rotation function is there, and lets Secrets Manager in. */
const functionLetsIn: Demand = (call) => {
  const [given] = newTextsAt(call, "rotation_lambda_arn");
  const arn = parseArn(given);
  if (given === undefined || !arn || isForeign(arn, call.cloud.place)) return undefined;
  const [, name = "", qualifier = ""] = arn.resource.split(":");
  const denied: Answer = {
    status: 400,
    code: "AccessDeniedException",
    message:
      "Secrets Manager cannot invoke the specified Lambda function. " +
      "Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    unlisted: true,
  };
  if (!call.cloud.find("aws_lambda_function", ({ function_name }) => function_name === name)) return denied;
  const permission = call.cloud.find("aws_lambda_permission", (state) => {
    const [, ofName, ofQualifier = ""] =
      /^(?:.*:function:)?([^:]+)(?::(.+))?$/.exec(text(state, "function_name")) ?? [];
    return (
      ofName === name &&
      (text(state, "qualifier") || ofQualifier) === qualifier &&
      ["secretsmanager.amazonaws.com", "*"].includes(text(state, "principal"))
    );
  });
  return permission ? undefined : denied;
};

/**
 * Secrets Manager. A deleted secret keeps its name for its recovery window; its copies go at once, by the provider.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
 */
export const secretsmanager: ServiceCalls = {
  aws_secretsmanager_secret: {
    service: "Secrets Manager",
    create: { name: "CreateSecret", says: (secret) => `creating Secrets Manager Secret (${text(secret, "name")})` },
    update: { name: "UpdateSecret", says: (secret) => `updating Secrets Manager Secret (${text(secret, "arn")})` },
    remove: { name: "DeleteSecret", says: (secret) => `deleting Secrets Manager Secret (${text(secret, "arn")})` },
    exists: (call, { place, state }) =>
      isOfCopy(call, place.region, state.replica)
        ? call.values.force_overwrite_replica_secret === true
          ? undefined
          : copyFails(call, place.region)
        : {
            status: 400,
            code: "ResourceExistsException",
            message: `The operation failed because the secret ${text(call.values, "name")} already exists.`,
          },
    remembered: true,
    heldForMs: ({ recovery_window_in_days: days }) => Number(days ?? 30) * day,
    heldRepeatedMs: 2 * 60 * 1000,
    held: (call, { place }) =>
      place.region === call.cloud.place.region
        ? invalidRequest(
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          )
        : copyFails(call, place.region),
    demands: [replicaElsewhere, keysUsable],
  },
  aws_secretsmanager_secret_version: {
    service: "Secrets Manager",
    create: {
      name: "PutSecretValue",
      says: (version) => `putting Secrets Manager Secret (${text(version, "secret_id")}) value`,
    },
    remove: {
      name: "UpdateSecretVersionStage",
      says: (version) => `deleting Secrets Manager Secret Version (${text(version, "id")})`,
    },
    demands: [secretFound("secret_id"), secretCanBeEncrypted],
  },
  aws_secretsmanager_secret_policy: {
    service: "Secrets Manager",
    create: {
      name: "PutResourcePolicy",
      says: (policy) => `putting Secrets Manager Secret (${text(policy, "secret_arn")}) policy`,
    },
    remove: {
      name: "DeleteResourcePolicy",
      says: (policy) => `deleting Secrets Manager Secret (${text(policy, "secret_arn")}) policy`,
    },
    demands: [secretFound("secret_arn"), notPublic],
    warnings: [principalsKnown("policy")],
  },
  aws_secretsmanager_secret_rotation: {
    service: "Secrets Manager",
    create: {
      name: "RotateSecret",
      says: (rotation) => `creating Secrets Manager Secret Rotation (${text(rotation, "secret_id")})`,
    },
    update: {
      name: "RotateSecret",
      says: (rotation) => `updating Secrets Manager Secret Rotation (${text(rotation, "secret_id")})`,
    },
    remove: {
      name: "CancelRotateSecret",
      says: (rotation) => `deleting Secrets Manager Secret Rotation (${text(rotation, "secret_id")})`,
    },
    demands: [secretFound("secret_id"), functionLetsIn],
  },
};
