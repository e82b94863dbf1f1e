import { hoursPerMonth } from "../values/prices";
import { assumed } from "./use";

/** What every estimate takes to be true; a sentence each. What a request uses is in `traffic.perRequest` of each service. */
export const assumptions: readonly string[] = [
  `A month has ${hoursPerMonth} hours, and everything is there for all of them.`,
  "The free tiers belong to the account, so they are told apart and not taken off.",
  "Prices are those on demand, of the first tier: no volume discount, no savings plan, no tax, no support.",
  `A table or a database that costs does not name holds ${assumed.gigabytes} GB in each of its regions.`,
  "A serverless database has its minimum capacity, the writer what costs.databaseAcus states.",
  "Target tracking keeps as many provisioned environments in each hour as its traffic needs on average, within the limits of that hour; schedules are taken to be in the time zone of the traffic.",
  `X-Ray records ${assumed.tracedPerSecond} request a second and ${assumed.tracedShare * 100} % of the others.`,
  `Of each GB of logs ${assumed.compressedLogs} GB are stored, as long as the group keeps them; ${assumed.foreverMonths} months where it never deletes.`,
  `A run that a schedule starts takes ${assumed.scheduledRunMs} ms, an answer to a health check and an edge function ${assumed.shortRunMs} ms.`,
  `Of a function that starts from snapshots one version is cached, and ${assumed.restoredShare * 100} % of the requests meet a restore. Each version that was published before is paid for too, until somebody deletes it.`,
  `Health checkers call an endpoint every ${assumed.checkEverySeconds} seconds together, and three times as often with an interval of 10 seconds.`,
  `Lambda polls an empty queue with ${assumed.pollers} pollers every ${assumed.pollSeconds} s, and a message makes ${assumed.requestsPerMessage} requests.`,
  "Each event of a bus goes to each queue that subscribes to the bus.",
  `RDS Proxy is charged for ${assumed.proxyAcus} capacity units or ${assumed.proxyVcpus} vCPUs at least.`,
  "Each backup of a table is a whole copy; backups of a database are one whole copy for each rule.",
  "Viewers of an edge are in Europe.",
  "During a failover the home region stays as it is, and the writers of databases are in the region that serves.",
];

/** What no estimate counts; a few words each. */
export const leftOut: readonly string[] = [
  "transfer between regions and zones, except for copies of backups",
  "logs of databases, networks, firewalls and of the toolkit's own functions",
  "metrics that functions write, detailed metrics of APIs, queries of logs and DNS queries",
  "what S3 buckets hold, and data through endpoints and load balancers",
  "what receives traces in place of X-Ray, and scans of an account",
  "notifications, cold starts, retries and requests that fail",
  "key versions after a rotation, and KMS requests that AWS services make",
];
