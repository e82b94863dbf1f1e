import { describeMissing, missingProviders } from "../../terraform/missing-providers";

const aws = (alias: string, host = "registry.terraform.io") => `provider["${host}/hashicorp/aws"].${alias}`;
const inState = (type: string, name: string, provider: string, more: object = {}) => ({
  mode: "managed",
  type,
  name,
  provider,
  instances: [{}],
  ...more,
});
const configuration = { provider: { aws: [{ alias: "eu-west-1", region: "eu-west-1" }], vault: { address: "a" } } };

describe("missingProviders", () => {
  test("finds what was made with a provider that is gone, by its alias, in modules too and with OpenTofu's registry", () => {
    const state = {
      resources: [
        inState("aws_kms_key", "data_primary", aws("eu-west-1")),
        inState("aws_kms_replica_key", "data_replica-eu-central-1", aws("eu-central-1")),
        inState("aws_sns_topic", "alerts", aws("eu-central-1", "registry.opentofu.org"), { module: 'module.a["b"]' }),
        inState("aws_sns_topic", "edge", aws("us-east-1")),
      ],
    };
    expect(missingProviders(state, configuration)).toEqual([
      {
        alias: "eu-central-1",
        resources: [
          { address: "aws_kms_replica_key.data_replica-eu-central-1", type: "aws_kms_replica_key" },
          { address: 'module.a["b"].aws_sns_topic.alerts', type: "aws_sns_topic" },
        ],
      },
      { alias: "us-east-1", resources: [{ address: "aws_sns_topic.edge", type: "aws_sns_topic" }] },
    ]);
  });

  test("knows that an alias belongs to its provider", () => {
    const state = {
      resources: [inState("vault_mount", "kv", 'provider["registry.terraform.io/hashicorp/vault"].eu-west-1')],
    };
    expect(missingProviders(state, configuration)).toHaveLength(1);
  });

  test("leaves out data sources, providers without an alias, those that modules have, and an empty state", () => {
    const state = {
      resources: [
        inState("aws_region", "here", aws("eu-central-1"), { mode: "data" }),
        inState("vault_mount", "kv", 'provider["registry.terraform.io/hashicorp/vault"]'),
        inState("aws_sns_topic", "own", `module.a.${aws("eu-central-1")}`),
      ],
    };
    expect(missingProviders(state, configuration)).toEqual([]);
    expect(missingProviders({}, {})).toEqual([]);
  });

  test("names the way to have another region serve first", () => {
    const resources = [{ address: "aws_dynamodb_table.orders_table", type: "aws_dynamodb_table" }];
    expect(describeMissing([{ alias: "eu-west-1", resources }])).toContain("name it under regions.active");
  });

  test("says of records in zones of another account which field they need", () => {
    const records = [{ address: "aws_route53_record.orders_home", type: "aws_route53_record" }];
    const field = "hosted-zones is of hostedZones.recordsRoleArn: restore that field until its records are gone.";
    expect(describeMissing([{ alias: "hosted-zones", resources: records }])).toContain(field);
    expect(describeMissing([{ alias: "eu-central-1", resources: records }])).not.toContain(field);
  });
});
