import { account } from "../../../cli/commands/account";
import { cost } from "../../../cli/commands/cost";
import { describe as describeVerb } from "../../../cli/commands/describe";
import { ProtectedError } from "../../../cli/commands/destroy";
import { loadTestsOf } from "../../../cli/commands/loadtest";
import { migrations } from "../../../cli/commands/migrations";
import { recovery, recoveryOf } from "../../../cli/commands/recovery";
import { warmAdvise } from "../../../cli/commands/warm-advise";
import { warmBacktest } from "../../../cli/commands/warm-backtest";
import type { DocumentData, Outcome } from "../../../cli/document";
import { applyDocument } from "../../../cli/documents/apply";
import { auditDocument } from "../../../cli/documents/audit";
import { bundleShowDocument } from "../../../cli/documents/bundle-show";
import { chaosDocument } from "../../../cli/documents/chaos";
import { demoDocument } from "../../../cli/documents/demo";
import { doctorDocument } from "../../../cli/documents/doctor";
import { driftDocument } from "../../../cli/documents/drift";
import { gateDocument } from "../../../cli/documents/gate";
import { addDocument, initDocument } from "../../../cli/documents/init";
import { initPipelineDocument } from "../../../cli/documents/init-pipeline";
import { inventoryDocument } from "../../../cli/documents/inventory";
import { kpiDocument } from "../../../cli/documents/kpi";
import { loadtestDocument } from "../../../cli/documents/loadtest";
import { locksDocument } from "../../../cli/documents/locks";
import { moveDocument } from "../../../cli/documents/move";
import { planDocument } from "../../../cli/documents/plan";
import { previewsListDocument, previewsSweepDocument } from "../../../cli/documents/previews";
import { quotasDocument } from "../../../cli/documents/quotas";
import { redriveDocument } from "../../../cli/documents/redrive";
import { rehearseDocument } from "../../../cli/documents/rehearse";
import { replayDocument } from "../../../cli/documents/replay";
import { reportDocument } from "../../../cli/documents/report";
import { deployDocument, destroyDocument } from "../../../cli/documents/run";
import { sbomDocument } from "../../../cli/documents/sbom";
import { scanDocument } from "../../../cli/documents/scan";
import { stateDoctorDocument } from "../../../cli/documents/state-doctor";
import { stateFailoverDocument } from "../../../cli/documents/state-failover";
import { stateMigrateDocument } from "../../../cli/documents/state-migrate";
import { topologyDocument } from "../../../cli/documents/topology";
import { unlockDocument } from "../../../cli/documents/unlock";
import project from "../../../cli/project";
import { reviewData } from "../../../cli/review-data";
import { outcomeOf, planSummary, regionCounts, reviewPlans, unusedAcknowledgements } from "../../../gates";
import { ConfigError } from "../../../modules/core";
import { countOutcomes } from "../../../terraform";
import { change, configuration, plan, update } from "../../gates/plans";

const previewOf = (number: number) => ({
  name: `pr-${number}`,
  who: "runner@fv-az1390-412",
  commit: "4f1c0f2e9b7a4d5c8e6f1a2b3c4d5e6f7a8b9c0d",
  deployed: "2026-11-27T11:48:00.000Z",
  expires: "2026-11-29T11:48:00.000Z",
  stacks: ["keys", "data"].map((stack) => `pr-${number}-${stack}`),
});

const quotaRow = {
  region: null,
  service: null,
  code: null,
  of: null,
  takesOverFrom: null,
  from: "default",
  verdict: "fits",
  ask: null,
} as const;

/** A region that cannot take over, a quota that is nearly used, and some that hardly are. */
const quotaRows: DocumentData<typeof quotasDocument>["quotas"] = [
  {
    ...quotaRow,
    region: "eu-central-1",
    quota: "lambdaConcurrentExecutions",
    what: "concurrent executions of Lambda",
    service: "lambda",
    code: "L-B99A9384",
    uses: 1250,
    takesOverFrom: "eu-west-1",
    value: 1000,
    from: "read",
    share: 1.25,
    verdict: "exceeded",
    ask: "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --region eu-central-1 --desired-value 1563",
  },
  {
    ...quotaRow,
    region: "eu-west-1",
    quota: "lambdaConcurrentExecutions",
    what: "concurrent executions of Lambda",
    service: "lambda",
    code: "L-B99A9384",
    uses: 1250,
    value: 3000,
    from: "read",
    share: 0.417,
  },
  {
    ...quotaRow,
    region: "eu-west-1",
    quota: "vpcs",
    what: "VPCs",
    service: "vpc",
    code: "L-F678F1CE",
    uses: 4,
    value: 5,
    share: 0.8,
    verdict: "near",
    ask: "aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --region eu-west-1 --desired-value 6",
  },
  {
    ...quotaRow,
    region: "eu-west-1",
    quota: "parameters",
    what: "parameters of Parameter Store",
    uses: 6,
    value: 10_000,
    from: "stated",
    share: 0.0006,
  },
  {
    ...quotaRow,
    quota: "policiesPerRole",
    what: "managed policies of a role",
    service: "iam",
    code: "L-0DA4ABF3",
    uses: 1,
    of: "prod-database/aws_iam_role.ledger_database_monitoring-role",
    value: 10,
    share: 0.1,
  },
];

