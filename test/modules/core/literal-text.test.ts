// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what these tests are about
import { join } from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, Fn, Lazy, LocalBackend, TerraformOutput } from "cdktf";
import { DeploymentStack, literalText, ServiceRole, terraformExpression, trustPolicy } from "../../../modules/core";
import { type Simulator, startSimulator } from "../../../simulator";
import { managedResources, readStackFolders, readState, TerraformStack } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";

const region = "eu-west-1";

/** What Terraform would evaluate, what looks like it, and what already looks escaped. */
const texts = [
  "Hello ${name}",
  "100%{x}",
  '${file("/etc/passwd")}',
  "%{ if true }yes%{ endif }",
  "$${escaped} and %%{escaped}",
  "$$${a} $$$${b} %$${c} $%{d} %%%{e}",
  "${",
  "%{",
  "$ % { } $$ %% \\${ \\%{ $\n{",
  "${TfToken[]} &{x} #{y} -1e5 a-e-b",
];

describe("Text in a DeploymentStack", () => {
  const folder = temporaryFolder();
  let simulator: Simulator;
  let outputs: Record<string, unknown>;
  let values: (address: string) => Record<string, unknown>;

  beforeAll(async () => {
    const directory = join(folder, "cloud");
    simulator = await startSimulator({ directory });
    const app = new App({ outdir: join(folder, "out") });
    const stack = new DeploymentStack(app, "texts", { regions: [region], account: "111111111111", tags: {} });
    const state = join(folder, "terraform.tfstate");
    new LocalBackend(stack, { path: state });
    const provider = stack.providers.in(region);
    const queue = new SqsQueue(stack, "queue", { provider, name: "orders" });
    const role = new ServiceRole(stack, "role", {
      region,
      nameParts: ["test", "orders"],
      trust: trustPolicy({ Service: "lambda.amazonaws.com" }, { StringEquals: { "aws:SourceArn": texts } }),
      policyName: "orders",
    });
    role.addToRolePolicy({
      actions: ["sqs:SendMessage"],
      resources: [queue.arn],
      conditions: { StringLike: { "aws:PrincipalTag/team": texts } },
    });
    texts.forEach((text, index) => {
      new SsmParameter(stack, `text-${index}`, { provider, name: `orders-${index}`, type: "String", value: text });
    });
    const tokens = new SsmParameter(stack, "tokens", {
      type: "String",
      provider,
      name: "orders-tokens",
      value: `\${a} ${queue.name} %{b} ${Lazy.stringValue({ produce: () => queue.name })} $\${c}`,
    });
    const named = new SsmParameter(stack, "named", {
      type: "String",
      provider,
      name: "orders-named",
      value: "limit 1",
    });
    named.addOverride("value", "${aws_sqs_queue.queue.name}");
    new TerraformOutput(stack, "list", { value: texts, staticId: true });
    new TerraformOutput(stack, "map", {
      value: Object.fromEntries(texts.map((text) => [text, { [text]: text }])),
      staticId: true,
    });
    new TerraformOutput(stack, "expression", {
      value: terraformExpression("${1 + 1} of ${aws_sqs_queue.queue.name}"),
      staticId: true,
    });
    new TerraformOutput(stack, "called", { value: Fn.upper(queue.name), staticId: true });
    app.synth();
    const [synthesized] = readStackFolders(join(folder, "out"));
    if (!synthesized) throw new Error("no stack was synthesized");
    const deployed = new TerraformStack(synthesized, simulator.env);
    const run = await deployed.deploy();
    outputs = Object.fromEntries(Object.entries(run.outputs ?? {}).map(([name, { value }]) => [name, value]));
    const resources = managedResources(readState(state));
    values = (address) => resources.get(address)?.instances[0]?.attributes ?? {};
    expect([tokens.friendlyUniqueId, await deployed.isSettled()]).toEqual(["tokens", true]);
  }, 120_000);
  afterAll(() => simulator?.stop());

  test.each(texts.map((text, index) => [text, index] as const))("arrives as it stands: %j", (text, index) => {
    expect(values(`aws_ssm_parameter.text-${index}`).value).toBe(text);
  });

  test("arrives in lists, maps and their keys, and in policies, those that grants add to included", () => {
    expect(outputs).toMatchObject({
      list: texts,
      map: Object.fromEntries(texts.map((text) => [text, { [text]: text }])),
    });
    const { policy } = values("aws_iam_role_policy.role_policy");
    expect(JSON.parse(String(policy)).Statement[0].Condition.StringLike["aws:PrincipalTag/team"]).toEqual(texts);
    const trust = JSON.parse(String(values("aws_iam_role.role_role").assume_role_policy));
    expect(trust.Statement[0].Condition.StringEquals["aws:SourceArn"]).toEqual(texts);
  });

  test("keeps the tokens of cdktf that are in it, and expressions that are said to be some", () => {
    expect(values("aws_ssm_parameter.tokens").value).toBe("${a} orders %{b} orders $${c}");
    expect(values("aws_ssm_parameter.named").value).toBe("orders");
    expect(outputs).toMatchObject({ expression: "2 of orders", called: "ORDERS" });
  });

  test("is escaped once", () => {
    expect(literalText("a ${b} %{c} $${d}")).toBe("a $${b} %%{c} $$${d}");
    expect(literalText("nothing $ { % } to do")).toBe("nothing $ { % } to do");
  });
});
