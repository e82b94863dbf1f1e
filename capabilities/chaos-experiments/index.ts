import { Construct } from "constructs";
import { defineCapability, type EnvironmentContext, reservedServiceName } from "../../contract";
import { parameterArn } from "../../modules/core";
import { FaultExperiments } from "../../modules/fault-experiments";
import type { ChaosFields } from "../fault-injection";
import { type Environment, type Planned, plannedExperiments } from "./planned";
import { chaosRules } from "./rules";

/** Experiments of AWS FIS on what the environment consists of, and game days that start them. */
export const chaosExperiments = defineCapability<ChaosFields, "chaosExperiments">({
  name: "chaosExperiments",
  brings: "experiments of AWS FIS with hypotheses and stop alarms, and game days, where the environment opts in",
  rules: [reservedServiceName("experiments", "the experiments"), ...chaosRules],
  builds: {
    /**
     * In the home region, also while another one serves first: templates that followed the traffic would have to go from there, in the one
     * deployment that has no time for a question.
     */
    environment(scope, at) {
      const planned = plannedExperiments(at.config);
      if (planned.length > 0) build(new Construct(scope, "experiments"), at, at.deployment.homeRegion, planned);
    },
  },
});

type At = EnvironmentContext<Environment>;

function build(scope: Construct, at: At, region: string, planned: readonly Planned[]): void {
  const { config, deployment, operationsKey, alarmTarget } = at;
  const { environment, account } = deployment;
  const { chaos } = config;
  const possible = planned.filter((each) => isPossible(each, at, region));
  if (!chaos?.experiments || !alarmTarget || possible.length === 0) return;
  const experiments = new FaultExperiments(scope, region, {
    config: { logRetentionDays: chaos.experiments.logRetentionDays },
    environment,
    region,
    account,
    key: operationsKey,
    alarms: alarmTarget,
  });
  for (const each of possible) add(experiments, each, at, region);
  const here = new Set(possible.map(({ name }) => name));
  const ours = chaos.gameDays.filter((day) => day.experiments.some((name) => here.has(name)));
  if (ours.length === 0 || !chaos.hours) return;
  const minutes = new Map(plannedExperiments(config).map((each) => [each.name, each.minutes]));
  const elsewhere = new Map([...minutes].filter(([name]) => !here.has(name)));
  experiments.addGameDays({ gameDays: ours, hours: chaos.hours, elsewhere });
}

/** Whether what it touches is there at the stage that the environment has, and somebody to take over. */
function isPossible({ what, services }: Planned, at: At, region: string): boolean {
  const { deployment, tables, databases } = at;
  if (deployment.serviceRegions.length < 2 || alarmsOf(services, at, region).length === 0) return false;
  switch (what.kind) {
    case "faults":
      return inRegion(at, what.service, region)?.hasFaults ?? false;
    case "tasks":
      return inRegion(at, what.container, region) !== undefined;
    case "replication": {
      const { regions = [] } = tables.get(what.table) ?? {};
      return regions.length > 1 && regions.includes(region);
    }
    default:
      return (
        databases.has(what.database) &&
        deployment.databaseReplicas.length > 0 &&
        [deployment.homeRegion, ...deployment.databaseReplicas].includes(region)
      );
  }
}

function add(
  experiments: FaultExperiments,
  { name, minutes, hypothesis, services, what }: Planned,
  at: At,
  region: string,
): void {
  const { deployment, tables, databases } = at;
  const { environment, account } = deployment;
  const common = { hypothesis, stopAlarmArns: alarmsOf(services, at, region) };
  switch (what.kind) {
    case "faults": {
      const found = inRegion(at, what.service, region);
      const functionName = found && "container" in found ? found.container.serviceName : found?.function.functionName;
      // As the switch of the service is called.
      const parameterName = `/${environment}/${what.service}/chaos/faults`;
      if (functionName === undefined) return;
      experiments.injectFaults(name, {
        ...common,
        config: what.config,
        functionName,
        parameterName,
        parameterArn: parameterArn({ region, account, path: parameterName }),
      });
      return;
    }
    case "tasks": {
      const serviceName = `${environment}-${what.container}`;
      experiments.stopTasks(name, { ...common, serviceName, percent: what.percent });
      return;
    }
    case "replication": {
      const table = tables.get(what.table);
      if (table) {
        const tableName = `${environment}-${what.table}`;
        experiments.pauseReplication(name, { ...common, minutes, tableName, tableArn: table.arnIn(region) });
      }
      return;
    }
    case "failover": {
      const clusterArn = databases.get(what.database)?.clusterArnIn(region);
      if (clusterArn)
        experiments.failOver(name, { ...common, clusterName: `${environment}-${what.database}`, clusterArn });
      return;
    }
    default: {
      const found = databases.get(what.database)?.networkIn(region);
      if (!found) return;
      const network = { name: `${environment}-${what.database}`, ...found };
      if (what.kind === "network") experiments.disruptNetwork(name, { ...common, minutes, network });
      else experiments.disruptCrossRegion(name, { ...common, minutes, network, otherRegion: what.otherRegion });
    }
  }
}

/** More would not fit into a template, by the quotas page of FIS. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-quotas.html */
const mostStopAlarms = 5;

/** Alarms on what callers of the services notice: those on failures of each first, then those on latency. */
function alarmsOf(names: readonly string[], at: At, region: string): string[] {
  const all = names.map((name) => inRegion(at, name, region)?.callerAlarmArns ?? []);
  const longest = Math.max(0, ...all.map(({ length }) => length));
  const inOrder = Array.from({ length: longest }, (_, index) => all.flatMap((arns) => arns[index] ?? []));
  return inOrder.flat().slice(0, mostStopAlarms);
}

/** A service in a region, in a function or in a container. */
function inRegion({ config, service, container }: At, name: string, region: string) {
  const isContainer = config.containers.some((each) => each.name === name);
  return isContainer
    ? container(name).find((each) => each.region === region)
    : service(name).find((each) => each.region === region);
}
