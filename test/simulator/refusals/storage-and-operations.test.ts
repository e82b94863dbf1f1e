import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const role = (name: string, service: string): ObjectValue => ({
  name,
  arn: `arn:aws:iam::${account}:role/${name}`,
  assume_role_policy: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }),
});

describe("S3 refuses", () => {
  const bucket: ObjectValue = { bucket: "orders" };

  test("a bucket whose name anybody has, in the words of AWS or of the provider", () => {
    const cloud = new TestCloud().has("aws_s3_bucket", bucket);
    expect(cloud.in(standby).creating("aws_s3_bucket", bucket)).toMatch(
      /^creating S3 Bucket \(orders\): operation error S3: CreateBucket, https response error StatusCode: 409, RequestID: …, HostID: [\w+/=]+, BucketAlreadyOwnedByYou: /,
    );
    expect(cloud.in("us-east-1").creating("aws_s3_bucket", bucket)).toMatch(
      /^creating S3 Bucket \(orders\): BucketAlreadyExists/,
    );
    cloud.inventory.put({
      type: "aws_s3_bucket",
      place: { partition: "aws", account: "999988887777", region: home },
      state: { id: "theirs", bucket: "theirs" },
    });
    expect(cloud.creating("aws_s3_bucket", { bucket: "theirs" })).toContain(
      "BucketAlreadyExists: The requested bucket name is not available.",
    );
  });

  test("settings of a bucket that does not exist, or of another region", () => {
    const block = { bucket: "orders", block_public_policy: true };
    const cloud = new TestCloud();
    expect(cloud.creating("aws_s3_bucket_public_access_block", block)).toContain(
      "NoSuchBucket: The specified bucket does not exist",
    );
    cloud.has("aws_s3_bucket", bucket);
    expect(cloud.creating("aws_s3_bucket_public_access_block", block)).toBe("");
    expect(cloud.in(standby).creating("aws_s3_bucket_public_access_block", block)).toContain("301");
  });

  test("a policy that is open to all in spite of the block, or names nobody", () => {
    const statement = (principal: unknown) => ({ Effect: "Allow", Principal: principal, Action: "s3:GetObject" });
    const creating = (principal: unknown) =>
      new TestCloud()
        .has("aws_s3_bucket", bucket)
        .has("aws_s3_bucket_public_access_block", { bucket: "orders", block_public_policy: true })
        .creating("aws_s3_bucket_policy", { bucket: "orders", policy: document(statement(principal)) });
    expect(creating({ Service: "cloudfront.amazonaws.com" })).toBe("");
    expect(creating("*")).toMatch(/^putting S3 Bucket \(orders\) Policy: .*403.* AccessDenied: .*BlockPublicPolicy/);
    expect(creating({ AWS: `arn:aws:iam::${account}:role/nobody` })).toContain("MalformedPolicy");
  });

  test("replication between buckets that keep no versions", () => {
    const versioned = (name: string) => ({
      bucket: name,
      versioning_configuration: [{ status: "Enabled" }],
    });
    const replication = { bucket: "orders", rule: [{ destination: [{ bucket: "arn:aws:s3:::copies" }] }] };
    const creating = (cloud: TestCloud) => cloud.creating("aws_s3_bucket_replication_configuration", replication);
    const cloud = new TestCloud().has("aws_s3_bucket", bucket);
    expect(creating(cloud)).toContain("Versioning must be 'Enabled'");
    cloud.has("aws_s3_bucket_versioning", versioned("orders"));
    expect(creating(cloud)).toContain("Destination bucket must exist.");
    cloud.in(standby).has("aws_s3_bucket", { bucket: "copies" });
    expect(creating(cloud)).toContain("Destination bucket must have versioning enabled.");
    cloud.in(standby).has("aws_s3_bucket_versioning", versioned("copies"));
    expect(creating(cloud)).toBe("");
  });

  test("ACLs where the owner has all objects, and to delete a bucket with objects", () => {
    const cloud = new TestCloud().has("aws_s3_bucket", bucket);
    expect(cloud.creating("aws_s3_bucket_acl", bucket)).toContain("AccessControlListNotSupported");
    const rule = [{ object_ownership: "BucketOwnerPreferred" }];
    cloud.has("aws_s3_bucket_ownership_controls", { bucket: "orders", rule });
    expect(cloud.creating("aws_s3_bucket_acl", bucket)).toBe("");
    expect(cloud.deleting("aws_s3_bucket", bucket)).toBe("");
    cloud.has("aws_s3_object", { key: "a", bucket: "orders" });
    expect(cloud.deleting("aws_s3_bucket", bucket)).toContain("BucketNotEmpty");
    expect(cloud.deleting("aws_s3_bucket", { ...bucket, force_destroy: true })).toBe("");
  });
});

