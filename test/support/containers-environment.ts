import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";

type Container = NonNullable<EnvironmentInput["containers"]>[number];

const digest = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** An image in ECR of the home region, which replicates it. */
export const image = `444444444444.dkr.ecr.eu-west-1.amazonaws.com/tracking@sha256:${digest}`;

/** A container with what it needs, and nothing else. */
export const plainContainer = {
  name: "tracking",
  container: { image, logRetentionDays: 365 },
  loadBalancer: { domainName: "tracking.example.com" },
  hostedZoneId: "Z0PRODEXAMPLE",
  tables: { orders: { access: "read" } },
} satisfies Container;

/** A container with every option. */
export const fullContainer = {
  name: "exports",
  container: {
    image,
    cpuArchitecture: "X86_64",
    cpu: 1024,
    memoryMebibytes: 2048,
    ephemeralStorageGib: 40,
    port: 9000,
    user: "1000:1000",
    entryPoint: ["/usr/local/bin/node"],
    command: ["server.mjs"],
    environment: { PARTNER_URL: "https://partner.example.com" },
    secrets: {
      PARTNER_LOGIN: {
        from: "secretsmanager",
        secretArn: "arn:aws:secretsmanager:eu-west-1:444444444444:secret:prod/partner-a1b2c3",
        key: "login",
        keyArn: "arn:aws:kms:eu-west-1:444444444444:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      },
      PARTNER_SEED: { from: "ssm", parameter: "/prod/exports/seed" },
    },
    logLevel: "WARN",
    readOnlyRootFilesystem: false,
    writableFolders: ["/tmp", "/var/cache"],
    stopTimeoutSeconds: 100,
    healthCheck: { command: ["node", "health.mjs"] },
    scaling: {
      min: 3,
      max: 9,
      memoryPercent: 70,
      requestsPerTask: 600,
      schedules: [{ name: "nights", schedule: "cron(0 22 ? * * *)", timezone: "Europe/Dublin", min: 2, max: 4 }],
    },
    capacity: { onDemandBase: 2, onDemandWeight: 1, spotWeight: 3 },
    deployment: { minimumHealthyPercent: 75, maximumPercent: 150, graceSeconds: 90, waitForSteadyState: false },
    logRetentionDays: 30,
    logMode: "blocking",
    containerInsights: "enhanced",
    exec: true,
    alarms: { cpuPercent: 70, memoryPercent: 75 },
  },
  loadBalancer: {
    domainName: "exports.example.com",
    clients: ["203.0.113.0/24", "198.51.100.0/24"],
    deletionProtection: false,
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    redirectHttp: true,
    idleTimeoutSeconds: 120,
    deregistrationDelaySeconds: 60,
    slowStartSeconds: 60,
    algorithm: "round_robin",
    health: { path: "/alive", codes: "200-204", intervalSeconds: 15, timeoutSeconds: 6 },
    accessLogs: {
      buckets: { "eu-west-1": "logs-eu-west-1", "eu-central-1": "logs-eu-central-1" },
      prefix: "exports",
    },
    webAclArns: {
      "eu-west-1": "arn:aws:wafv2:eu-west-1:444444444444:regional/webacl/exports/a1b2c3d4-5678-90ab-cdef-1234567890ab",
      "eu-central-1":
        "arn:aws:wafv2:eu-central-1:444444444444:regional/webacl/exports/a1b2c3d4-5678-90ab-cdef-1234567890ab",
    },
    alarms: { serverErrorPercent: 2, clientErrorPercent: 30, latencyMs: 900, minimumRequests: 50 },
  },
  hostedZoneId: "Z0PRODEXAMPLE",
  dns: { endpointCheck: { path: "/alive", requestIntervalSeconds: 10 } },
  errorBudget: { latency: { withinMs: 800 } },
  recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 },
  tables: { orders: { access: "read-write" } },
  encryption: {},
  settings: { "page-size": { value: "20", description: "Orders on a page" } },
  sends: { "orders-to-pick": {} },
  permissions: [
    { actions: ["sns:PublishBatch"], resources: ["arn:{partition}:sns:{region}:{account}:partner-exports"] },
  ],
} satisfies Container;

/** An environment with containers and one function, of which a container needs nothing. */
export const containersEnvironment = (
  containers: readonly Container[],
  containerNetwork: EnvironmentInput["containerNetwork"] = { cidrBlock: "10.72.0.0/20", interfaceEndpoints: ["sns"] },
) =>
  defineEnvironment({
    ...prod.input,
    alertChannels: undefined,
    chaos: undefined,
    backups: undefined,
    codeSigning: undefined,
    layers: undefined,
    databases: undefined,
    dependencies: undefined,
    eventBuses: undefined,
    quotas: { fargateVcpus: 64 },
    queues: (prod.input.queues ?? []).map(({ subscriptions, ...queue }) => queue),
    services: [
      {
        name: "orders",
        function: {
          entry: "services/orders/handler.ts",
          memoryMb: 512,
          timeoutSeconds: 10,
          reservedConcurrency: 100,
          logRetentionDays: 30,
        },
        tables: { orders: { access: "read-write" } },
      },
    ],
    containers,
    containerNetwork,
    // The owner of an existing network logs it.
    containerFlowLogs: containerNetwork && "cidrBlock" in containerNetwork ? prod.input.containerFlowLogs : undefined,
  });
