import "../../support/engine-alone.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  App,
  Aspects,
  Fn,
  Lazy,
  propertyAccess,
  TerraformCount,
  TerraformElement,
  TerraformIterator,
  TerraformOutput,
  TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import { DeploymentStack, makeSynthesisFaster } from "../../../modules/core";
import { differentFiles } from "../../support/same-files";
import { temporaryFolder } from "../../support/temporary-folder";

/** Renders itself in a way of its own. */
class RewrittenQueue extends SqsQueue {
  override toTerraform(): unknown {
    const rendered = super.toTerraform() as { resource: Record<string, Record<string, object>> };
    const [[name = "", values]] = Object.entries(rendered.resource.aws_sqs_queue ?? {}) as [[string, object]];
    return { resource: { aws_sqs_queue: { [name]: { ...values, fifo_queue: true } } } };
  }
}

/** Reads what another element is rendered as. */
class Reader extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    protected readonly read: TerraformElement,
  ) {
    super(scope, id);
  }

  override toTerraform(): unknown {
    const rendered = this.read.toTerraform() as object;
    return { ...rendered, locals: { [this.node.id]: JSON.stringify(rendered) } };
  }
}

/** Adds to what another element is rendered as. */
class Adder extends Reader {
  override toTerraform(): unknown {
    return Object.assign(this.read.toTerraform() as object, { locals: { [this.node.id]: "added" } });
  }
}

/** Puts something else in the place of what another element is rendered as. */
class Replacer extends Reader {
  override toTerraform(): unknown {
    return Object.assign(this.read.toTerraform() as object, { resource: { null_resource: { [this.node.id]: {} } } });
  }
}

const props = { regions: ["eu-west-1"], account: "111111111111", tags: {} };

