import { join } from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import { temporaryFolder } from "../../support/temporary-folder";
import { Folders } from "../fixtures/folders";

const minutes = 60_000;
const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });

const ref = (attribute: string) => `\${${attribute}}`;

/** A schedule, whose role the provider waits for, and a rule's target, whose role it does not wait for. */
const resources = {
  aws_iam_role: {
    events: { name: "events", assume_role_policy: trust("events.amazonaws.com") },
    scheduler: { name: "scheduler", assume_role_policy: trust("scheduler.amazonaws.com") },
  },
  aws_kinesis_stream: { orders: { name: "orders", shard_count: 1 } },
  aws_cloudwatch_event_rule: { nightly: { name: "nightly", schedule_expression: "rate(1 day)" } },
  aws_cloudwatch_event_target: {
    nightly: {
      rule: ref("aws_cloudwatch_event_rule.nightly.name"),
      arn: ref("aws_kinesis_stream.orders.arn"),
      role_arn: ref("aws_iam_role.events.arn"),
    },
  },
  aws_scheduler_schedule: {
    nightly: {
      name: "nightly",
      schedule_expression: "rate(1 day)",
      flexible_time_window: { mode: "OFF" },
      target: { arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", role_arn: ref("aws_iam_role.scheduler.arn") },
    },
  },
};

describe("With IAM that is eventually consistent", () => {
  const root = temporaryFolder();
  let simulator: Simulator;
  let folders: Folders;
  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud"), maxProviders: 1, eventualIam: true });
    folders = new Folders(root, simulator);
    folders.write("stack", resources, { region: "eu-west-1", allowed_account_ids: ["111122223333"] });
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "a role is not seen by the run that made it, unless the provider repeats the call, and by the next one",
    async () => {
      const first = await folders.terraform("stack", "apply", "-auto-approve");
      expect([first.code, first.stderr.match(/Error: (.*?):/g)]).toEqual([
        1,
        [expect.stringMatching(/^Error: creating EventBridge Target \(nightly-/)],
      ]);
      expect((await folders.terraform("stack", "apply", "-auto-approve")).stderr).toBe("");
    },
    minutes,
  );
});
