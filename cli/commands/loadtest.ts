import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BaseEnvironment, EnvironmentDefinition, Service } from "../../config";
import { ConfigError, type ConfigIssue, suggestion } from "../../modules/core";
import type { DocumentData, Outcome } from "../document";
import { loadtestDocument } from "../documents/loadtest";
import { artilleryScript, artilleryVersion, processor, processorFile } from "../loadtest/artillery";
import { faultSetting } from "../loadtest/faults";
import { limitsOf, type ServiceLimits } from "../loadtest/limits";
import { type LoadPlan, planOf, type ScenarioName, scenarioNames } from "../loadtest/plans";
import { type LoadRequest, plainRequests, readRequests, requestProblems } from "../loadtest/requests";
import project from "../project";
import { stageOption } from "../stage-option";

export interface LoadtestOptions {
  readonly stage?: string;
  /** Services to test; all that have an API by default. */
  readonly service?: readonly string[];
  /** Tests to write; all by default. */
  readonly scenario?: readonly string[];
  /** URL of the service, in place of the name that its callers use. */
  readonly target?: string;
  /** Seconds of the phases that are measured. */
  readonly duration?: number;
  /** Mean time of a request, in milliseconds. */
  readonly requestMs?: number;
  /** Percentage of the limits. */
  readonly percent?: number;
  /** File with requests, by service. */
  readonly requests?: string;
  readonly output?: string;
}

type Data = DocumentData<typeof loadtestDocument>;
type Test = Data["tests"][number];
type WithApi = Service & { readonly api: NonNullable<Service["api"]> };

/** How long a request is taken to last: with less, requests per second are what limits Lambda, not their time. */
const usualRequestMs = 100;
const usualSeconds = 300;

/** Writes load tests for Artillery from the limits and objectives of an environment. Nothing is sent. */
export function loadtest(name: string, options: LoadtestOptions): Outcome {
  const environment = project.find(name);
  const stage = stageOption("loadtest", options.stage, environment.input.stage);
  const { folder, files, ...data } = loadTestsOf(environment, stage, options);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return loadtestDocument.outcome({ ...data, folder, files: Object.keys(files).map((file) => join(folder, file)) });
}

/**
 * What `loadtest` writes and says.
 * @throws ConfigError when the environment, an option or the requests have mistakes
 */
export function loadTestsOf(
  environment: EnvironmentDefinition,
  stage: string,
  options: LoadtestOptions,
): Omit<Data, "files"> & { readonly files: Readonly<Record<string, string>> } {
  const config: BaseEnvironment = { ...environment.parse(), stage: stage as BaseEnvironment["stage"] };
  const enabled = environment.toolkit.stages.enabled(config.stage, config.exceptions);
  const standbyServes = config.regions.standby.length > 0 && enabled.has("standbyServices");
  const requestMs = options.requestMs ?? usualRequestMs;
  const seconds = options.duration ?? usualSeconds;
  const scenarios = scenariosIn(options.scenario);
  const services = servicesIn(config, options.service);
  checkTarget(options.target, services);
  const given = options.requests === undefined ? {} : readRequests(options.requests);
  checkRequests(given, services, options.requests);

  const files: Record<string, string> = {};
  const tests: Test[] = [];
  const leftOut: Data["leftOut"] = [];
  for (const service of services) {
    const requests = given[service.name] ?? plainRequests(service.api.routes);
    const limits = limitsOf(service, requests, { environment: config, enabled, standbyServes, requestMs });
    const target = options.target ?? limits.url;
    const missing = missingOf(requests, target);
    if (missing !== undefined || target === undefined) {
      leftOut.push({ service: service.name, scenario: null, reason: missing ?? "" });
      continue;
    }
    for (const scenario of scenarios) {
      const plan = planOf(scenario, limits, { seconds, percent: options.percent ?? 100 });
      if ("reason" in plan) {
        leftOut.push({ service: service.name, ...plan });
        continue;
      }
      const file = `${service.name}.${scenario}.json`;
      files[file] = json(artilleryScript({ plan, limits, target, requests, routes: service.api.routes }));
      tests.push(testOf(plan, limits, { file, target }));
    }
  }
  if (tests.length > 0) files[processorFile] = processor;
  const folder = options.output ?? `${environment.name}-loadtest`;
  return {
    environment: environment.name,
    stage: config.stage,
    folder,
    files,
    tests,
    leftOut,
    notes: notesOf(tests, given, { ...options, requestMs }),
    next: tests.slice(0, 1).map(({ file }) => `npx artillery@${artilleryVersion} run ${join(folder, file)}`),
  };
}

