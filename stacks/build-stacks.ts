import type { Construct } from "constructs";
import type { Deployment } from "../contract";
import { ConstructError } from "../modules/core";
import { DataStack } from "./data-stack";
import { DatabaseStack } from "./database-stack";
import { EdgeStack } from "./edge-stack";
import type { EnvironmentStack } from "./environment-stack";
import { EnvironmentStacks } from "./environment-stacks";
import { EventsStack } from "./events-stack";
import { KeysStack } from "./keys-stack";
import { isRemoval } from "./leaving";
import { LeavingStack } from "./leaving-stack";
import { loadVault } from "./load-vault";
import { tellLowered } from "./lowered";
import { checkStacksOfMoves } from "./moves";
import { OperationsStack } from "./operations-stack";
import { inOrderOfRemoval, reverseOrder } from "./removal-order";
import { RoutingStack } from "./routing-stack";
import { kmsEncryption, vaultAfterKms } from "./service-encryption";
import { ServicesStack } from "./services-stack";

/**
 * All stacks of an environment in the order of the data path, which is also the order of deployment: each reads the
 * outputs of those before it, or names them where it waits for something that is no output. The stacks of a team come last,
 * whose order follows from what reads of what. When something leaves the environment or its stage is lowered, the order is the
 * reverse, with the stacks that leave among the others.
 */
export function buildStacks(scope: Construct, deployment: Deployment): readonly EnvironmentStack[] {
  const keys = new KeysStack(scope, deployment);
  const data = new DataStack(scope, keys);
  const databases = deployment.databases.size > 0 ? new DatabaseStack(scope, keys) : undefined;
  const hasEvents = deployment.eventBuses.size + deployment.queues.size > 0;
  const events = hasEvents ? new EventsStack(scope, keys) : undefined;
  const { vault: vaultUse } = deployment;
  const vaultModule = vaultUse && loadVault(keys);
  const byKms = keys.application && kmsEncryption(keys.application);
  const byVault = vaultUse && vaultModule?.vaultEncryption(deployment.environment, vaultUse);
  const encryption = byVault && keys.application ? vaultAfterKms(byVault, keys.application) : (byVault ?? byKms);
  const databaseLogin = vaultUse && vaultModule?.vaultDatabaseLogin(deployment.environment, vaultUse);
  const upstream = { keys, data, databases, events, encryption, databaseLogin };
  const regional = deployment.serviceRegions.map((region) => new ServicesStack(scope, region, upstream));
  const hasDomain =
    deployment.containers.size > 0 || [...deployment.services.values()].some(({ api }) => api?.domainName);
  // Certificates of the standby regions wait for the validation records, which the home region's stack makes.
  const [home, ...standby] = regional;
  if (home && hasDomain) for (const stack of standby) stack.addDependency(home);
  const usesVault = [...deployment.services.values()].some(({ encryption: use, database }) => use || database?.login);
  const vault =
    vaultModule && vaultUse.deployed && usesVault
      ? [new vaultModule.VaultStack(scope, deployment, vaultUse, regional)]
      : [];
  const routing = hasDomain ? [new RoutingStack(scope, keys, regional)] : [];
  const edge = deployment.edgeSites.size > 0 ? [new EdgeStack(scope, keys, regional)] : [];
  const operations = new OperationsStack(scope, keys, data, databases, regional);
  const environment = new EnvironmentStacks(deployment, { keys, data, databases, events, regional });
  for (const build of deployment.ownStacks ?? []) build(environment);
  for (const stack of environment.own) stack.offerAll();
  const stacks: readonly EnvironmentStack[] = [
    keys,
    data,
    ...(databases ? [databases] : []),
    ...(events ? [events] : []),
    ...regional,
    ...vault,
    ...routing,
    ...edge,
    operations,
    ...environment.own,
    ...deployment.leaving.stacks.map((name) => leavingStack(scope, name, deployment)),
  ];
  const { loweredFrom, moves } = deployment;
  const names = stacks.map(({ node }) => node.id);
  if (moves) checkStacksOfMoves(deployment.environment, moves, names);
  if (loweredFrom) tellLowered(stacks, (app) => buildStacks(app, loweredFrom));
  if (!isRemoval(deployment)) return stacks;
  reverseOrder(scope, stacks);
  return inOrderOfRemoval(stacks);
}

function leavingStack(scope: Construct, fullName: string, deployment: Deployment): LeavingStack {
  const name = fullName.slice(deployment.environment.length + 1);
  if (!scope.node.tryFindChild(fullName)) return new LeavingStack(scope, name, deployment);
  const problem = `is still built, but "${name}" is among leavingStacks`;
  throw new ConstructError(scope.node.findChild(fullName), problem, "leave it out there, or build the stack no more");
}
