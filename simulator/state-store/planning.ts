import { type AwsRequest, type AwsResponse, xml, xmlText } from "./http";

const json = (value: unknown): AwsResponse => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(value),
});

/** Values of a query-protocol list such as `InstanceType.1`, `InstanceType.2`. */
function listed(request: AwsRequest, name: string): string[] {
  const form = new URLSearchParams(request.body.toString("utf8"));
  return [...form].filter(([key]) => key.startsWith(`${name}.`)).map(([, value]) => value);
}

const architecture = (instanceType: string): string =>
  /^[a-z]+\d+[a-z]*g[a-z]*\./.test(instanceType) ? "arm64" : "x86_64";

/** A CloudFormation resource type of which only the name is known. */
function describeType(request: AwsRequest): AwsResponse {
  const typeName = new URLSearchParams(request.body.toString("utf8")).get("TypeName") ?? "";
  const schema = {
    typeName,
    description: typeName,
    properties: { Id: { type: "string" } },
    primaryIdentifier: ["/properties/Id"],
    readOnlyProperties: ["/properties/Id"],
    additionalProperties: true,
  };
  const result =
    `<TypeName>${xmlText(typeName)}</TypeName><Type>RESOURCE</Type><ProvisioningType>FULLY_MUTABLE</ProvisioningType>` +
    `<Schema>${xmlText(JSON.stringify(schema))}</Schema>`;
  return xml(200, `<DescribeTypeResponse><DescribeTypeResult>${result}</DescribeTypeResult></DescribeTypeResponse>`);
}

/**
 * Calls that the provider makes while it plans, with answers that let the plan go on: a few resource types check
 * their configuration with AWS before anything is created.
 */
const answers: Record<string, (request: AwsRequest, account: string) => AwsResponse> = {
  "states ValidateStateMachineDefinition": () => json({ result: "OK", diagnostics: [] }),
  "kinesis DescribeLimits": () =>
    json({ ShardLimit: 500, OpenShardCount: 0, OnDemandStreamCount: 0, OnDemandStreamCountLimit: 50 }),
  "directconnect DescribeDirectConnectGatewayAssociationProposals": () =>
    json({ directConnectGatewayAssociationProposals: [] }),
  "es GET /2015-01-01/es/compatibleVersions": () => json({ CompatibleElasticsearchVersions: [] }),
  "es GET /2021-01-01/opensearch/compatibleVersions": () => json({ CompatibleVersions: [] }),
  "cloudformation DescribeType": describeType,
  "ec2 DescribeSnapshots": (request, account) => {
    const items = listed(request, "SnapshotId").map(
      (id) => `<item><snapshotId>${xmlText(id)}</snapshotId><ownerId>${account}</ownerId></item>`,
    );
    return xml(
      200,
      `<DescribeSnapshotsResponse><snapshotSet>${items.join("")}</snapshotSet></DescribeSnapshotsResponse>`,
    );
  },
  "ec2 DescribeInstanceTypes": (request) => {
    const items = listed(request, "InstanceType").map(
      (type) =>
        `<item><instanceType>${xmlText(type)}</instanceType><processorInfo><supportedArchitectures>` +
        `<item>${architecture(type)}</item></supportedArchitectures></processorInfo></item>`,
    );
    const body = `<instanceTypeSet>${items.join("")}</instanceTypeSet>`;
    return xml(200, `<DescribeInstanceTypesResponse>${body}</DescribeInstanceTypesResponse>`);
  },
};

/** The answer to a call that planning needs; undefined for any other call. */
export function answerPlanning(request: AwsRequest, account: string): AwsResponse | undefined {
  return answers[`${request.service} ${request.action}`]?.(request, account);
}
