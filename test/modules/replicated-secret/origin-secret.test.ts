import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { OriginSecret, type OriginSecretProps } from "../../../modules/replicated-secret";
import { grantsIn, ref, synth } from "../../support/synth";

const account = "123456789012";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: (grantee, service, use) =>
    grantee.addToRolePolicy({ actions: [`kms ${use}`], resources: [`${service} in ${grantee.region}`] }),
};
const secret = "aws_secretsmanager_secret.shop-origin_key_secret";
const standbyArn = `arn:aws:secretsmanager:eu-central-1:${account}:secret:${ref(
  `element(split(":", ${secret}.arn), 6)`,
)}`;

const build = (stack: DeploymentStack, props: Partial<OriginSecretProps> = {}) =>
  new OriginSecret(stack, "shop-origin", {
    name: "prod/shop/origin",
    account,
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    key,
    version: 3,
    recoveryWindowDays: 30,
    ...props,
  });

describe("OriginSecret", () => {
  test("is made by Secrets Manager, and written without a value in the configuration or the state", () => {
    const { at, resource } = synth((stack) => void build(stack));
    const version = at("aws_secretsmanager_secret_version.shop-origin_version");
    expect(version).toMatchObject({
      secret_id: ref(`${secret}.arn`),
      secret_string_wo: ref("ephemeral.aws_secretsmanager_random_password.shop-origin_made.random_password"),
      secret_string_wo_version: 3,
    });
    // The arguments that would be in the state.
    expect([version.secret_string, version.secret_binary]).toEqual([undefined, undefined]);
    expect(JSON.stringify(resource)).not.toMatch(/"secret_(string|binary)":/);
  });

  test("has the same name in each region, encrypted with the key there", () => {
    const { at } = synth((stack) => void build(stack));
    expect(at(secret)).toMatchObject({
      provider: "aws.eu-west-1",
      name: "prod/shop/origin",
      kms_key_id: key.arnIn("eu-west-1"),
      recovery_window_in_days: 30,
      replica: [{ region: "eu-central-1", kms_key_id: key.arnIn("eu-central-1") }],
    });
  });

  test("says why it has no rotation", () => {
    const { at } = synth((stack) => void build(stack));
    expect(JSON.stringify(at(secret))).not.toContain("Whoever makes the user in SQL");
  });

  test("keeps its addresses when a region comes", () => {
    const one = synth((stack) => void build(stack, { replicas: [] })).addresses;
    expect(synth((stack) => void build(stack)).addresses).toEqual(one);
  });

  test.each([
    ["eu-west-1", ref(`${secret}.arn`)],
    ["eu-central-1", standbyArn],
  ])("lets a function in %s read the secret there, and decrypt it, and nothing else", (region, arn) => {
    expect(grantsIn(region, (stack, reader) => build(stack).grantRead(reader))).toEqual([
      { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
      { actions: ["kms decrypt"], resources: [`secretsmanager in ${region}`] },
    ]);
  });

  test("lets a function at the edge read it in each of its regions", () => {
    expect(grantsIn("us-east-1", (stack, reader) => build(stack).grantReadAnywhere(reader))).toEqual([
      { actions: ["secretsmanager:GetSecretValue"], resources: [ref(`${secret}.arn`)] },
      { actions: ["kms decrypt"], resources: ["secretsmanager in eu-west-1"] },
      { actions: ["secretsmanager:GetSecretValue"], resources: [standbyArn] },
      { actions: ["kms decrypt"], resources: ["secretsmanager in eu-central-1"] },
    ]);
  });

  test("is read by no function in another region", () => {
    expect(() => grantsIn("us-east-1", (stack, reader) => build(stack).grantRead(reader))).toThrow(
      'has no secret in region "us-east-1", only in eu-west-1, eu-central-1',
    );
  });
});