function testOf(plan: LoadPlan, limits: ServiceLimits, at: { readonly file: string; readonly target: string }): Test {
  const { scenario, description, phases, conditions, meanwhile = null } = plan;
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const requests = phases.reduce((sum, { rate, rampTo = rate, seconds: of }) => sum + ((rate + rampTo) / 2) * of, 0);
  const isThrottled = scenario === "throttled-dependency" && limits.faultsParameter !== undefined;
  const throttled = phases.find(({ name }) => name === "throttled");
  return {
    service: limits.service,
    scenario,
    ...at,
    description,
    seconds,
    requests: Math.round(requests),
    peakPerSecond: Math.max(...phases.map(({ rate, rampTo = rate }) => Math.max(rate, rampTo))),
    phases: phases.map(({ name, seconds: of, rate, rampTo }) => ({
      name,
      seconds: of,
      perSecond: rate,
      rampToPerSecond: rampTo ?? null,
    })),
    conditions: conditions.map(({ phase, says, expression }) => ({ phase, says, expression })),
    meanwhile,
    fault:
      isThrottled && limits.faultsParameter
        ? { parameter: limits.faultsParameter, value: faultSetting(throttled?.seconds ?? 0) }
        : null,
  };
}

function notesOf(
  tests: readonly Test[],
  given: Readonly<Record<string, unknown>>,
  { requestMs, percent = 100 }: LoadtestOptions,
): string[] {
  const plain = [...new Set(tests.map(({ service }) => service))].filter((name) => !given[name]);
  return [
    ...(plain.length > 0
      ? [
          `${plain.join(", ")}: only open routes are called, and no dependency; name a file with requests by --requests.`,
        ]
      : []),
    ...(tests.length > 0 ? [`A request is taken to last ${requestMs} ms; say by --request-ms what was measured.`] : []),
    ...(percent < 100 && tests.some(({ scenario }) => scenario === "spike")
      ? [`At ${percent} % of the limits, spikes may stay below them.`]
      : []),
  ];
}

function missingOf(requests: readonly LoadRequest[], target: string | undefined): string | undefined {
  if (requests.length === 0)
    return "no route can be called without a token or a parameter; give requests by --requests";
  if (target === undefined) return "its API has no domainName, and no distribution an alias; give a URL by --target";
  return undefined;
}

const json = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;

const mistake = (path: string, message: string, received: string): ConfigIssue => ({
  path,
  message,
  received: JSON.stringify(received),
});

function refuse(issues: readonly ConfigIssue[]): void {
  if (issues.length > 0) throw new ConfigError("evenkeel loadtest", issues);
}

function scenariosIn(asked: readonly string[] = scenarioNames): ScenarioName[] {
  const isKnown = (name: string): name is ScenarioName => (scenarioNames as readonly string[]).includes(name);
  refuse(
    asked
      .filter((name) => !isKnown(name))
      .map((name) => mistake("--scenario", `is not a load test; ${suggestion(name, scenarioNames)}`, name)),
  );
  return scenarioNames.filter((name) => asked.includes(name));
}

function servicesIn({ services }: BaseEnvironment, asked?: readonly string[]): WithApi[] {
  const withApi = services.filter((service): service is WithApi => service.api !== undefined);
  const names = withApi.map(({ name }) => name);
  refuse(
    (asked ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => mistake("--service", `is not a service with an API; ${suggestion(name, names)}`, name)),
  );
  return asked ? withApi.filter(({ name }) => asked.includes(name)) : withApi;
}

function checkTarget(target: string | undefined, services: readonly WithApi[]): void {
  if (target === undefined) return;
  if (!/^https?:\/\/[^\s@/]+(\/\S*)?$/.test(target)) {
    refuse([mistake("--target", "is not a URL; use https://, a host, and a path if there is one", target)]);
  }
  if (services.length > 1) {
    refuse([mistake("--target", "is for one service, but there are several; name it by --service", target)]);
  }
}

function checkRequests(
  given: Readonly<Record<string, readonly LoadRequest[]>>,
  services: readonly WithApi[],
  file: string | undefined,
): void {
  const issues = services.flatMap(({ name, api }) => requestProblems(name, given[name] ?? [], api.routes));
  if (issues.length > 0 && file !== undefined) throw new ConfigError(file, issues);
}
