import { containersEnvironment, fullContainer, plainContainer } from "../support/containers-environment";
import { type Loose, mistakesOf } from "../support/mistakes";

const base = containersEnvironment([plainContainer, fullContainer]);
const mistakes = (change: (environment: Loose) => void): string[] => mistakesOf(change, base);
const container = (change: (one: Loose, environment: Loose) => void) =>
  mistakes((environment) => change(environment.containers[0], environment));

describe("Containers", () => {
  test("are accepted with every option", () => {
    expect(mistakes(() => undefined)).toEqual([]);
  });

  // biome-ignore format: one mistake a line
  const refused: readonly [string, (one: Loose, environment: Loose) => void, string][] = [
    ["a size that Fargate has not", (one) => { one.container.cpu = 300; }, "containers[0].container.cpu: is not a CPU size that Fargate supports"],
    ["memory that does not go with its CPU", (one) => { one.container.memoryMebibytes = 4096; }, "containers[0].container.memoryMebibytes: is not a memory size that Fargate supports with cpu 256"],
    ["an image without a digest", (one) => { one.container.image = "nginx:latest"; }, "containers[0].container.image: is not pinned by digest"],
    ["root", (one) => { one.container.user = "0:0"; }, "containers[0].container.user: is not a user and a group id above 0"],
    ["a port of root", (one) => { one.container.port = 80; }, "containers[0].container.port: needs root"],
    ["fewer tasks at most than at least", (one) => { one.container.scaling = { min: 4, max: 3 }; }, "containers[0].container.scaling.min: is above max, 3"],
    ["schedules of one name", (one) => { const night = { name: "night", schedule: "rate(1 day)", min: 1, max: 2 }; one.container.scaling = { schedules: [night, night] }; }, "containers[0].container.scaling.schedules[1].name: is used twice"],
    ["a schedule with fewer tasks at most than at least", (one) => { one.container.scaling = { schedules: [{ name: "night", schedule: "rate(1 day)", min: 3, max: 2 }] }; }, "containers[0].container.scaling.schedules[0].min: is above max, 2"],
    ["a schedule that nothing takes back", (one) => { one.container.scaling = { min: 3, schedules: [{ name: "night", schedule: "rate(1 day)", min: 2, max: 4 }] }; }, "containers[0].container.scaling.schedules[0].min: is 2 in every schedule, so that after the first one it never is 3 again"],
    ["schedules that nothing takes back", (one) => { one.container.scaling = { max: 6, schedules: [{ name: "night", schedule: "rate(1 day)", min: 2, max: 4 }, { name: "day", schedule: "rate(2 days)", min: 2, max: 4 }] }; }, "containers[0].container.scaling.schedules[0].max: is 4 in every schedule, so that after the first one it never is 6 again"],
    ["no capacity", (one) => { one.container.capacity = { onDemandWeight: 0 }; }, "containers[0].container.capacity.onDemandWeight: is 0 as spotWeight is"],
    ["a deployment that could not begin", (one) => { one.container.deployment = { maximumPercent: 110 }; }, "containers[0].container.deployment.maximumPercent: allows no task beside the 2"],
    ["a shell in a read-only file system", (one) => { one.container.exec = true; }, "containers[0].container.exec: does not work with a read-only root file system"],
    ["a variable that the toolkit sets", (one) => { one.container.environment = { PORT: "80" }; }, "containers[0].container.environment.PORT: is set by Fargate or the toolkit"],
    ["the variable of its table", (one) => { one.container.environment = { TABLE_NAME: "x" }; }, "containers[0].container.environment.TABLE_NAME: is already set for table orders"],
    ["a variable twice", (one) => { one.container.environment = { TOKEN_PLACE: "a" }; one.container.secrets = { TOKEN_PLACE: { from: "ssm", parameter: "/a/b" } }; }, "containers[0].container.environment.TOKEN_PLACE: is also in secrets"],
    ["a secret in the file", (one) => { one.container.environment = { API_TOKEN: "c2VjcmV0LXZhbHVlLTEyMzQ1Njc4" }; }, "containers[0].container.environment.API_TOKEN: looks like a secret"],
    ["a folder twice", (one) => { one.container.writableFolders = ["/tmp", "/tmp"]; }, "containers[0].container.writableFolders[1]: is listed twice"],
    ["a health check that takes longer than its interval", (one) => { one.container.healthCheck = { command: ["true"], intervalSeconds: 5, timeoutSeconds: 9 }; }, "containers[0].container.healthCheck.timeoutSeconds: is longer than intervalSeconds"],
    ["an end before its requests have ended", (one) => { one.container.stopTimeoutSeconds = 20; }, "containers[0].container.stopTimeoutSeconds: is below loadBalancer.deregistrationDelaySeconds, 30"],
    ["a health check of the load balancer that overlaps", (one) => { one.loadBalancer.health = { intervalSeconds: 5, timeoutSeconds: 5 }; }, "containers[0].loadBalancer.health.timeoutSeconds: is not below intervalSeconds, 5"],
    ["a slow start with another algorithm", (one) => { one.loadBalancer.slowStartSeconds = 60; }, "containers[0].loadBalancer.slowStartSeconds: only works with algorithm"],
    ["old TLS", (one) => { one.loadBalancer.tlsPolicy = "ELBSecurityPolicy-2016-08"; }, "containers[0].loadBalancer.tlsPolicy: "],
    ["a web ACL of another region", (one, { containers }) => { one.loadBalancer.webAclArns = { ...containers[1].loadBalancer.webAclArns, "eu-west-1": containers[1].loadBalancer.webAclArns["eu-central-1"] }; }, "containers[0].loadBalancer.webAclArns.eu-west-1: is a web ACL of another region"],
    ["a web ACL in one region alone", (one, { containers }) => { one.loadBalancer.webAclArns = { "eu-west-1": containers[1].loadBalancer.webAclArns["eu-west-1"] }; }, "containers[0].loadBalancer.webAclArns.eu-central-1: is required"],
    ["access logs of one region alone", (one) => { one.loadBalancer.accessLogs = { buckets: { "eu-west-1": "logs" } }; }, "containers[0].loadBalancer.accessLogs.buckets.eu-central-1: is required"],
    ["access logs of a region that is none", (one) => { one.loadBalancer.accessLogs = { buckets: { "eu-west-1": "logs", "eu-central-1": "logs2", "us-east-2": "logs3" } }; }, "containers[0].loadBalancer.accessLogs.buckets.us-east-2: is not a region of this environment"],
    ["a metric of an API", (one) => { one.dns = { alarmCheck: { threshold: 5 } }; }, "containers[0].dns.alarmCheck: is about metrics of an HTTP API"],
    ["a table at home", (one) => { one.tables.orders.homeReplica = true; }, "containers[0].tables.orders.homeReplica: does not work for a container"],
    ["a table that is none", (one) => { one.tables = { carts: { access: "read" } }; }, "containers[0].tables.carts: is not a table of this environment"],
    ["a queue that is none", (one) => { one.sends = { jobs: {} }; }, "containers[0].sends.jobs: is not a queue of this environment"],
    ["a bus that is none", (one) => { one.publishes = { carts: { sources: ["carts"] } }; }, "containers[0].publishes.carts: is not an event bus of this environment"],
    ["messages that nobody encrypts", (one) => { one.encryption = { readsOf: "orders" }; }, "containers[0].encryption.readsOf: is not another service that encrypts"],
    ["a name of a function", (one) => { one.name = "orders"; }, "containers[0].name: is already the name of services[0]"],
    ["the name of an output", (one) => { one.name = "orders-endpoint"; }, "containers[0].name: is already the name of an output of services[0]"],
    ["the name of the network", (one) => { one.name = "container-network"; }, "containers[0].name: is the name of the network of containers"],
    ["a domain of another one", (one) => { one.loadBalancer.domainName = "exports.example.com"; }, "containers[1].loadBalancer.domainName: is the domain of another service as well"],
    ["a promise that cannot be met", (one) => { one.recovery = { recoveryTimeSeconds: 10, recoveryPointSeconds: 60 }; }, "containers[0].recovery.recoveryTimeSeconds: "],
    ["a promise of time that is always kept", (one) => { one.errorBudget = { latency: { withinMs: 60_000 } }; }, "containers[0].errorBudget.latency.withinMs: is as long as the load balancer waits"],
    ["more tasks than the guard allows", (one, environment) => { one.container.scaling = { max: 30 }; environment.quotas.fargateVcpus = 500; }, "containers[0].container.scaling.max: lets it have 30 tasks, above the environment's limit of 20"],
    ["a collector of traces that have a receiver", (_, environment) => { environment.tracing.openTelemetry = { endpoints: { "eu-west-1": "https://otlp.example.com/v1/traces", "eu-central-1": "https://otlp.example.com/v1/traces" } }; }, "tracing.collector: would take traces of containers to X-Ray"],
    ["a receiver on the internet from a network without a way there", (_, environment) => { environment.tracing = { openTelemetry: { endpoints: { "eu-west-1": "https://otlp.example.com/v1/traces", "eu-central-1": "https://otlp.example.com/v1/traces" } } }; }, "containerNetwork: has no way to the internet, so that containers cannot send traces"],
    ["a collector without a digest", (_, environment) => { environment.tracing.collector.image = "aws-otel-collector:latest"; }, "tracing.collector.image: is not pinned by digest"],
    ["a variable of tracing", (one) => { one.container.environment = { OTEL_TRACES_SAMPLER: "always_on" }; }, "containers[0].container.environment.OTEL_TRACES_SAMPLER: is for tracing"],
    ["faults without an opt-in", (_, environment) => { environment.chaos = undefined; }, "containers[1].chaos: is refused, as the environment does not opt in"],
    ["a switch that it does not reach", (one, environment) => { one.chaos = {}; environment.containerNetwork.interfaceEndpoints = []; }, "containers[0].chaos: is read from Parameter Store, which nothing in the network of containers reaches"],
    ["faults that nobody switches", (_, environment) => { environment.chaos.experiments.functions[0].service = "tracking"; }, "chaos.experiments.functions[0].service: has no switch for faults"],
    ["faults that last too long", (_, environment) => { environment.chaos.experiments.functions[0].minutes = 45; }, "chaos.experiments.functions[0].minutes: is above chaos.longestMinutes of exports, 30"],
    ["an experiment that stops no task", (_, environment) => { environment.chaos.experiments.stoppedTasksPercent = 20; }, "chaos.experiments.stoppedTasksPercent: is none of the 2 tasks that tracking has at least"],
    ["an experiment that leaves no task", (_, environment) => { environment.chaos.experiments.stoppedTasksPercent = 100; }, "chaos.experiments.stoppedTasksPercent: would leave no task to answer"],
    ["metrics of one name", (one) => { const metric = { name: "Looks", description: "Looks", unit: "Count" }; one.metrics = [metric, metric]; }, "containers[0].metrics[1].name: "],
    ["a query that is none", (one) => { one.savedQueries = { queries: { wrong: "" } }; }, "containers[0].savedQueries.queries.wrong: "],
    ["what is of functions alone", (one) => { one.warming = { concurrency: 2 }; }, "containers[0].warming: "],
    ["no network", (_, environment) => { environment.containerNetwork = undefined; }, "containerNetwork: is required with containers"],
    ["a network without a block", (_, environment) => { environment.containerNetwork = {}; }, "containerNetwork.cidrBlock: is required unless existing is set"],
    ["a network twice", (_, environment) => { environment.containerNetwork.interfaceEndpoints = ["sns", "sns"]; }, "containerNetwork.interfaceEndpoints[1]: is listed twice"],
    ["one zone", (_, environment) => { environment.containerNetwork.availabilityZones = ["a"]; }, "containerNetwork.availabilityZones: has too few entries"],
    ["a block that is none", (_, environment) => { environment.containerNetwork.cidrBlock = "8.8.8.0/24"; }, "containerNetwork.cidrBlock: "],
    ["a standby region without a VPC", (_, environment) => { environment.containerNetwork = { existing: { "eu-west-1": given } }; }, "containerNetwork.existing.eu-central-1: is required, as containers run there"],
    ["a VPC that is both made and given", (_, environment) => { environment.containerNetwork.existing = { "eu-west-1": given, "eu-central-1": given }; }, "containerNetwork.cidrBlock: only applies to VPCs that the toolkit creates"],
    ["too little of Fargate", (_, environment) => { environment.quotas.fargateVcpus = 6; }, "containers: needs "],
    ["too little of Fargate in the standby region alone", (_, environment) => { environment.quotas.inRegions = { "eu-central-1": { fargateVcpus: 6 } }; }, "containers: needs "],
    ["keys in Vault", (one, environment) => { one.encryption = {}; environment.keyManagement = { provider: "vault", address: "https://vault.example.com:8200", serverId: "vault.example.com", encryptedByKmsBefore: false }; }, "containers[0].encryption: is for keys in KMS only"],
  ];
  const given = {
    vpcId: "vpc-0aaaaaaaaaaaaaaa1",
    subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
    loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa3", "subnet-0aaaaaaaaaaaaaaa4"],
  };

  test.each(refused)("are refused with %s", (_, change, message) => {
    expect(container(change)).toContainEqual(expect.stringContaining(message));
  });

  test("are refused in a network that nobody is in", () => {
    expect(
      mistakes((environment) => {
        environment.containers = [];
      }),
    ).toContainEqual(expect.stringContaining("containerNetwork: has no effect without containers"));
  });

  test("publish to no endpoint of the internet from a network without a way there", () => {
    const found = container((one, environment) => {
      environment.eventBuses = [{ name: "orders", description: "What happens to orders", archiveRetentionDays: 90 }];
      one.publishes = { orders: { sources: ["tracking"] } };
    });
    expect(found).toEqual([
      expect.stringContaining("containers[0].publishes.orders: cannot reach the endpoint of events"),
    ]);
  });
});