/** Two stacks with all that is rendered, resolved or prepared in a way of its own. */
function synthesize(outdir: string): void {
  const app = new App({ outdir, stackTraces: false });
  const from = new DeploymentStack(app, "from", props);
  const to = new DeploymentStack(app, "to", props);
  const provider = from.providers.in("eu-west-1");
  const topic = new SnsTopic(from, "topic", { provider, name: "topic" });
  const unread = new SnsTopic(from, "unread", { provider, name: "unread" });
  const mentioned = new SnsTopic(from, "mentioned", { provider, name: "mentioned" });
  const late = new SnsTopic(from, "late", { provider, name: "late", tags: { topic: topic.arn } });

  const there = { provider: to.providers.in("eu-west-1") };
  const queue = new SqsQueue(to, "queue", { ...there, name: "queue", tags: { topic: topic.arn } });
  new SqsQueue(to, "overridden", { ...there, name: unread.arn }).addOverride("name", "literal");
  new SqsQueue(to, "with-override", { ...there }).addOverride("tags.topic", `of ${mentioned.arn}`);
  new SqsQueue(to, "lazy", {
    ...there,
    policy: Lazy.stringValue({ produce: () => JSON.stringify({ Resource: [topic.arn, queue.arn] }) }),
    namePrefix: Fn.join("-", [queue.name, Fn.element(Fn.split(":", topic.arn), 5)]),
  });
  const changed = Lazy.stringValue({ produce: ({ preparing }) => (preparing ? "early" : "late") });
  new SqsQueue(to, "calls", {
    ...there,
    dependsOn: [topic],
    name: Fn.upper(changed),
    namePrefix: Fn.join("-", [topic.name, changed, Fn.lower(Fn.element(Fn.split(":", topic.arn), 5))]),
    policy: Fn.jsonencode({ a: [[changed], { b: [topic.arn, 1, true] }] }),
    tags: {
      of: Fn.lookup({ a: topic.arn }, "a", changed),
      twice: `${Fn.element(Fn.split(":", topic.arn), 5)} and ${Fn.element(Fn.concat([["a"], [changed]]), 1)}`,
      again: Fn.element(Fn.concat([["a"], [topic.name]]), 1),
      access: propertyAccess(Fn.jsondecode(topic.arn), [changed, 0]).toString(),
    },
  });
  new SqsQueue(to, "counted", { ...there, count: TerraformCount.of(2), dependsOn: [queue] });
  new SqsQueue(to, "each", { ...there, forEach: TerraformIterator.fromList(["a", "b"]), name: "each" });
  new SqsQueue(to, "kept", { ...there, lifecycle: { preventDestroy: true, ignoreChanges: ["tags"] } });
  new SqsQueue(to, "provisioned", { ...there, provisioners: [{ type: "local-exec", command: `echo ${queue.arn}` }] });
  new SqsQueue(to, "imported", there).importFrom("https://example.org/queue");
  new SqsQueue(to, "moved", there).moveFromId("aws_sqs_queue.before");
  new SecurityGroup(to, "dynamic", {
    ...there,
    ingress: TerraformIterator.fromList([80, 443] as unknown as string[]).dynamic({
      fromPort: 1,
      toPort: 2,
      protocol: "tcp",
    }),
  });
  const identity = new DataAwsCallerIdentity(to, "identity", { ...there, dependsOn: [queue] });
  new DataAwsCallerIdentity(to, "other-identity", there).addOverride("provider", "aws");
  new S3Bucket(to, "bucket", { ...there, bucket: `of-${identity.accountId}-\${terraform}` });
  new TerraformOutput(to, "output", { value: { queue: queue.arn, topic: [topic.arn] } });
  to.addOverride("locals.topic", topic.arn);
  // Without any token, unlike those of the other stack.
  from.addOverride("locals", { list: [1, null, { text: `of \${var.text}` }], on: true });
  new RewrittenQueue(to, "rewritten", { ...there, name: `rewritten-${topic.name}` });
  const readable = new SqsQueue(to, "readable", { ...there, name: `readable-${topic.name}` });
  for (const by of [Reader, Adder, Replacer]) {
    new by(to, `resource-${by.name}`, readable);
    new by(to, `data-${by.name}`, new DataAwsCallerIdentity(to, `for-${by.name}`, there));
  }
  new SqsQueue(to, "resolve", { ...there, name: `resolve-${topic.name}` });
  new SqsQueue(to, "like-a-token-e123", { ...there, name: `like-a-token-e123-${topic.name}` });
  const rendered = () => JSON.stringify([topic, late].map((element) => element.toTerraform()));
  new SqsQueue(to, "with-others", { ...there, policy: Lazy.stringValue({ produce: rendered }) });

  const plain = new TerraformStack(app, "plain");
  new TerraformOutput(plain, "output", { value: topic.arn });
  plain.addOverride("locals", { none: undefined, e123: [undefined, 1e300] });
  for (const id of ["first", "second"]) {
    new AwsProvider(plain, id, { region: "eu-west-1", alias: id });
    new SqsQueue(plain, `${id}-queue`, { name: id, tags: { [id]: topic.arn } }).overrideLogicalId("one");
  }
  // After what is prepared.
  Aspects.of(to).add({
    visit: (node) => {
      if (node === queue) queue.addOverride("tags.late", late.name);
      if (TerraformElement.isTerraformElement(node) && node instanceof S3Bucket) node.tags = { aspect: "yes" };
    },
  });
  app.synth();
}

test("Elements of every kind are rendered as the engine renders them, and so is what stacks need of each other", () => {
  const folders = ["engine", "faster"].map((name) => temporaryFolder(`${name}-`)) as [string, string];
  synthesize(folders[0]);
  const byEngine = SnsTopic.prototype.toTerraform;
  makeSynthesisFaster();
  expect(SnsTopic.prototype.toTerraform).not.toBe(byEngine);
  synthesize(folders[1]);
  expect(differentFiles(...folders)).toEqual([]);
  expect(readFileSync(join(folders[1], "stacks", "to", "cdk.tf.json"), "utf8")).toContain('"fifo_queue": true');
});
