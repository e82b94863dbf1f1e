import { z } from "zod";
import { isSecret } from "../../values/secrets";
import {
  capacitySchedules,
  checkCapacity,
  logRetentionDays,
  percentBelow100,
  secretArn,
  secretMark,
  strictObject,
  withRule,
} from "../core";
import { fargatePlatform, pinnedImage } from "./fargate-fields";
import { memoryProblem } from "./fargate-sizes";

export type * from "./input";

const image = pinnedImage.describe(
  "Image, pinned by digest. An image in a private ECR repository is pulled from the repository of the same name in each region, so replicate it: ECR copies what is pushed after the replication rule, under the same digest.",
);

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not a valid environment variable name; use letters, digits and underscores");

const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    "is not the ARN of a KMS key; copy it from `aws kms describe-key`",
  );

const secret = z.discriminatedUnion("from", [
  strictObject(() => ({
    from: z.literal("secretsmanager").describe("A secret of Secrets Manager."),
    secretArn: secretArn.describe("The secret, in any of its regions: each region reads its own replica."),
    key: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[^:]+$/)
      .optional()
      .describe("Key of its JSON; the whole text if left out."),
    keyArn: keyArn
      .optional()
      .describe("Customer managed key that it is encrypted with, a multi-Region one; AWS's own if left out."),
  })),
  strictObject(() => ({
    from: z.literal("ssm").describe("A SecureString of Parameter Store."),
    parameter: z
      .string()
      .regex(
        /^\/[\w.-]+(\/[\w.-]+)*$/,
        "is not the full name of a parameter; write it with its path, such as /prod/tracking/token",
      )
      .describe("Name of the parameter, which every region has to have."),
    keyArn: keyArn
      .optional()
      .describe("Customer managed key that it is encrypted with, a multi-Region one; AWS's own if left out."),
  })),
]);

const tasks = z.int().min(1).max(5000);

const scaling = strictObject(() => ({
  min: tasks.default(2).describe("Minimum number of tasks; with 2, a service survives the loss of a zone."),
  max: tasks.default(4).describe("Maximum number of tasks, and so what the service may cost."),
  cpuPercent: z.int().min(10).max(90).default(60).describe("Target for the average use of CPU, in percent."),
  memoryPercent: z
    .int()
    .min(10)
    .max(90)
    .optional()
    .describe("Target for the average use of memory, in percent; not scaled by memory if left out."),
  requestsPerTask: z
    .int()
    .min(1)
    .optional()
    .describe("Target for the requests of a minute to each task; not scaled by requests if left out."),
  outCooldownSeconds: z.int().min(0).max(3600).default(60).describe("Seconds between two additions of tasks."),
  inCooldownSeconds: z.int().min(0).max(3600).default(300).describe("Seconds between two removals of tasks."),
  schedules: capacitySchedules("service", {
    min: tasks.describe("Minimum number of tasks from then on."),
    max: tasks.describe("Maximum number of tasks from then on."),
  }),
}));

const capacity = strictObject(() => ({
  onDemandBase: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe("Tasks that run on FARGATE before the weights count; what must not be interrupted."),
  onDemandWeight: z.int().min(0).max(1000).default(1).describe("Share of FARGATE in the other tasks."),
  spotWeight: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe("Share of FARGATE_SPOT, which costs less and which AWS takes back with two minutes' notice."),
}));

const deployment = strictObject(() => ({
  minimumHealthyPercent: z
    .int()
    .min(50, "is too low to keep serving through a deployment; use at least 50")
    .max(100)
    .default(100)
    .describe("Share of the desired tasks that keep running while a deployment replaces them, in percent."),
  maximumPercent: z
    .int()
    .min(101)
    .max(200)
    .default(200)
    .describe("Share of the desired tasks that may run while a deployment replaces them, in percent."),
  graceSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(60)
    .describe("Seconds that a new task has until health checks count against it."),
  rollbackOnErrors: z
    .boolean()
    .default(true)
    .describe("Rolls a deployment back when the load balancer's alarm on failed requests fires, where there is one."),
  waitForSteadyState: z
    .boolean()
    .default(true)
    .describe("Whether an apply waits until the service is steady, so that a deployment that fails is noticed."),
}));

