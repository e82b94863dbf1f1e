import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  metricAlarm,
  parametersBelow,
  parseConfig,
  type RegionalKey,
  resourceName,
  switchParameter,
} from "../core";
import { ReplicatedTable } from "../replicated-table";
import type { ServiceFunction } from "../service-function";
import { type CircuitBreakersInput, circuitBreakersConfig, type DependencyConfig, dependencyVariable } from "./config";

export interface CircuitBreakersProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: CircuitBreakersInput;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the functions. Each region has breakers of its own. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the table. */
  readonly key: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/** A breaker as metrics name it. */
export interface BreakerSeries {
  readonly environment: string;
  readonly dependency: string;
  readonly endpointRegion: string;
}

/** Seconds that a probe has at most before another is elected. */
const longestProbeSeconds = 60;

/** The namespace that runtime/breaker writes to. */
const namespace = "Evenkeel/CircuitBreakers";

/**
 * What the circuit breakers of one region share: a table with their state, a parameter for each by which it is forced open or
 * closed, and an alarm for each that refuses calls.
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/circuit-breaker.html
 */
export class CircuitBreakers extends Construct {
  readonly region: string;
  readonly tableName: string;
  /** `/<environment>/circuit-breakers`; the switches are the parameters below it. */
  readonly parameterPath: string;
  private readonly table: ReplicatedTable;
  private readonly dependencies: readonly DependencyConfig[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CircuitBreakersProps,
  ) {
    super(scope, id);
    const { environment, region, key, alarms } = props;
    this.dependencies = parseConfig(circuitBreakersConfig, props.config, this.node.path).dependencies;
    this.checkNames();
    this.region = region;
    this.parameterPath = `/${environment}/circuit-breakers`;
    // Not replicated: a region that cannot reach a dependency says nothing about another, and an election needs one authority.
    this.table = new ReplicatedTable(this, "state", {
      config: {
        partitionKey: "pk",
        attributes: { pk: "S" },
        timeToLiveAttribute: "expiresAt",
        // Nothing is lost with it: breakers are closed without their state.
        deletionProtection: false,
        pointInTimeRecoveryDays: 1,
      },
      name: `${environment}-circuit-breakers`,
      home: region,
      replicas: [],
      key,
      alarms,
    });
    this.tableName = this.table.tableName;
    for (const dependency of this.dependencies) {
      for (const endpointRegion of this.endpointRegions(dependency)) this.addBreaker(dependency, endpointRegion);
    }
  }

  /**
   * Tells a function of its dependencies, and lets it use their breakers.
   * @returns their breakers, for dashboards
   * @throws ConstructError if a dependency is not known, or the function is in another region
   */
  protect(fn: ServiceFunction, names: readonly string[]): readonly BreakerSeries[] {
    const { environment, account } = this.props;
    if (fn.region !== this.region) {
      throw new ConstructError(
        this,
        `holds the breakers of "${this.region}", which a function in "${fn.region}" must not use`,
        "create CircuitBreakers for each region",
      );
    }
    if (names.length === 0) return [];
    const used = names.map((name) => this.dependency(name));
    fn.addEnvironmentVariables({
      CIRCUIT_BREAKERS_TABLE_NAME: this.tableName,
      CIRCUIT_BREAKERS_PATH: this.parameterPath,
      ...Object.fromEntries(used.map((dependency) => [dependencyVariable(dependency.name), this.told(dependency, fn)])),
    });
    this.table.grantReadWrite(fn, { leadingKeys: names.map((name) => `${name}#*`) });
    const path = { region: this.region, account, path: this.parameterPath };
    fn.addToRolePolicy({ actions: ["ssm:GetParametersByPath"], resources: parametersBelow(path) });
    return used.flatMap((dependency) =>
      this.endpointRegions(dependency).map((endpointRegion) => ({
        environment,
        dependency: dependency.name,
        endpointRegion,
      })),
    );
  }

