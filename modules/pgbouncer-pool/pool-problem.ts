import { Token } from "cdktf";
import type { PgBouncerPoolConfig } from "./config";
import type { PgBouncerPoolProps } from "./pgbouncer-pool";
import { lookupConnections, type PoolLimits } from "./pool-limits";
import { openFiles } from "./pool-task";

/** Why a pool cannot be built as asked. */
export interface PoolProblem {
  readonly problem: string;
  readonly remedy: string;
}

/** The first thing that is wrong with what a pool is given. */
export function poolProblem(props: PgBouncerPoolProps, config: PgBouncerPoolConfig): PoolProblem | undefined {
  return nameProblem(props) ?? placeProblem(props, config) ?? usersProblem(props, config) ?? demandProblem(props);
}

/** What is wrong with the client connections that one PgBouncer takes. */
export function clientsProblem(most: number, concurrency: number, limits: PoolLimits): PoolProblem | undefined {
  if (most < concurrency) {
    return {
      problem: `takes ${most} client connections in each PgBouncer, but the functions may run ${concurrency} at once, and all may meet in one`,
      remedy: "raise maxClientConnections, or leave it out",
    };
  }
  const files = most + limits.connectionsPerPooler + lookupConnections;
  // PgBouncer opens some more: its log, sockets and look-ups of names.
  if (files <= openFiles - 100) return undefined;
  return {
    problem: `needs ${files} open files in each PgBouncer, Fargate gives it ${openFiles}`,
    remedy: "reserve less concurrency for the functions, or lower maxClientConnections",
  };
}

function nameProblem({ name, region, cluster }: PgBouncerPoolProps): PoolProblem | undefined {
  // The role of the tasks adds the region, within 64 characters.
  const longest = 63 - region.length;
  if (!/^(?!.*--)[a-z][a-z0-9-]*(?<!-)$/.test(name) || name.length > longest) {
    return {
      problem: `"${name}" is no name for a pool`,
      remedy: `use up to ${longest} lower-case letters, digits and single hyphens, a letter first`,
    };
  }
  if (cluster.databaseName !== "pgbouncer") return undefined;
  return { problem: 'the name "pgbouncer" is that of its own console', remedy: "name the database otherwise" };
}

function placeProblem(
  { account, network: { subnetIds } }: PgBouncerPoolProps,
  { certificateSecretArn }: PgBouncerPoolConfig,
): PoolProblem | undefined {
  if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
    return {
      problem: `has ${new Set(subnetIds).size} distinct subnets, which leaves it in one zone`,
      remedy: "pass subnets of two zones",
    };
  }
  const owner = certificateSecretArn.split(":")[4];
  if (owner === account) return undefined;
  return {
    problem: `the secret of the certificate is in account ${owner}, the pool in ${account}`,
    remedy: "use a secret of the same account",
  };
}

function usersProblem({ users }: PgBouncerPoolProps, { lookupUser }: PgBouncerPoolConfig): PoolProblem | undefined {
  if (users.length < 1) {
    return { problem: "has no users", remedy: "pass a secret for each database user that connects" };
  }
  const repeated = users.find(({ user }, at) => users.findIndex((other) => other.user === user) < at);
  if (repeated) return { problem: `the user "${repeated.user}" is named twice`, remedy: "name each user once" };
  if (!users.some(({ user }) => user === lookupUser)) return undefined;
  return {
    problem: `"${lookupUser}" is the user that looks logins up, and no user of a service`,
    remedy: "name another lookupUser",
  };
}

function demandProblem({ concurrency }: PgBouncerPoolProps): PoolProblem | undefined {
  if (Number.isInteger(concurrency) && concurrency >= 1) return undefined;
  return {
    problem: `a concurrency of ${concurrency} cannot size a pool`,
    remedy: "add up the reserved concurrency of the functions that connect",
  };
}