const healthCheck = strictObject(() => ({
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe("Program in the image and its arguments; exit status 0 is healthy. Runs without a shell."),
  intervalSeconds: z.int().min(5).max(300).default(15).describe("Seconds between two runs."),
  timeoutSeconds: z.int().min(2).max(60).default(5).describe("Seconds that a run may take."),
  retries: z.int().min(1).max(10).default(3).describe("Failures in a row until ECS replaces the task."),
  startPeriodSeconds: z.int().min(0).max(300).default(30).describe("Seconds in which failures do not count yet."),
}));

const fields = strictObject(() => ({
  image,
  ...fargatePlatform,
  cpu: z.int().default(256).describe("CPU units of a task; 1024 is one vCPU."),
  memoryMebibytes: z
    .int()
    .default(512)
    .describe("Memory of a task, in MiB. Fargate only supports certain combinations with cpu."),
  ephemeralStorageGib: z
    .int()
    .min(21)
    .max(200)
    .optional()
    .describe("Disk of a task, in GiB: the 20 that are free if left out."),
  port: z
    .int()
    .min(1024, "needs root; use a port from 1024 on")
    .max(65_535)
    .default(8080)
    .describe("Port that the container listens on, told as PORT. A change replaces the target group."),
  user: z
    .string()
    .regex(/^[1-9]\d{0,4}:[1-9]\d{0,4}$/, "is not a user and a group id above 0; write them like 65532:65532")
    .default("65532:65532")
    .describe("User and group ids that it runs as; never root."),
  entryPoint: z.array(z.string()).min(1).optional().describe("Program in place of the image's entry point."),
  command: z.array(z.string()).min(1).optional().describe("Arguments in place of the image's command."),
  environment: z
    .record(variableName, z.string())
    .default({})
    .describe("Environment variables. Never put secrets here; see secrets."),
  secrets: z
    .record(variableName, secret)
    .default({})
    .describe(
      "Environment variables that Fargate fills from Secrets Manager or Parameter Store when a task starts; running tasks keep what they have.",
    ),
  logLevel: z
    .enum(["DEBUG", "INFO", "WARN", "ERROR"])
    .default("INFO")
    .describe("Minimum level of the log lines, told as LOG_LEVEL."),
  readOnlyRootFilesystem: z
    .boolean()
    .default(true)
    .describe("Whether nothing but writableFolders can be written. false is for images that cannot do with it."),
  writableFolders: z
    .array(z.string().regex(/^\/[\w.-]+(\/[\w.-]+)*$/, "is not an absolute path; write it like /tmp"))
    .max(10)
    .default([])
    .describe("Empty folders of the task, lost with it. The image has to give them to its user, by VOLUME."),
  stopTimeoutSeconds: z
    .int()
    .min(1)
    .max(120, "is longer than the 120 s that Fargate gives a task; use at most 120")
    .default(60)
    .describe(
      "Seconds from SIGTERM until SIGKILL; at least the load balancer's deregistrationDelaySeconds, in which requests still come in.",
    ),
  healthCheck: healthCheck
    .optional()
    .describe("Health check of the container itself, besides that of the load balancer; none if left out."),
  scaling: scaling.prefault({}).describe("Number of tasks."),
  capacity: capacity.prefault({}).describe("Which capacity of Fargate tasks run on."),
  deployment: deployment
    .prefault({})
    .describe("How new tasks replace old ones; one that does not become healthy is rolled back by ECS."),
  logRetentionDays: logRetentionDays.default(30),
  logMode: z
    .enum(["non-blocking", "blocking"])
    .default("non-blocking")
    .describe("What happens when logs cannot be sent: lines are dropped, or the container waits."),
  logBufferMebibytes: z
    .int()
    .min(1)
    .max(100)
    .default(25)
    .describe("Lines that wait to be sent, in MiB, with logMode non-blocking."),
  containerInsights: z
    .enum(["disabled", "enabled", "enhanced"])
    .default("disabled")
    .describe("Container Insights: metrics of tasks, or of containers as well, which cost extra."),
  exec: z
    .boolean()
    .default(false)
    .describe("Lets operators open a shell in a task, by ECS Exec. Needs readOnlyRootFilesystem false."),
  alarms: strictObject(() => ({
    cpuPercent: percentBelow100.min(1).default(85).describe("Average use of CPU by all tasks, in percent."),
    memoryPercent: percentBelow100.min(1).default(85).describe("Average use of memory by all tasks, in percent."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** Set by Fargate or by the toolkit. */
const reserved = [
  /^AWS_/,
  /^ECS_/,
  /^PORT$/,
  /^DRAIN_SECONDS$/,
  /^LOG_LEVEL$/,
  /^LOAD_BALANCER_IDLE_SECONDS$/,
  /^STOP_TIMEOUT_SECONDS$/,
];

/**
 * A container that runs as an ECS service on Fargate, as literal values.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export const containerServiceConfig = withRule(fields, (config, report) => {
  const size = memoryProblem(config.cpu, config.memoryMebibytes);
  if (size) report([size.field], size.message);
  checkCapacity(config.scaling, ["scaling"], report);
  const { capacity: spread, deployment: rolls, healthCheck: check } = config;
  if (spread.onDemandWeight + spread.spotWeight === 0) {
    report(["capacity", "onDemandWeight"], "is 0 as spotWeight is, so that no task could run; use at least 1 in one");
  }
  const canAdd = Math.floor((config.scaling.min * rolls.maximumPercent) / 100) > config.scaling.min;
  if (!canAdd && keptOf(config) === config.scaling.min) {
    report(
      ["deployment", "maximumPercent"],
      `allows no task beside the ${config.scaling.min} that must keep running, so that no deployment could begin; raise it, or lower minimumHealthyPercent`,
    );
  }
  if (check && check.timeoutSeconds > check.intervalSeconds) {
    report(["healthCheck", "timeoutSeconds"], "is longer than intervalSeconds; use at most that");
  }
  if (config.exec && config.readOnlyRootFilesystem) {
    report(["exec"], "does not work with a read-only root file system; set readOnlyRootFilesystem to false as well");
  }
  const { environment, secrets } = config;
  for (const [field, names] of [
    ["environment", Object.keys(environment)],
    ["secrets", Object.keys(secrets)],
  ] as const) {
    for (const name of names) {
      if (reserved.some((pattern) => pattern.test(name)))
        report([field, name], "is set by Fargate or the toolkit; choose another name");
    }
  }
  for (const name of Object.keys(secrets)) {
    if (Object.hasOwn(environment, name)) {
      report(["environment", name], "is also in secrets, so one would overwrite the other; remove it in one of them");
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (isSecret(name, value)) {
      report(
        ["environment", name, secretMark],
        "looks like a secret, which would be readable in the task definition; name it in secrets",
      );
    }
  }
  config.writableFolders.forEach((folder, at, all) => {
    if (all.indexOf(folder) < at) report(["writableFolders", at], "is listed twice; remove the duplicate");
  });
});

export type ContainerServiceConfig = z.output<typeof fields>;

/** Tasks that keep running while a deployment replaces them. */
const keptOf = ({ scaling: { min }, deployment: { minimumHealthyPercent } }: ContainerServiceConfig): number =>
  Math.ceil((min * minimumHealthyPercent) / 100);

/** The most tasks that a service may have at any time, deployments aside. */
export const mostTasks = ({ scaling: { max, schedules } }: Pick<ContainerServiceConfig, "scaling">): number =>
  Math.max(max, ...schedules.map((one) => one.max));

/** The fewest tasks that a service has. */
export const fewestTasks = ({ scaling: { min, schedules } }: Pick<ContainerServiceConfig, "scaling">): number =>
  Math.min(min, ...schedules.map((one) => one.min));
