import { Token } from "cdktf";
import type { PgBouncerPoolConfig } from "./config";
import { lookupConnections, type PoolLimits } from "./pool-limits";
import type { PgBouncerPoolProps } from "./pool-props";
import { openFiles } from "./pool-task";

/** Why a pool cannot be built with these props. */
export interface PoolProblem {
  readonly problem: string;
  readonly remedy: string;
}

/** The first problem with the props of a pool, if any. */
export function poolProblem(props: PgBouncerPoolProps, config: PgBouncerPoolConfig): PoolProblem | undefined {
  return nameProblem(props) ?? placeProblem(props, config) ?? usersProblem(props, config) ?? demandProblem(props);
}

/** What is wrong with the number of client connections per PgBouncer, if anything. */
export function clientsProblem(most: number, concurrency: number, limits: PoolLimits): PoolProblem | undefined {
  if (most < concurrency) {
    return {
      problem: `allows ${most} client connections per PgBouncer, but the functions may run ${concurrency} at once and may all connect to the same one`,
      remedy: "raise maxClientConnections or remove it",
    };
  }
  const files = most + limits.connectionsPerPooler + lookupConnections;
  // PgBouncer opens some more, for its log, sockets and DNS lookups.
  if (files <= openFiles - 100) return undefined;
  return {
    problem: `needs ${files} open files per PgBouncer, but Fargate allows ${openFiles}`,
    remedy: "reserve less concurrency for the functions or lower maxClientConnections",
  };
}

function nameProblem({ name, region, cluster }: PgBouncerPoolProps): PoolProblem | undefined {
  // The role of the tasks appends the region, and IAM allows 64 characters.
  const longest = 63 - region.length;
  if (!/^(?!.*--)[a-z][a-z0-9-]*(?<!-)$/.test(name) || name.length > longest) {
    return {
      problem: `"${name}" is not a valid pool name`,
      remedy: `use up to ${longest} lower-case letters, digits and single hyphens, starting with a letter`,
    };
  }
  if (cluster.databaseName !== "pgbouncer") return undefined;
  return {
    problem: 'the database name "pgbouncer" is reserved for the PgBouncer console',
    remedy: "choose another database name",
  };
}

function placeProblem(
  { account, network: { subnetIds } }: PgBouncerPoolProps,
  { certificateSecretArn }: PgBouncerPoolConfig,
): PoolProblem | undefined {
  if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
    return {
      problem: `has ${new Set(subnetIds).size} distinct subnets, so it would be in one zone only`,
      remedy: "pass subnets in two zones",
    };
  }
  const owner = certificateSecretArn.split(":")[4];
  if (owner === account) return undefined;
  return {
    problem: `the certificate's secret is in account ${owner}, but the pool in ${account}`,
    remedy: "use a secret in the same account",
  };
}

function usersProblem({ users }: PgBouncerPoolProps, { lookupUser }: PgBouncerPoolConfig): PoolProblem | undefined {
  if (users.length < 1) {
    return { problem: "has no users", remedy: "pass a secret for each database user that connects" };
  }
  const repeated = users.find(({ user }, at) => users.findIndex((other) => other.user === user) < at);
  if (repeated) return { problem: `the user "${repeated.user}" is listed twice`, remedy: "list each user once" };
  if (!users.some(({ user }) => user === lookupUser)) return undefined;
  return {
    problem: `"${lookupUser}" is the lookup user and cannot be the user of a service`,
    remedy: "choose another lookupUser",
  };
}

function demandProblem({ concurrency }: PgBouncerPoolProps): PoolProblem | undefined {
  if (Number.isInteger(concurrency) && concurrency >= 1) return undefined;
  return {
    problem: `a concurrency of ${concurrency} cannot size a pool`,
    remedy: "add up the reserved concurrency of the functions that connect",
  };
}