describe("The services around operations refuse", () => {
  test.each<[string, ObjectValue, string]>([
    ["aws_budgets_budget", { name: "monthly" }, "DuplicateRecordException"],
    ["aws_backup_vault", { name: "orders" }, "AlreadyExistsException"],
    ["aws_cloudformation_stack", { name: "orders" }, "AlreadyExistsException: Stack [orders] already exists"],
    ["aws_xray_group", { group_name: "orders" }, "InvalidRequestException"],
    ["aws_xray_sampling_rule", { rule_name: "orders" }, "InvalidRequestException"],
    ["aws_guardduty_detector", { id: "d1" }, "BadRequestException"],
    ["aws_ecr_repository", { name: "orders" }, "RepositoryAlreadyExistsException"],
    ["aws_lb", { arn: "arn", name: "orders" }, "ELBv2 Load Balancer (orders) already exists"],
    ["aws_lb_target_group", { arn: "arn", name: "orders" }, "ELBv2 Target Group (orders) already exists"],
    ["aws_signer_signing_profile", { name: "orders" }, "already exists"],
  ])("a second %s", (type, values, words) => {
    const first = new TestCloud().has(type, { ...values, id: "first" });
    expect(first.creating(type, { ...values, id: "second" })).toContain(words);
    expect(new TestCloud().creating(type, values)).toBe("");
  });

  test("the name of a signing profile for good", () => {
    const profile = { name: "orders" };
    expect(
      new TestCloud().lost("aws_signer_signing_profile", profile).creating("aws_signer_signing_profile", profile),
    ).toContain("is cancelled");
  });

  test("an experiment whose role or stop condition does not fit", () => {
    const alarm = `arn:aws:cloudwatch:${home}:${account}:alarm:errors`;
    const template = {
      role_arn: `arn:aws:iam::${account}:role/chaos`,
      stop_condition: [{ source: "aws:cloudwatch:alarm", value: alarm }],
    };
    const type = "aws_fis_experiment_template";
    expect(
      new TestCloud().has("aws_iam_role", role("chaos", "lambda.amazonaws.com")).creating(type, template),
    ).toContain("ValidationException");
    const cloud = new TestCloud().has("aws_iam_role", role("chaos", "fis.amazonaws.com"));
    expect(cloud.creating(type, template)).toContain("ResourceNotFoundException");
    cloud.has("aws_cloudwatch_metric_alarm", { alarm_name: "errors", arn: alarm });
    expect(cloud.creating(type, template)).toBe("");
    const withoutAlarm = { ...template, stop_condition: [{ source: "aws:cloudwatch:alarm", value: "" }] };
    expect(cloud.creating(type, withoutAlarm)).toContain("A value is required for the stop condition source");
    expect(cloud.creating(type, { ...template, stop_condition: [{ source: "none" }] })).toBe("");
  });

  test("a backup plan without its vault, a selection without a role, and to delete a plan with selections", () => {
    const plan = { id: "p1", name: "daily", rule: [{ target_vault_name: "orders" }] };
    const cloud = new TestCloud();
    expect(cloud.creating("aws_backup_plan", plan)).toContain("InvalidParameterValueException");
    cloud.has("aws_backup_vault", { name: "orders" });
    expect(cloud.creating("aws_backup_plan", plan)).toBe("");
    const selection = { name: "tables", plan_id: "p1", iam_role_arn: `arn:aws:iam::${account}:role/backup` };
    expect(cloud.creating("aws_backup_selection", selection)).toContain("cannot be assumed by AWS Backup");
    cloud.has("aws_iam_role", role("backup", "backup.amazonaws.com"));
    expect(cloud.creating("aws_backup_selection", selection)).toBe("");
    expect(cloud.has("aws_backup_selection", selection).deleting("aws_backup_plan", plan)).toContain(
      "Related backup plan selections must be deleted prior to backup plan deletion",
    );
  });

  test("a stack of CloudFormation that makes roles without leave", () => {
    const template_body = JSON.stringify({ Resources: { Role: { Type: "AWS::IAM::Role", Properties: {} } } });
    const creating = (capabilities: string[]) =>
      new TestCloud().creating("aws_cloudformation_stack", { name: "orders", template_body, capabilities });
    expect(creating([])).toContain("InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]");
    expect(creating(["CAPABILITY_IAM"])).toBe("");
  });
});

