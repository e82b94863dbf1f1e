import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DeploymentStack, ValueError } from "../../modules/core";
import { testApp } from "../support/synth";

/** What synthesis says of two stacks. */
function synthesis(build: (first: DeploymentStack, second: DeploymentStack) => void): string[] {
  const app = testApp();
  const stack = (name: string) =>
    new DeploymentStack(app, name, { regions: ["eu-west-1"], account: "444444444444", tags: {} });
  build(stack("orders"), stack("shipments"));
  try {
    app.synth();
  } catch (error) {
    if (error instanceof ValueError) return error.message.split("\n");
    throw error;
  }
  return [];
}

const queue = (stack: DeploymentStack, id: string, name: string) =>
  new SqsQueue(stack, id, { provider: stack.providers.in("eu-west-1"), name });

describe("Synthesis refuses values that AWS does not take", () => {
  test("all of them at once, with stack, address, path, and what was received", () => {
    expect(
      synthesis((first, second) => {
        queue(first, "placed", "orders placed");
        queue(second, "sent", "shipments.sent");
        queue(second, "right", "right");
      }),
    ).toEqual([
      "2 values are not what AWS takes",
      '  orders: aws_sqs_queue.placed: name: is not a valid queue name; use letters, digits, hyphens and underscores (received "orders placed")',
      '  shipments: aws_sqs_queue.sent: name: is not a valid queue name; use letters, digits, hyphens and underscores (received "shipments.sent")',
    ]);
  });

  test("and shows no secret", () => {
    const words = synthesis((stack) => {
      const provider = stack.providers.in("eu-west-1");
      new SecretsmanagerSecretVersion(stack, "version", {
        provider,
        secretId: "a",
        secretString: "s3cr3t".repeat(20_000),
      });
      new LambdaFunction(stack, "function", {
        provider,
        functionName: "orders",
        role: "arn:aws:iam::444444444444:role/orders",
        environment: { variables: { PLAIN: "hunter2 ".repeat(600) } },
      });
    }).join("\n");
    expect(words).toMatch(/secret_string: is 120000 .* long; use at most 65536 \(received \(hidden\)\)/);
    expect(words).toContain("environment.variables.PLAIN: is 4800 bytes long; use at most 4096 (received (hidden))");
    expect(words).toContain("use at most 4096 bytes for all variables of a function (received 1 entry)");
    expect(words).not.toMatch(/s3cr3t|hunter2/);
  });

  test("and takes references as they are", () => {
    expect(
      synthesis((stack) => {
        const first = queue(stack, "first", "first");
        queue(stack, "second", `${first.arn} and more`);
      }),
    ).toEqual([]);
  });
});