const table = "aws_dynamodb_table.orders_table";
const inModule = 'module.payments["eu-central-1"].aws_kms_key.customer-managed-key_for-card-data';
const regions = configuration({
  [table]: "eu-west-1",
  "aws_dynamodb_table_replica.orders_replica-eu-central-1": "eu-central-1",
  "aws_lambda_permission.orders_function_invocation-by-api-gateway": "eu-west-1",
});

/** A queue of dead letters with nothing in it. */
const deadLetters = {
  region: "eu-west-1",
  origin: "function" as const,
  consumers: [{ name: "prod-shipments", region: "eu-west-1", idempotent: true }],
  messages: 0,
  inFlight: 0,
  lookedAt: 0,
  oldest: null,
  reasons: [],
  refused: null,
  sent: 0,
  finished: 0,
  uncertain: 0,
  left: [],
  stopped: null,
};

/** Plans of a rollout that lose data, and one whose loss is acknowledged. */
const acknowledged = {
  stack: "prod-data",
  address: "aws_dynamodb_table.handled-events_table",
  reason: "nothing reads it since the consumers keep their own",
  expires: "2999-01-31",
};
const unneeded = { ...acknowledged, address: "aws_dynamodb_table.shipments_table" };
const plans = [
  {
    stack: "prod-data",
    plan: plan(
      [
        change(table, ["delete", "create"], {
          before: { hash_key: "order" },
          after: { hash_key: "customer" },
          replace_paths: [["hash_key"]],
        } as never),
        update(table, { global_secondary_index: [{ name: "by-customer" }] }, { global_secondary_index: [] }),
        change("aws_dynamodb_table_replica.orders_replica-eu-central-1", ["create"]),
        change(acknowledged.address, ["delete"]),
      ],
      regions,
    ),
  },
  {
    stack: "prod-services-eu-west-1",
    plan: plan(
      [
        change("aws_lambda_permission.orders_function_invocation-by-api-gateway", ["update"]),
        change(inModule, ["delete"], { type: "aws_kms_key" }),
      ],
      regions,
    ),
  },
];
const found = reviewPlans(plans, { acknowledgedRemovals: [acknowledged] });
const unused = unusedAcknowledgements([acknowledged, unneeded], ["prod-data"], found);
const review = reviewData({ ...found, unused });
const none = { added: 0, changed: 0, replaced: 0, destroyed: 0, forgotten: 0 };
const queue = {
  region: "eu-west-1",
  type: "aws_sqs_queue",
  id: "https://sqs.eu-west-1.amazonaws.com/111111111111/sandbox-orders-failed-events-of-the-consumer-of-shipments",
  stack: "sandbox-services-eu-west-1",
  name: "orders_dead-letters_queue",
};
const role = {
  region: null,
  type: "aws_iam_role",
  id: "arn:aws:iam::111111111111:role/platform/services/sandbox-orders-eu-west-1",
  stack: null,
  name: null,
};
const outputs = [
  {
    stack: "sandbox-services-eu-central-1",
    name: "orders-endpoint",
    value: "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
  },
];

const run = {
  environment: "prod",
  complete: false,
  stacks: [
    { stack: "prod-keys", progress: "done", planned: { ...none, added: 54 }, begun: 54 },
    { stack: "prod-data", progress: "failed", planned: { ...none, added: 3, changed: 12, replaced: 1 }, begun: 2 },
    { stack: "prod-services-eu-central-1", progress: "not started", planned: null, begun: 0 },
  ] satisfies Parameters<typeof deployDocument.outcome>[0]["stacks"],
  failure: "prod-data: terraform apply failed",
  runAgain: "npx evenkeel deploy prod",
};

const bundleDigest = "4f1c".padEnd(64, "0");
const unchangedStack = {
  stack: "prod-keys",
  hasChanges: false,
  counts: none,
  regions: [],
  resources: [],
  predictedFrom: [],
  predicted: [],
};
const plannedStacks = plans.map(({ stack, plan: made }, index) => {
  const resources = (made.resource_changes ?? []).flatMap((one) => {
    const outcome = outcomeOf(one);
    return outcome ? [{ address: one.address, outcome }] : [];
  });
  return {
    stack,
    hasChanges: true,
    counts: countOutcomes(resources),
    regions: regionCounts(made),
    resources,
    predictedFrom: index === 0 ? [] : ["prod-data"],
    predicted: index === 0 ? [] : [inModule],
  };
});

const waves = [
  { region: null, stacks: ["prod-keys"], hasChanges: false, regions: [] },
  { region: null, stacks: ["prod-data"], hasChanges: true, regions: ["eu-central-1", "eu-west-1"] },
  { region: "eu-west-1", stacks: ["prod-services-eu-west-1"], hasChanges: true, regions: ["eu-west-1"] },
];