describe("ECS refuses", () => {
  const service = {
    name: "pool",
    cluster: `arn:aws:ecs:${home}:${account}:cluster/pool`,
    task_definition: "pool:1",
    load_balancer: [{ target_group_arn: "group" }],
  };

  test("a service without its cluster, its task or a listener of its target group", () => {
    const cloud = new TestCloud().has("aws_lb_target_group", { arn: "group", name: "pool" });
    expect(cloud.creating("aws_ecs_service", service)).toContain("ClusterNotFoundException");
    cloud.has("aws_ecs_cluster", { name: "pool" });
    expect(cloud.deleting("aws_ecs_cluster", { name: "pool" })).toBe("");
    expect(cloud.creating("aws_ecs_service", service)).toContain("ClientException");
    cloud.has("aws_ecs_task_definition", { family: "pool", revision: 1 });
    expect(cloud.creating("aws_ecs_service", service)).toContain("does not have an associated load balancer.");
    cloud.has("aws_lb_listener", { arn: "l", default_action: [{ target_group_arn: "group" }] });
    expect(cloud.creating("aws_ecs_service", service)).toBe("");
    cloud.has("aws_ecs_service", service);
    expect(cloud.creating("aws_ecs_service", service)).toContain("InvalidParameterException");
    expect(cloud.deleting("aws_ecs_cluster", { name: "pool" })).toContain("ClusterContainsServicesException");
  });
});

describe("Load balancing refuses", () => {
  const listener = (more: ObjectValue = {}): ObjectValue => ({
    arn: "l1",
    load_balancer_arn: "b1",
    port: 443,
    default_action: [{ target_group_arn: "g1" }],
    ...more,
  });

  test("subnets in one zone", () => {
    const cloud = new TestCloud();
    const subnet = (id: string, availability_zone: string) => ({ id, availability_zone });
    cloud
      .has("aws_subnet", subnet("s1", "a"))
      .has("aws_subnet", subnet("s2", "a"))
      .has("aws_subnet", subnet("s3", "b"));
    const creating = (...subnets: string[]) => cloud.creating("aws_lb", { arn: "b1", name: "orders", subnets });
    expect(creating("s1", "s2")).toContain("At least two subnets in two different Availability Zones");
    expect(creating("s1", "s3")).toBe("");
  });

  test("a second listener of a port, and rules of one priority", () => {
    const cloud = new TestCloud().has("aws_lb_listener", listener());
    expect(cloud.creating("aws_lb_listener", listener({ arn: "l2" }))).toContain("DuplicateListener");
    expect(cloud.creating("aws_lb_listener", listener({ arn: "l2", port: 80 }))).toBe("");
    const rule = { arn: "r1", listener_arn: "l1", priority: 1 };
    const ruled = cloud.has("aws_lb_listener_rule", rule);
    expect(ruled.creating("aws_lb_listener_rule", { ...rule, arn: "r2" })).toContain(
      "Priority '1' is currently in use",
    );
  });

  test("a group of two load balancers, and to delete one that is named, or a protected load balancer", () => {
    const cloud = new TestCloud().has("aws_lb_listener", listener());
    const other = listener({ arn: "l2", load_balancer_arn: "b2" });
    expect(cloud.creating("aws_lb_listener", other)).toContain("TargetGroupAssociationLimit");
    expect(cloud.deleting("aws_lb_target_group", { arn: "g1" })).toContain("ResourceInUse");
    expect(cloud.deleting("aws_lb_target_group", { arn: "g2" })).toBe("");
    expect(cloud.deleting("aws_lb", { arn: "b1", enable_deletion_protection: true })).toContain(
      "OperationNotPermitted",
    );
  });

  test("what was deleted", () => {
    const gone = (type: string, arn: string) => new TestCloud().lost(type, { arn, name: arn });
    expect(gone("aws_lb", "b1").creating("aws_lb_listener", listener())).toContain("LoadBalancerNotFound");
    expect(gone("aws_lb_target_group", "g1").creating("aws_lb_listener", listener())).toContain("TargetGroupNotFound");
  });
});
