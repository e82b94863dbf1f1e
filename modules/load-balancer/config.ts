import { z } from "zod";
import { answerErrorPercents, domainName, kebabName, region, strictObject, withRule } from "../core";

export type * from "./input";

/** Security policies of HTTPS listeners that take nothing older than TLS 1.2. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const tlsPolicies = [
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
] as const;

/** An IPv4 range in CIDR notation. */
const range = z.cidrv4({ error: "is not an IPv4 range; write it in CIDR notation, such as 203.0.113.0/24" });

const health = strictObject(() => ({
  path: z
    .string()
    .max(1024)
    .regex(/^\/[\x21-\x7e]*$/, "is not a path; start with / and do not use spaces")
    .default("/health")
    .describe("Path that the load balancer requests from each task, by HTTP and without authorization."),
  codes: z
    .string()
    .regex(
      /^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d(-[2-4]\d\d)?)*$/,
      "is no list of HTTP statuses from 200 to 499; write it like 200, 200,204 or 200-299",
    )
    .default("200")
    .describe("Statuses of a healthy task."),
  intervalSeconds: z.int().min(5).max(300).default(10).describe("Seconds between two requests to a task."),
  timeoutSeconds: z.int().min(2).max(120).default(5).describe("Seconds that a task has to answer."),
  healthyThreshold: z.int().min(2).max(10).default(2).describe("Successes in a row until a task gets requests."),
  unhealthyThreshold: z.int().min(2).max(10).default(2).describe("Failures in a row until a task gets none."),
}));

const fields = strictObject(() => ({
  domainName: domainName
    .max(64, "is longer than the 64 characters that ACM takes in the first name of a certificate; shorten it")
    .describe("Domain name that clients use, the same in each region. Needs hostedZoneId."),
  clients: z
    .array(range)
    .min(1, "has no entry, so that nobody could reach it; list ranges, or leave it out for anybody")
    .default(["0.0.0.0/0"])
    .describe("Address ranges that may connect; Route 53's health checkers have to be among them. Anybody by default."),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe("Whether AWS refuses to delete it. To take the service out, write false and deploy before that."),
  tlsPolicy: z
    .enum(tlsPolicies)
    .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
    .describe("Security policy of the HTTPS listener: nothing older than TLS 1.2."),
  redirectHttp: z.boolean().default(false).describe("Answers port 80 as well, with a redirection to HTTPS."),
  idleTimeoutSeconds: z
    .int()
    .min(1)
    .max(4000)
    .default(60)
    .describe(
      "Seconds without a byte until a connection is closed, and so the longest answer. Tasks are told it as LOAD_BALANCER_IDLE_SECONDS: they must keep idle connections longer.",
    ),
  deregistrationDelaySeconds: z
    .int()
    .min(0)
    .max(120, "is longer than the 120 s that Fargate gives a task to stop; use at most 120")
    .default(30)
    .describe("Seconds that requests to a task that is about to stop have to finish."),
  slowStartSeconds: z
    .union([z.literal(0), z.int().min(30).max(900)])
    .default(0)
    .describe("Seconds over which a new task gets more and more requests: 0, or 30 to 900."),
  algorithm: z
    .enum(["round_robin", "least_outstanding_requests"])
    .default("least_outstanding_requests")
    .describe("Which task gets the next request. With slowStartSeconds, round_robin."),
  health: health.prefault({}).describe("Health checks of the tasks by the load balancer."),
  accessLogs: strictObject(() => ({
    buckets: z
      .partialRecord(
        region,
        z
          .string()
          .regex(
            /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
            "is not the name of a bucket; use 3 to 63 lower-case letters, digits, dots and hyphens",
          ),
      )
      .describe("Names of buckets by region, whose policies let load balancers write."),
    prefix: kebabName(100).optional().describe("First part of the objects' names."),
  }))
    .optional()
    .describe(
      "Writes each request to a bucket of yours in the same region, encrypted by SSE-S3; the only encryption that AWS supports there.",
    ),
  webAclArns: z
    .partialRecord(
      region,
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[0-9a-f-]{36}$/,
          "is not the ARN of a regional web ACL; copy it from `aws wafv2 list-web-acls --scope REGIONAL`",
        ),
    )
    .default({})
    .describe(
      "Web ACLs of AWS WAF in front of it, by region; yours, as the firewall of an edge is for CloudFront only. None by default.",
    ),
  alarms: strictObject(() => ({
    ...answerErrorPercents,
    latencyMs: z.int().min(1).default(2000).describe("p99 of the time until tasks answer, in milliseconds."),
    minimumRequests: z
      .int()
      .min(1)
      .default(20)
      .describe("Requests in five minutes below which percentages are not looked at."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/**
 * An Application Load Balancer in front of the tasks of one service, as literal values.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
 */
export const loadBalancerConfig = withRule(fields, (config, report) => {
  const { intervalSeconds, timeoutSeconds } = config.health;
  if (timeoutSeconds >= intervalSeconds) {
    report(
      ["health", "timeoutSeconds"],
      `is not below intervalSeconds, ${intervalSeconds}, as AWS demands; use less than that`,
    );
  }
  if (config.slowStartSeconds > 0 && config.algorithm !== "round_robin") {
    report(["slowStartSeconds"], 'only works with algorithm "round_robin"; set that, or use 0');
  }
  for (const [at, arn] of Object.entries(config.webAclArns)) {
    if (arn?.split(":")[3] === at) continue;
    report(["webAclArns", at], `is a web ACL of another region; name one in ${at}`);
  }
});

export type LoadBalancerConfig = z.output<typeof fields>;
