import { isObject } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { type KeyNeed, type KeyProblem, keyProblem, kmsSays, usableKey } from "../demands/keys";
import { newTextsAt, textsAt, valuesAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const need: KeyNeed = {
  actions: ["DescribeKey", "Encrypt", "Decrypt", "GenerateDataKey", "CreateGrant"],
  via: "dynamodb",
};

const invalid = (message: string): Answer => ({ status: 400, code: "ValidationException", message, unlisted: true });

const keyAnswer = (problem: KeyProblem, key: string): Answer =>
  invalid(
    `One or more parameter values were invalid: KMS key access denied or key invalid: ${kmsSays(problem, key).code}: ${kmsSays(problem, key).message}`,
  );

const protectedFromDeletion: Demand = ({ values }) =>
  values.deletion_protection_enabled === true
    ? invalid(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      )
    : undefined;

/** Replicas that resources of their own have made of this table. */
const replicasOf = ({ values, cloud }: Call) =>
  cloud.everywhere("aws_dynamodb_table_replica", (replica) => replica.global_table_arn === values.arn);

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables.tutorial.html */
const noReplicas: Demand = (call) =>
  replicasOf(call).length > 0
    ? invalid(
        "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.",
      )
    : undefined;

/** The stream carries what is replicated. */
const streamStays: Demand = (call) => {
  const off = call.prior?.stream_enabled === true && call.values.stream_enabled !== true;
  const copied = textsAt(call.values, "replica.region_name").length > 0 || replicasOf(call).length > 0;
  return off && copied ? invalid("Stream cannot be disabled for a table that has replicas.") : undefined;
};

/** Replicas that are blocks of the table: each has its key in its own region. */
const replicaKeysUsable: Demand = (call) => {
  const before = new Set(call.prior ? textsAt(call.prior, "replica.kms_key_arn") : []);
  for (const copy of valuesAt(call.values, "replica").filter(isObject)) {
    const key = text(copy, "kms_key_arn");
    if (key === "" || before.has(key)) continue;
    const problem = keyProblem(call, key, { ...need, region: text(copy, "region_name") });
    if (problem) return keyAnswer(problem, key);
  }
  return undefined;
};

/** A replica is made of an active table in another region, which can replicate. */
const sourceCanBeReplicated: Demand = (call) => {
  const [given] = newTextsAt(call, "global_table_arn");
  const arn = parseArn(given);
  const { account, region } = call.cloud.place;
  if (given === undefined || !arn || arn.account !== account) return undefined;
  const name = arn.resource.replace(/^table\//, "");
  const source = call.cloud.withArn(given);
  if (source?.type !== "aws_dynamodb_table") {
    const message = `Requested resource not found: Table: ${name} not found`;
    return { status: 400, code: "ResourceNotFoundException", message };
  }
  if (arn.region === region) return invalid(`Replica already exists in region ${region}: it is the table's own.`);
  const { state } = source;
  if (state.stream_enabled !== true || state.stream_view_type !== "NEW_AND_OLD_IMAGES")
    return invalid("Table must have streams enabled with the stream view type NEW_AND_OLD_IMAGES.");
  if (state.billing_mode !== "PAY_PER_REQUEST" && !scalesWrites(call, name, arn.region))
    return invalid("Table write capacity should either be Pay-Per-Request or AutoScaled.");
  const ownKey = valuesAt(state, "server_side_encryption")
    .filter(isObject)
    .some((block) => isCustomerKey(call, block));
  return ownKey && text(call.values, "kms_key_arn") === ""
    ? invalid("Replica must be encrypted with a customer managed key, as the table is: KMSMasterKeyId is missing.")
    : undefined;
};

function isCustomerKey({ cloud }: Call, block: Parameters<typeof text>[0]): boolean {
  const key = text(block, "kms_key_arn");
  if (block.enabled !== true || key === "") return false;
  // A key that AWS keeps for the service is in nobody's configuration; the simulated cloud invents its ARN.
  return ["aws_kms_key", "aws_kms_replica_key"].some(
    (type) => cloud.everywhere(type, (state) => state.arn === key).length > 0,
  );
}

function scalesWrites({ cloud }: Call, table: string, region: string): boolean {
  return cloud
    .everywhere(
      "aws_appautoscaling_target",
      (target) =>
        target.resource_id === `table/${table}` && target.scalable_dimension === "dynamodb:table:WriteCapacityUnits",
    )
    .some(({ place }) => place.region === region);
}

const tableFound: Demand = (call) => tableOf(call, newTextsAt(call, "table_name")[0]);

/** The policy of a table, or of its stream. */
const tableOfPolicy: Demand = (call) => {
  const [given] = newTextsAt(call, "resource_arn");
  const arn = parseArn(given);
  const { account, region } = call.cloud.place;
  if (arn && (arn.account !== account || arn.region !== region)) return undefined;
  return tableOf(call, arn?.resource.split("/")[1]);
};

/** @param given Name or ARN of a table or replica that has to be in the call's region. */
function tableOf({ cloud }: Call, given: string | undefined): Answer | undefined {
  if (given === undefined) return undefined;
  const name = given.split("/").pop();
  const there =
    cloud.find("aws_dynamodb_table", (table) => table.name === name) ??
    cloud.find("aws_dynamodb_table_replica", (replica) => text(replica, "global_table_arn").endsWith(`/${name}`)) ??
    cloud.everywhere(
      "aws_dynamodb_table",
      (table) => table.name === name && textsAt(table, "replica.region_name").includes(cloud.place.region),
    )[0];
  return there
    ? undefined
    : {
        status: 400,
        code: "ResourceNotFoundException",
        message: `Requested resource not found: Table: ${name} not found`,
      };
}

const nameOfReplica = (values: Call["values"]): string => text(values, "global_table_arn").split("/").pop() ?? "";

/**
 * DynamoDB.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export const dynamodb: ServiceCalls = {
  aws_dynamodb_table: {
    service: "DynamoDB",
    create: { name: "CreateTable", says: (table) => `creating AWS DynamoDB Table (${text(table, "name")})` },
    update: { name: "UpdateTable", says: (table) => `updating AWS DynamoDB Table (${text(table, "name")})` },
    remove: { name: "DeleteTable", says: (table) => `deleting AWS DynamoDB Table (${text(table, "name")})` },
    exists: ({ values }) => ({
      status: 400,
      code: "ResourceInUseException",
      message: `Table already exists: ${text(values, "name")}`,
    }),
    demands: [usableKey("server_side_encryption.kms_key_arn", need, keyAnswer), replicaKeysUsable, streamStays],
    removalDemands: [protectedFromDeletion, noReplicas],
  },
  aws_dynamodb_table_replica: {
    service: "DynamoDB",
    create: {
      name: "UpdateTable",
      says: (replica) => `creating AWS DynamoDB Table Replica (${text(replica, "global_table_arn")})`,
    },
    update: { name: "UpdateTable", says: (replica) => `updating AWS DynamoDB Table Replica (${text(replica, "id")})` },
    remove: { name: "UpdateTable", says: (replica) => `deleting AWS DynamoDB Table Replica (${text(replica, "id")})` },
    exists: ({ values }) =>
      invalid(
        `Failed to create a the new replica of table with name: '${nameOfReplica(values)}' because one or more replicas already existed as tables.`,
      ),
    demands: [sourceCanBeReplicated, usableKey("kms_key_arn", need, keyAnswer)],
    removalDemands: [protectedFromDeletion],
  },
  aws_dynamodb_table_item: {
    service: "DynamoDB",
    create: { name: "PutItem", says: (item) => `creating DynamoDB Table (${text(item, "table_name")}) Item` },
    remove: { name: "DeleteItem", says: (item) => `deleting DynamoDB Table Item (${text(item, "id")})` },
    demands: [tableFound],
  },
  aws_dynamodb_resource_policy: {
    service: "DynamoDB",
    framework: true,
    create: {
      name: "PutResourcePolicy",
      says: (policy) => `creating DynamoDB Resource Policy (${text(policy, "resource_arn")})`,
    },
    remove: {
      name: "DeleteResourcePolicy",
      says: (policy) => `deleting DynamoDB Resource Policy (${text(policy, "resource_arn")})`,
    },
    demands: [tableOfPolicy],
  },
  aws_dynamodb_contributor_insights: {
    service: "DynamoDB",
    create: {
      name: "UpdateContributorInsights",
      says: (insights) => `creating DynamoDB Contributor Insights for table (${text(insights, "table_name")})`,
    },
    remove: {
      name: "UpdateContributorInsights",
      says: (insights) => `deleting DynamoDB Contributor Insights (${text(insights, "id")})`,
    },
    demands: [tableFound],
  },
};
