import { recordsRoleNeeds } from "../../cli/account/records-role";
import { defineEnvironment, type Stage, stages } from "../../config";
import prod from "../../environments/prod";
import { rich } from "../../scripts/environments/rich";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { stacksOf } from "../support/synthesized-once";

const { account } = prod.input;
const networkAccount = "999999999999";
const recordsRoleArn = `arn:aws:iam::${networkAccount}:role/dns/records`;
const deployRoleArn = `arn:aws:iam::${account}:role/deploy`;

const stacksAt = (stage: Stage, more: object) => stacksOf(defineEnvironment({ ...prod.input, ...more }), { stage });

interface Provider {
  readonly alias: string;
}
const providersOf = ({ terraform }: SynthesizedStack) => (terraform.provider as { aws: Provider[] }).aws;

/** Each resource by stack and address. */
const resourcesIn = (stacks: readonly SynthesizedStack[]) =>
  new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(([address, resource]) => [`${stack.name} ${address}`, resource] as const),
    ),
  );

describe.each(stages)("Hosted zones in another account, at %s", (stage) => {
  const stacks = stacksAt(stage, { deployRoleArn, hostedZones: { recordsRoleArn } });
  const resources = resourcesIn(stacks);

  test("get every record of services and edges by their own provider, and nothing else", () => {
    const byRole = [...resources].filter(([, { provider }]) => provider === "aws.hosted-zones").map(([key]) => key);
    const records = [...resources.keys()].filter((key) => key.includes(" aws_route53_record."));
    expect(byRole).toEqual(records);
    const writing = new Set(byRole.map((key) => key.split(" ")[0]));
    expect(writing).toEqual(new Set(["prod-services-eu-west-1", "prod-routing", "prod-edge"]));
  });

  test("have a provider in each stack, so that the last record can still be removed, of their account alone", () => {
    const providers = stacks.map((stack) => providersOf(stack).filter(({ alias }) => alias === "hosted-zones"));
    expect(new Set(providers.map(({ length }) => length))).toEqual(new Set([1]));
    expect(providers.flat()).toContainEqual(
      expect.objectContaining({
        region: "eu-west-1",
        allowed_account_ids: [networkAccount],
        assume_role: [{ role_arn: deployRoleArn }, { role_arn: recordsRoleArn }],
      }),
    );
  });

  test("change nothing but the providers of records", () => {
    const own = stacksAt(stage, { deployRoleArn });
    const withoutProvider = ([key, resource]: [string, object]) => [
      key,
      key.includes(" aws_route53_record.") ? { ...resource, provider: undefined } : resource,
    ];
    expect([...resources].map(withoutProvider)).toEqual([...resourcesIn(own)].map(withoutProvider));
    const others = (of: SynthesizedStack) => providersOf(of).filter(({ alias }) => alias !== "hosted-zones");
    expect(stacks.map(others)).toEqual(own.map(providersOf));
  });
});

test("Records in the private zone of PgBouncer are written in the account of the environment, as the zone is", () => {
  const stacks = stacksOf(rich, { stage: "optimization" });
  const records = [...resourcesIn(stacks)].filter(([key]) => key.includes(" aws_route53_record."));
  const inPrivateZone = records.filter(([key]) => key.startsWith("rich-database "));
  expect(new Set(inPrivateZone.map(([, { provider }]) => provider))).toEqual(
    new Set(["aws.eu-west-1", "aws.eu-central-1"]),
  );
  const others = records.filter(([key]) => !key.startsWith("rich-database "));
  expect(new Set(others.map(([, { provider }]) => provider))).toEqual(new Set(["aws.hosted-zones"]));
});

describe("The role that writes records into hosted zones of another account", () => {
  const needsOf = (more: object) => recordsRoleNeeds(stacksAt("optimization", more).map(({ terraform }) => terraform));

  test("is what an account needs, with what it has to be allowed and by whom it is assumed", () => {
    const [need, ...more] = needsOf({ deployRoleArn, hostedZones: { recordsRoleArn } });
    expect(more).toEqual([]);
    expect(need?.what).toBe(
      [
        `the role ${recordsRoleArn} in account ${networkAccount}, which ${deployRoleArn} may assume`,
        "(its trust policy, and sts:AssumeRole on it)",
        "and which may route53:GetHostedZone, route53:ListResourceRecordSets and route53:ChangeResourceRecordSets",
        "on arn:aws:route53:::hostedzone/Z0PRODEXAMPLE, and route53:GetChange on arn:aws:route53:::change/*",
      ].join(" "),
    );
  });

  test("is assumed by whoever deploys, where no role does", () => {
    const [need] = needsOf({ hostedZones: { recordsRoleArn } });
    expect(need?.what).toContain(`${networkAccount}, which whoever deploys may assume`);
  });

  test("is not needed without records, or with zones of the environment's own account", () => {
    expect(needsOf({})).toEqual([]);
    expect(
      needsOf({
        chaos: undefined,
        services: [],
        containers: [],
        containerNetwork: undefined,
        containerFlowLogs: undefined,
        hostedZones: { recordsRoleArn },
      }),
    ).toEqual([]);
  });
});