const stateLineage = "5d6c1a52-7a5e-4a5b-8f0b-0c5d4f1e2a33";

const homeFirst =
  "eu-west-1 goes before standby regions: it makes aws_route53_record.orders_api_domain_validation, which their certificates wait for.";

/** What each verb ends with, of the project itself where that needs neither Terraform nor a network, else made up. */
export const samples: Readonly<Record<string, () => Outcome>> = {
  init: () =>
    initDocument.outcome({
      folder: "my-platform",
      files: ["cdktf.json", "evenkeel.config.ts", "environments/sandbox.ts", "services/hello/hello.test.ts"],
      installed: true,
      next: ["cd my-platform", "npm run demo     # deploys to a simulated cloud; no AWS account"],
    }),
  "init pipeline": () =>
    initPipelineDocument.outcome({
      system: "gitlab",
      environments: ["staging", "prod"],
      checked: false,
      files: [
        { path: ".gitlab/evenkeel.yml", state: "outdated" },
        { path: ".gitlab-ci.yml", state: "foreign" },
      ],
      variables: [
        {
          name: "EVENKEEL_PLAN_ROLE_PROD",
          holds: "ARN of the role in 444444444444 that plans prod",
          optional: false,
        },
        { name: "EVENKEEL_REGION_PROD", holds: "region that its jobs ask in place of eu-west-1", optional: true },
      ],
      next: ["npx evenkeel locks prod"],
    }),
  add: () =>
    addDocument.outcome({
      added: "service",
      name: "invoices",
      environments: ["sandbox"],
      files: ["services/invoices/handler.ts", "environments/sandbox.ts"],
      next: ["npm test"],
    }),
  doctor: () =>
    doctorDocument.outcome({
      findings: [
        { check: "Node.js", state: "fine", says: "v20.20.2", remedy: null },
        {
          check: "Engine",
          state: "note",
          says: "cdktf-cli does not run on it",
          remedy: "use the verbs of evenkeel, or Node.js >=20.9",
        },
        {
          check: "Environments",
          state: "wrong",
          says: 'environment "sandbox": 1 mistake\n  tables[0].timeToLiveAttribute: is part of a key; keep the expiry time in a separate attribute (received "createdAt")',
          remedy: "correct it",
        },
      ],
      wrong: 1,
    }),
  demo: () =>
    demoDocument.outcome({
      environment: "sandbox",
      seconds: 84,
      stages: [
        {
          stage: "foundation",
          brings: ["alarms", "tracing", "dashboards", "savedQueries", "spendGuard"],
          changes: [
            { ...none, stack: "sandbox-keys", region: "eu-west-1", added: 12 },
            { ...none, stack: "sandbox-services-eu-central-1", region: "eu-central-1", added: 101, changed: 2 },
          ],
        },
        { stage: "hardening", brings: ["deadLetters"], changes: [] },
      ],
      placement: [
        { service: "DynamoDB", regions: { "eu-west-1": 4, "eu-central-1": 2 } },
        { service: "Application Auto Scaling", regions: { "eu-west-1": 6 } },
      ],
      recovery: recoveryOf("sandbox"),
      outputs,
      next: [
        {
          command: "npx evenkeel simulate -- npx evenkeel deploy prod",
          does: "deploy it stage by stage, simulated as well",
        },
      ],
    }),
  describe: () => describeVerb("prod"),
  account: () => account("prod"),
  quotas: () =>
    quotasDocument.outcome(
      {
        environment: "prod",
        stage: "optimization",
        account: "444444444444",
        read: true,
        exceeded: 1,
        quotas: quotaRows,
      },
      1,
    ),
  locks: () =>
    locksDocument.outcome({
      environment: "prod",
      files: ["locks/prod-keys.hcl", "locks/prod-services-eu-central-1.hcl"],
      platforms: ["linux_amd64"],
      complete: false,
      reason:
        "Error: Could not retrieve providers for locking\nTerraform failed to fetch the requested providers for linux_arm64: could not connect to registry.terraform.io",
      providers: [{ source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" }],
    }),
  move: () =>
    moveDocument.outcome(
      {
        environment: "prod",
        file: null,
        written: false,
        moves: [
          {
            kind: "moved",
            stack: "prod-data",
            address: "aws_dynamodb_table.purchases_table",
            from: "aws_dynamodb_table.orders_table",
            because: "table prod-orders",
          },
          {
            kind: "import",
            stack: "prod-payments",
            address: "aws_kms_key.legacy",
            from: "1234abcd-12ab-34cd-56ef-1234567890ab",
            because: "exists as 1234abcd-12ab-34cd-56ef-1234567890ab",
          },
        ],
        undecided: [
          {
            stack: "prod-keys",
            address: "aws_kms_key.one",
            candidates: [
              { stack: "prod-keys", address: "aws_kms_key.two" },
              { stack: "prod-keys", address: "aws_kms_key.three" },
            ],
          },
        ],
        destroyed: [{ stack: "prod-events", address: "aws_sqs_queue.old" }],
        differences: [
          { stack: "prod-payments", address: "aws_kms_key.legacy", arguments: ["deletion_window_in_days", "tags_all"] },
        ],
        refused: [],
        settled: [
          { stack: "prod-data", settled: true, because: null },
          { stack: "prod-payments", settled: false, because: "aws_kms_key.legacy would be changed" },
        ],
        done: [],
        open: [],
      },
      1,
    ),
  plan: () =>
    planDocument.outcome(
      {
        environment: "prod",
        stage: "optimization",
        hasChanges: true,
        passed: false,
        stacks: [unchangedStack, ...plannedStacks],
        unpredictable: [
          {
            stack: "prod-services-eu-west-1",
            because:
              "prod-services-eu-west-1: terraform apply failed:\naws_lambda_function.orders_function: ResourceConflictException: Function already exist: prod-orders",
          },
        ],
        notPlanned: ["prod-routing"],
        base: {
          given: "main",
          kind: "commit",
          commit: "0123456789abcdef0123456789abcdef01234567",
          withoutFigures: null,
        },
        unchanged: ["prod-edge"],
        leftOut: ["prod-database"],
        figures: {
          cost: { usd: 3625.88, failoverUsd: 3714.65, services: [{ name: "Lambda", usd: 12, failoverUsd: 14 }] },
          recovery: {
            services: [
              {
                name: "orders",
                paths: [{ path: "dns", subject: null, recoveryTimeSeconds: 150, recoveryPointSeconds: 0 }],
                promised: null,
              },
            ],
          },
        },
        figureChanges: [
          { figure: "usd", of: null, before: 3600, now: 3625.88 },
          { figure: "promisedRecoveryTimeSeconds", of: "orders", before: 300, now: null },
        ],
        postponed: [
          {
            stack: "prod-database",
            address: "aws_rds_cluster.stock_home",
            kind: "maintenance window",
            arguments: ["engine_version"],
            days: null,
          },
          { stack: "prod-data", address: "aws_kms_key.old", kind: "deletion window", arguments: [], days: 30 },
        ],
        laterStages: [{ stage: "optimization", capabilities: ["databaseProxy"] }],
        moves: [],
        removals: [
          { stack: "prod-data", address: table, outcome: "replaced", because: ["hash_key"] },
          {
            stack: "prod-services-eu-west-1",
            address: inModule,
            outcome: "destroyed",
            because: ["delete because no resource config"],
          },
        ],
        changes: planSummary(plans.map(({ plan: made }) => made)),
        waves,
        homeFirst,
        ...review,
        source: { commit: "50aa4664".padEnd(40, "0"), tree: "7c3de119".padEnd(40, "0"), dirty: true },
        promotion: { from: "staging", settledAt: null, says: "not settled in staging yet" },
        bundle: null,
      },
      1,
    ),
  apply: () =>
    applyDocument.outcome({
      environment: "prod",
      bundle: bundleDigest,
      stacks: [
        { stack: "prod-keys", result: "unchanged" },
        { stack: "prod-data", result: "done before" },
        { stack: "prod-services-eu-central-1", result: "applied" },
      ],
      takenBack: [],
      promotion: {
        from: "staging",
        passed: true,
        settledAt: "2026-01-31T06:24:12.123Z",
        reliedOnEvidence: false,
        checks: [
          {
            check: "evidence",
            passed: true,
            says: "commit 50aa466400000000000000000000000000000000 has settled in staging, with the same files",
          },
          { check: "alarms", passed: true, says: "none of 41 in staging is in ALARM" },
        ],
      },
      evidence: `s3://example-states/evenkeel/prod/rollouts/prod/${"7c3de119".padEnd(40, "0")}.json`,
    }),
  "bundle show": () =>
    bundleShowDocument.outcome({
      file: `rollouts/prod-${bundleDigest}.rollout`,
      digest: bundleDigest,
      environment: "prod",
      stage: "optimization",
      createdAt: "2026-01-31T06:24:12.123Z",
      commit: "50aa4664".padEnd(40, "0"),
      tree: "7c3de119".padEnd(40, "0"),
      dirty: true,
      encrypted: true,
      untouched: [{ stack: "prod-edge", because: "unchanged", serial: 4 }],
      versions: [
        { name: "evenkeel", version: "0.1.0" },
        { name: "terraform", version: "1.11.4" },
        { name: "node", version: "v20.20.2" },
      ],
      stacks: [unchangedStack, ...plannedStacks].map(({ regions: _, resources: __, ...one }, index) => ({
        ...one,
        serial: index === 0 ? null : 40 + index,
      })),
      waves,
      homeFirst,
      files: 41,
    }),
  deploy: () =>
    deployDocument.outcome({ ...run, outputs, violations: review.violations, accepted: review.accepted }, 1),
  destroy: () => destroyDocument.outcome({ ...run, runAgain: "npx evenkeel destroy prod" }, 1),
  "previews list": () =>
    previewsListDocument.outcome({
      atMost: 5,
      previews: [
        { ...previewOf(7), expired: false },
        { ...previewOf(112), expires: "2026-11-26T09:12:00.000Z", commit: null, expired: true },
      ],
    }),
  "previews sweep": () =>
    previewsSweepDocument.outcome(
      {
        swept: [
          { name: "pr-112", destroyed: true, failure: null },
          { name: "pr-114", destroyed: false, failure: "not everything of it is destroyed" },
        ],
        left: [previewOf(7), previewOf(114)],
      },
      1,
    ),
  unlock: () =>
    unlockDocument.outcome({
      environment: "prod",
      stack: null,
      rollout: {
        who: "runner@ip-10-0-3-17",
        pid: 4711,
        since: "2026-01-31T06:24:12.123Z",
        operation: `evenkeel apply, bundle ${bundleDigest.slice(0, 12)}`,
        id: "0c6f6a0e-3c1d-4f60-9a5e-9d2f7b1c8e11",
      },
      locks: [
        {
          stack: "prod-services-eu-central-1",
          who: "deployer@build-agent-17.internal.example.com",
          created: "2026-01-31 06:24:12.123456789 +0000 UTC",
          operation: "apply",
          id: "4b0c8d0e-6f0f-5a3c-9f0a-2d0d3f1b7c55",
        },
      ],
      released: true,
    }),
  drift: () =>
    driftDocument.outcome(
      {
        environment: "prod",
        open: 1,
        stacks: ["prod-data", "prod-services-eu-west-1"],
        notDeployed: ["prod-vault"],
        regions: [{ region: "eu-west-1", failover: 0, scaling: 1, byHand: 1, unknown: 0, accepted: 1 }],
        changes: [
          {
            stack: "prod-data",
            address: "aws_dynamodb_table.orders_table",
            region: "eu-west-1",
            attribute: "deletion_protection_enabled",
            kind: "by-hand",
            rule: "protection",
            reason: "What protects data, or says how long it is kept, is not as configured.",
            before: "true",
            now: "false",
            accepted: null,
            expiredOn: "2026-01-31",
          },
          {
            stack: "prod-services-eu-west-1",
            address: "aws_ecs_service.tracking_container_service",
            region: "eu-west-1",
            attribute: "desired_count",
            kind: "scaling",
            rule: "tasks-of-a-service",
            reason: "Tasks are scaled between 2 and 10, as the environment configures it.",
            before: "2",
            now: "4",
            accepted: null,
            expiredOn: null,
          },
          {
            stack: "prod-services-eu-west-1",
            address: "aws_lambda_function.orders_function_function",
            region: "eu-west-1",
            attribute: "memory_size",
            kind: "by-hand",
            rule: "configured",
            reason: "The configuration sets it, and AWS has another value; the next deployment reverts it.",
            before: "1769",
            now: "3008",
            accepted: { reason: "Raised in the incident of Monday", expires: "2026-02-28" },
            expiredOn: null,
          },
        ],
        unused: [{ stack: "prod-data", address: "aws_sqs_queue.orders", attribute: null, expires: "2026-02-28" }],
        issue: { action: "updated", url: "https://github.com/acme/shop/issues/7" },
      },
      2,
    ),
  "state doctor": () =>
    stateDoctorDocument.outcome(
      {
        environment: "prod",
        active: "eu-west-1",
        other: "eu-central-1",
        states: [
          {
            stack: "prod-data",
            active: { serial: 42, lineage: stateLineage, replication: "PENDING" },
            other: { serial: 41, lineage: stateLineage, replication: "REPLICA" },
          },
          {
            stack: "prod-services-eu-central-1",
            active: { serial: 7, lineage: stateLineage, replication: "COMPLETED" },
            other: { serial: 7, lineage: stateLineage, replication: "REPLICA" },
          },
          { stack: "prod-edge", active: { serial: 3, lineage: stateLineage, replication: null }, other: null },
        ],
        findings: [
          {
            kind: "lock",
            serious: true,
            stack: "prod-data",
            region: "eu-west-1",
            says: "locked by deploy@runner-7 since 2026-11-27T11:48:00Z for OperationTypeApply (gone: its rollout has ended)",
            todo: "Release it: evenkeel unlock prod prod-data --lock 0b8f5a4e-2f6d-4c7b-9f0e-1d2c3b4a5f60",
          },
          {
            kind: "behind",
            serious: false,
            stack: "prod-data",
            region: "eu-central-1",
            says: "serial 42 has not arrived: there is 41",
            todo: "Wait until S3 has replicated it. If it stays so, look at unreplicated versions, and at the role and the keys of the replication.",
          },
          {
            kind: "open",
            serious: false,
            stack: null,
            region: "eu-central-1",
            says: "the bucket that is not worked with is not fenced: an old checkout could write there",
            todo: "Fence it: evenkeel state failover prod --to eu-west-1",
          },
        ],
      },
      1,
    ),
  "state failover": () =>
    stateFailoverDocument.outcome(
      {
        environment: "prod",
        from: { bucket: "example-states-eu-west-1", region: "eu-west-1" },
        to: { bucket: "example-states-eu-central-1", region: "eu-central-1" },
        done: false,
        lost: "example-states-eu-west-1 in eu-west-1 cannot be reached: connect ETIMEDOUT",
        fenced: false,
        stacks: [
          {
            stack: "prod-data",
            standing: "behind",
            from: null,
            to: 41,
            known: 42,
            says: "serial 42 was written down and has not arrived: there is 41",
            refused: true,
          },
          {
            stack: "prod-services-eu-central-1",
            standing: "arrived",
            from: null,
            to: 7,
            known: 7,
            says: "serial 7 has arrived, the last that was written down",
            refused: false,
          },
        ],
        locks: [
          {
            of: "prod-services-eu-central-1",
            region: "eu-central-1",
            id: "0b8f5a4e-2f6d-4c7b-9f0e-1d2c3b4a5f60",
            who: "deploy@runner-7",
            since: "2026-11-27T11:48:00Z",
          },
        ],
        field: { file: "environments/prod.ts", name: "state.active", value: "secondary", written: false, byHand: null },
        fences: { region: "eu-west-1", keyPrefix: "evenkeel/prod" },
      },
      1,
    ),
  "state migrate": () =>
    stateMigrateDocument.outcome({
      environment: "prod",
      bucket: "example-states-eu-west-1",
      region: "eu-west-1",
      stacks: [
        { stack: "prod-keys", serial: 12, was: "there" },
        { stack: "prod-data", serial: 42, was: "moved" },
        { stack: "prod-services-eu-central-1", serial: 0, was: "none" },
      ],
    }),
  gate: () =>
    gateDocument.outcome(
      {
        passed: false,
        plans: plans.map(({ stack }) => ({ file: `stacks/${stack}/plan.json`, stack })),
        ...review,
        results: [],
        files: [],
      },
      1,
    ),
  migrations: () => migrations("prod"),
  scan: () =>
    scanDocument.outcome(
      {
        passed: false,
        scanner: { name: "checkov", version: "3.3.30" },
        environments: [
          {
            environment: "prod",
            stage: "optimization",
            stacks: ["prod-keys", "prod-edge", "prod-services-eu-central-1"],
            passed: 879,
            failed: [
              {
                stack: "prod-services-eu-central-1",
                address: "aws_cloudwatch_log_group.orders_function_log-group",
                check: "CKV_AWS_338",
                title: "Ensure CloudWatch log groups retains logs for at least 1 year",
              },
            ],
            accepted: ["eu-central-1", "eu-west-1"].map((region) => ({
              stack: `prod-services-${region}`,
              address: "aws_apigatewayv2_route.orders_api_route-get-health",
              check: "CKV_AWS_309",
              title: "Ensure API GatewayV2 routes specify an authorization type",
              reason:
                "Open to everybody, as its configuration says with authorization NONE; a health check cannot log in.",
            })),
            unneeded: [
              {
                stack: "prod-edge",
                address: "aws_s3_bucket.storefront_distribution_access-logs_readers_bucket",
                check: "CKV_AWS_18",
                reason: "The log of a log bucket: a log of its own would go on for ever.",
              },
            ],
          },
        ],
        files: ["reports/scan.sarif"],
      },
      1,
    ),
  audit: () =>
    auditDocument.outcome(
      {
        passed: false,
        environments: ["staging", "prod"],
        bundles: 10,
        packages: 48,
        licences: {
          fitting: 46,
          refused: [
            {
              package: "@acme/charting",
              version: "4.0.1",
              licence: "GPL-3.0-only",
              bundles: ["services/orders/handler.ts", "services/ledger/handler.ts"],
            },
          ],
          accepted: [
            {
              package: "barcode",
              version: "1.2.0",
              licence: "SEE LICENSE IN terms.txt",
              bundles: ["services/picking/handler.ts"],
              reason: "bought for the services of this team, order 4711",
            },
          ],
        },
        vulnerabilities: {
          failing: [
            {
              advisory: "GHSA-2345-6789-cfgh",
              package: "pg-protocol",
              version: "1.10.0",
              severity: "high",
              title: "A message of the server that is longer than it says is read as the next one",
              url: "https://github.com/advisories/GHSA-2345-6789-cfgh",
              bundles: ["services/ledger/handler.ts"],
            },
          ],
          accepted: [],
          below: 2,
          failOn: "high",
        },
        notChecked: null,
        notListed: [{ kind: "folder", code: "services/quotes/app", functions: 2 }],
        unneeded: [{ of: "left-pad", reason: "was in the labels, which are gone" }],
        files: ["reports/audit.sarif"],
      },
      1,
    ),
  sbom: () =>
    sbomDocument.outcome({
      environment: "prod",
      stage: "optimization",
      bundles: [
        {
          entry: "handlers/predictive-warming/handler.ts",
          sha256: "3314e086".padEnd(64, "0"),
          functions: 2,
          packages: 12,
          file: ".evenkeel/sbom/prod/predictive-warming-3314e086.cdx.json",
        },
        {
          entry: "services/orders/handler.ts",
          sha256: "50aa4664".padEnd(64, "0"),
          functions: 4,
          packages: 24,
          file: ".evenkeel/sbom/prod/orders-50aa4664.cdx.json",
        },
      ],
      notListed: [{ kind: "folder", code: "services/quotes/app", functions: 2 }],
    }),
  topology: () =>
    topologyDocument.outcome({
      environment: "prod",
      stage: "optimization",
      file: "/home/somebody/projects/platform/of-the-shop/.evenkeel/topology/prod-optimization.svg",
    }),
  recovery: () => recovery("prod"),
  cost: () => cost("prod", {}),
  "warm advise": () => warmAdvise("prod"),
  "warm backtest": () =>
    warmBacktest("docs/predictive-warming/load-balancer.csv", {
      region: "eu-west-1",
      memory: 1769,
      peak: 100,
      coverage: 95,
      minDays: 7,
      min: 1,
    }),
  loadtest: () => {
    const { files, ...data } = loadTestsOf(project.find("prod"), "optimization", { service: ["orders"] });
    return loadtestDocument.outcome({ ...data, files: Object.keys(files) });
  },
  chaos: () =>
    chaosDocument.outcome({
      environment: "prod",
      experiments: [
        {
          name: "prod-ledger-network",
          region: "eu-west-1",
          action: "aws:network:disrupt-connectivity",
          minutes: 10,
          touches: ["a", "b", "c"].map((zone) => ({
            address: `prod-database/aws_subnet.ledger_network-eu-west-1_private_subnet-${zone}`,
            arn: null,
          })),
          hypothesis: {
            holds: "clients of ledger are answered, by eu-central-1 where eu-west-1 fails,",
            seconds: 150,
            objective: "dns",
            calculation: "requestIntervalSeconds 30 x failureThreshold 3 + 60 s",
            promisedSeconds: 300,
          },
          stopAlarms: ["prod-ledger-api-server-errors", "prod-ledger-api-latency"],
          gameDays: [],
          lastRun: null,
        },
        {
          name: "prod-orders-throttled-table",
          region: "eu-west-1",
          action: "aws:ssm:start-automation-execution",
          minutes: 15,
          touches: [
            {
              address: "prod-services-eu-west-1/aws_lambda_function.orders_function_function",
              arn: "arn:aws:lambda:eu-west-1:444444444444:function:prod-orders",
            },
            {
              address: "prod-services-eu-west-1/aws_ssm_parameter.orders_faults_switch",
              arn: "arn:aws:ssm:eu-west-1:444444444444:parameter/prod/orders/chaos/faults",
            },
          ],
          hypothesis: {
            holds: "clients of orders are answered, by eu-central-1 where eu-west-1 fails,",
            seconds: 90,
            objective: "dns",
            calculation: "requestIntervalSeconds 10 x failureThreshold 3 + 60 s",
            promisedSeconds: 420,
          },
          stopAlarms: ["prod-orders-api-server-errors", "prod-orders-api-latency"],
          gameDays: [{ name: "first-tuesday", schedule: "cron(0 10 ? * TUE#1 *)", timeZone: "Europe/Dublin" }],
          lastRun: { at: "2026-11-03T10:00:04Z", status: "completed", reason: "Experiment completed." },
        },
      ],
      runsUnknown: null,
    }),
  kpi: () =>
    kpiDocument.outcome({
      environment: "prod",
      since: "2026-10-28T12:00:00Z",
      until: "2026-11-27T12:00:00Z",
      services: [
        {
          name: "orders",
          region: "eu-west-1",
          requests: 18_402_311,
          availabilityPercent: 99.9412,
          objectivePercent: 99.9,
          errorBudgetLeftPercent: 41.2,
          errorPercent: 0.0611,
          coldStartPercent: 0.0121,
          costUsd: 65.3123,
          usdPerThousandRequests: 0.003551,
          recovery: {
            alarm: "prod-orders-api-server-errors",
            meanMinutes: 14.5,
            recovered: 3,
            openSince: null,
            beganBefore: 0,
          },
        },
        {
          name: "shipments",
          region: "eu-central-1",
          requests: 0,
          availabilityPercent: null,
          objectivePercent: 99.5,
          errorBudgetLeftPercent: null,
          errorPercent: null,
          coldStartPercent: null,
          costUsd: 0,
          usdPerThousandRequests: null,
          recovery: {
            alarm: "prod-shipments-function-errors",
            meanMinutes: null,
            recovered: 0,
            openSince: "2026-11-27T11:48:00Z",
            beganBefore: 0,
          },
        },
      ],
      promises: [
        {
          service: "orders",
          recoveryTimeSeconds: 420,
          lastDrill: { at: "2026-11-03T10:00:00Z", status: "completed", experiment: "prod-orders-replication" },
        },
        { service: "shipments", recoveryTimeSeconds: 420, lastDrill: null },
      ],
      drills: [],
      prices: { asOf: "2026-09-24", assumedFrom: "eu-west-1" },
      notes: ["Costs leave out tables that several services use: shipments."],
    }),
  report: () =>
    reportDocument.outcome({
      environment: "prod",
      stage: "optimization",
      file: "/home/somebody/projects/platform/of-the-shop/prod-report.html",
      stacks: 9,
      resources: 681,
      holding: 73,
      picture: true,
    }),
  redrive: () =>
    redriveDocument.outcome({
      environment: "prod",
      started: true,
      places: [
        {
          ...deadLetters,
          queue: "prod-orders-shipments-order-placed-dead-letters",
          origin: "rule",
          of: "shipments-order-placed",
          destination: "function prod-shipments:live",
          messages: 1284,
          inFlight: 3,
          lookedAt: 100,
          oldest: "2026-11-26T08:14:05Z",
          reasons: [
            { why: "NO_PERMISSIONS", messages: 91 },
            { why: "THROTTLING", messages: 9 },
          ],
          sent: 1270,
          uncertain: 2,
          finished: 10,
          left: [{ why: "too old", messages: 4 }],
        },
        {
          ...deadLetters,
          queue: "prod-ledger-failed-events",
          region: "eu-central-1",
          of: "prod-ledger",
          destination: "function prod-ledger:live",
          consumers: [{ name: "prod-ledger", region: "eu-central-1", idempotent: false }],
          messages: 2,
          lookedAt: 2,
          oldest: "2026-11-27T06:00:00Z",
          reasons: [{ why: "RetriesExhausted TypeError", messages: 2 }],
          refused:
            "prod-ledger may handle a message twice: no table of handled events; add one, or --repeatable prod-ledger",
        },
        {
          ...deadLetters,
          queue: "prod-orders-failed-events",
          of: "prod-orders",
          destination: "function prod-orders:live",
        },
      ],
      elsewhere: [
        { of: "prod-shipments", region: "eu-west-1", where: "the bucket arn:aws:s3:::shop-failures-eu-west-1" },
      ],
      runAgain: "npx evenkeel redrive prod --rate 50 --start",
    }),
  replay: () =>
    replayDocument.outcome({
      environment: "prod",
      started: false,
      from: "2026-11-26T08:00Z",
      to: "2026-11-26T14:00Z",
      sliceMinutes: 10,
      slices: 36,
      speed: 10,
      minutes: 36,
      archives: ["eu-west-1", "eu-central-1"].map((region) => ({
        archive: "prod-orders",
        bus: "prod-orders",
        region,
        state: "ENABLED",
        events: 1_204_311,
        bytes: 904_113_202,
        reachesBackTo: "2026-08-29T07:30Z",
        rules: [
          { name: "shipments-order-placed", consumers: [{ name: "prod-shipments", region, idempotent: true }] },
          { name: "invoices", consumers: [{ name: "prod-invoices", region, idempotent: region === "eu-west-1" }] },
        ],
        refused:
          region === "eu-west-1"
            ? null
            : "prod-invoices may handle a message twice: no table of handled events; add one, or --repeatable prod-invoices",
        slicesDone: 0,
        ended: "not started" as const,
        failure: null,
      })),
      runAgain: "npx evenkeel replay prod --from 2026-11-26T08:00Z --to 2026-11-26T14:00Z --start",
    }),
  rehearse: () =>
    rehearseDocument.outcome({
      environment: "prod",
      from: "hardening",
      to: "optimization",
      standbyRegions: null,
      passed: false,
      stacks: plans.map(({ stack }) => stack),
      changes: planSummary(plans.map((each) => each.plan)),
      ...review,
    }),
  inventory: () =>
    inventoryDocument.outcome({
      directory: ".evenkeel/simulated",
      seeded: [{ file: "prod-data.tfstate", takenIn: 40 }],
      deleted: [],
      existing: [queue, role],
      held: [
        { ...queue, type: "aws_secretsmanager_secret", id: "sandbox/orders", heldUntil: "2026-01-31T06:24:12.000Z" },
      ],
      orphans: [role],
      missing: ["aws_cloudwatch_event_rule.orders_shipments_rule"],
    }),
};

/** What must stand in one piece wherever it is shown. */
export const addresses = [table, inModule, acknowledged.address];

/** Messages of errors, with what may be copied from them. */
export const errors = {
  protected: new ProtectedError("prod", [
    { stack: "prod-data", address: table, change: "tables[0].deletionProtection: false" },
    { stack: "prod-services-eu-central-1", address: inModule, change: `deletion_protection of ${inModule}` },
  ]),
  config: new ConfigError('environment "prod"', [
    {
      path: "services[0].permissions[0].resources[0]",
      message: "is not the ARN of a DynamoDB table; copy it from `aws dynamodb describe-table`",
      received: '"arn:aws:dynamodb:eu-central-1:444444444444:tables/prod-orders-of-everybody-in-the-whole-world"',
    },
  ]),
};