  /**
   * Lets a function of the toolkit see the state of breakers, and change nothing.
   * @returns the dependencies, each with the regions of the endpoints that functions of this region ask
   */
  watch(
    fn: ServiceFunction,
    names: readonly string[],
  ): readonly { readonly name: string; readonly regions: readonly string[] }[] {
    const { account } = this.props;
    const dependencies = names.map((name) => this.dependency(name));
    this.table.grantRead(fn, { leadingKeys: names.map((name) => `${name}#*`) });
    const path = { region: this.region, account, path: this.parameterPath };
    fn.addToRolePolicy({ actions: ["ssm:GetParametersByPath"], resources: parametersBelow(path) });
    return dependencies.map((dependency) => ({ name: dependency.name, regions: this.endpointRegions(dependency) }));
  }

  /** The name of the parameter that a breaker is forced by: `automatic`, `open` or `closed`. */
  parameterName(dependency: string, endpointRegion: string): string {
    return `${this.parameterPath}/${dependency}.${endpointRegion}`;
  }

  private addBreaker({ name, alarmMinutes }: DependencyConfig, endpointRegion: string): void {
    const { environment, alarms } = this.props;
    const { providers } = deploymentStackOf(this);
    // Somebody switches it in an incident, which the next deployment must not undo.
    const parameter = switchParameter(this, `${name}-${endpointRegion}`, {
      region: this.region,
      name: this.parameterName(name, endpointRegion),
      description: `Forces the circuit breaker of functions in ${this.region} before ${name} in ${endpointRegion}: automatic, open (nobody calls it) or closed (everybody does)`,
      allowedPattern: "^(?:automatic|open|closed)$",
      initially: "automatic",
    });
    acceptFinding(parameter, "CKV2_AWS_34", "A switch with three positions, which a plan shows.");
    if (!alarms) return;
    metricAlarm(this, `${name}-${endpointRegion}-open`, providers, alarms, {
      region: this.region,
      alarmName: resourceName(this, [environment, name, "breaker", endpointRegion, "open"], 255),
      alarmDescription: `Functions in ${this.region} do not call ${name} in ${endpointRegion}, because it failed or because the parameter ${this.parameterName(name, endpointRegion)} says so. Look at ${name} first; the breaker closes by itself once a probe succeeds.`,
      namespace,
      metricName: "Open",
      dimensions: { Environment: environment, Dependency: name, EndpointRegion: endpointRegion },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: alarmMinutes,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    });
  }

  /** The regions whose endpoints functions of this region may call, the one to ask first first. */
  private endpointRegions({ endpoints, fallback }: DependencyConfig): readonly string[] {
    const all = Object.keys(endpoints);
    const own = all.length === 0 || all.includes(this.region) ? [this.region] : [];
    const inOrder = [...own, ...all.filter((region) => region !== this.region)];
    return fallback ? inOrder : inOrder.slice(0, 1);
  }

  /** A dependency as runtime/breaker reads it. */
  private told(dependency: DependencyConfig, { timeoutSeconds }: ServiceFunction): string {
    const { endpoints, failures, openSeconds, maxOpenSeconds } = dependency;
    const urls = endpoints as Readonly<Record<string, string>>;
    const own = this.endpointRegions(dependency).flatMap((region) =>
      urls[region] === undefined ? [] : [[region, urls[region]]],
    );
    return JSON.stringify({
      endpoints: Object.fromEntries(own),
      failures,
      openMs: openSeconds * 1000,
      maxOpenMs: maxOpenSeconds * 1000,
      // No call outlives its invocation; an invocation of minutes does not wait for one call that long.
      probeMs: (Math.min(timeoutSeconds, longestProbeSeconds) + 1) * 1000,
    });
  }

  private dependency(name: string): DependencyConfig {
    const found = this.dependencies.find((dependency) => dependency.name === name);
    if (found) return found;
    throw new ConstructError(
      this,
      `has no dependency "${name}"`,
      `use one of ${this.dependencies.map((dependency) => dependency.name).join(", ")}, or declare it`,
    );
  }

  private checkNames(): void {
    const names = this.dependencies.map(({ name }) => name);
    const repeated = names.find((name, at) => names.indexOf(name) !== at);
    if (repeated === undefined) return;
    throw new ConstructError(this, `has the dependency "${repeated}" twice`, "give each another name");
  }
}
