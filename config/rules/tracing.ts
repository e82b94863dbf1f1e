import type { BaseEnvironment, Rule } from "../../contract";
import type { Report } from "../../modules/core";
import { familyOf } from "../../modules/service-function";
import { familyNames } from "../../values/availability";

/** Each region that services run in, now or at a later stage, has what is given by region, and no other region has. */
function checkRegions(
  given: Readonly<Record<string, string>>,
  at: readonly string[],
  what: string,
  { home, standby }: BaseEnvironment["regions"],
  report: Report,
): void {
  const known: readonly string[] = [home, ...standby];
  for (const region of new Set(known)) {
    if (given[region] === undefined) {
      report([...at, region], `is required, as functions run in ${region} now or at a later stage; add ${what} there`);
    }
  }
  for (const [region, value] of Object.entries(given)) {
    const [scheme, , , own] = value.split(":");
    if (!known.includes(region)) {
      report([...at, region], `is not a region of this environment; use one of ${known.join(", ")}`);
    } else if (scheme === "arn" && own !== region) {
      report([...at, region], `is in ${own}; name the one in ${region}`);
    }
  }
}

const tracesHaveReceivers: Rule = {
  id: "traces-have-receivers",
  statement: "Traces that do not go to X-Ray have a receiver in each region that functions run in.",
  knowsRegions: true,
  check({ tracing, regions }, report) {
    const { openTelemetry, layer } = tracing ?? {};
    if (openTelemetry) {
      const at = ["tracing", "openTelemetry"];
      const { endpoints, headersSecretArns, headersKeyArns } = openTelemetry;
      checkRegions(endpoints, [...at, "endpoints"], "an endpoint", regions, report);
      if (Object.keys(headersSecretArns).length > 0) {
        checkRegions(headersSecretArns, [...at, "headersSecretArns"], "the secret's replica", regions, report);
        if (headersKeyArns) checkRegions(headersKeyArns, [...at, "headersKeyArns"], "its key", regions, report);
      } else if (headersKeyArns) {
        report([...at, "headersKeyArns"], "encrypt nothing without headersSecretArns; remove them");
      }
    }
    if (layer) checkRegions(layer.arns, ["tracing", "layer", "arns"], "the layer", regions, report);
  },
};

const functionsAreTracedOnce: Rule = {
  id: "functions-are-traced-once",
  statement: "A function is traced in one way: by X-Ray, by OpenTelemetry, or by a layer.",
  check({ tracing, services, containers, exceptions }, report) {
    if (!tracing) return;
    const { openTelemetry, layer } = tracing;
    if (openTelemetry && layer) {
      report(
        ["tracing", "layer"],
        "would trace functions that trace by openTelemetry a second time; leave one of them out",
      );
    } else if (!openTelemetry && !layer && !tracing.collector) {
      report(["tracing"], "names neither openTelemetry nor a layer; leave it out for X-Ray");
    }
    if (openTelemetry && tracing.collector) {
      report(
        ["tracing", "collector"],
        "would take traces of containers to X-Ray, which send them by openTelemetry; leave one of them out",
      );
    }
    if (tracing.collector && containers.length === 0) {
      report(["tracing", "collector"], "stands beside containers, of which there are none; remove it");
    }
    containers.forEach(({ container: { environment, secrets } }, index) => {
      if (!openTelemetry && !tracing.collector) return;
      for (const [field, names] of Object.entries({ environment, secrets })) {
        for (const name of Object.keys(names).filter((each) => each.startsWith("OTEL_"))) {
          report(
            ["containers", index, "container", field, name],
            "is for tracing, which tracing of the environment says for all containers; remove it here",
          );
        }
      }
    });
    if (exceptions.tracing?.enabled === false) {
      report(["tracing"], "says how functions are traced, but exceptions leave tracing out; remove one of them");
    }
    const own = new Set(["AWS_LAMBDA_EXEC_WRAPPER", ...Object.keys(layer?.variables ?? {})]);
    if (layer && !layer.execWrapper) own.delete("AWS_LAMBDA_EXEC_WRAPPER");
    services.forEach(({ function: { environment } }, index) => {
      for (const name of Object.keys(environment)) {
        const isOfOpenTelemetry = openTelemetry !== undefined && name.startsWith("OTEL_");
        if (!own.has(name) && !isOfOpenTelemetry) continue;
        const problem =
          name === "AWS_LAMBDA_EXEC_WRAPPER"
            ? "starts a wrapper, and a function has one only, beside what traces it; remove it, or leave out tracing"
            : "is for tracing, which tracing of the environment says for all functions; remove it here";
        report(["services", index, "function", "environment", name], problem);
      }
    });
  },
};

const tracingFitsTheCode: Rule = {
  id: "tracing-fits-the-code",
  statement:
    "OpenTelemetry is for functions that the toolkit bundles, and a layer for functions of one kind of runtime.",
  check({ tracing, services }, report) {
    const { layer } = tracing ?? {};
    const families = services.map((service) => familyOf(service.function));
    const [first] = families;
    services.forEach(({ function: { code } }, index) => {
      if (!code) return;
      const path = ["services", index, "function", "code"];
      if (layer && code.image) {
        report([...path, "image"], "gets no layer, and tracing.layer is for all functions; trace by X-Ray");
      } else if (layer?.execWrapper !== undefined && families[index] === "provided") {
        report(
          path,
          "runs in an OS-only runtime, which starts no wrapper, as tracing.layer.execWrapper would be; trace by X-Ray",
        );
      }
    });
    const other = families.find((family) => family !== undefined && family !== first);
    if (!layer || !first || !other) return;
    report(
      ["tracing", "layer"],
      `is one layer for all functions, which are ${familyNames[first]} and ${familyNames[other]}; trace by X-Ray`,
    );
  },
};

const tracesLeaveNetworks: Rule = {
  id: "traces-leave-networks",
  statement:
    "Functions and containers in a network that the toolkit creates reach the receiver of their traces privately.",
  check({ tracing, services, containers, containerNetwork, databases }, report) {
    const { openTelemetry, layer } = tracing ?? {};
    if (layer || openTelemetry?.privateAccess) {
      const ports = new Set(Object.values(openTelemetry?.endpoints ?? {}).map(portOf));
      if (ports.size > 1) {
        report(
          ["tracing", "openTelemetry", "endpoints"],
          `have the ports ${[...ports].join(", ")}, but privateAccess opens one; use the same one in each region`,
        );
      }
      return;
    }
    if (!openTelemetry) return;
    if (containers.length > 0 && containerNetwork?.cidrBlock !== undefined) {
      report(
        ["containerNetwork"],
        "has no way to the internet, so that containers cannot send traces; set tracing.openTelemetry.privateAccess if there is a private connection, use a VPC of your own in containerNetwork.existing, or trace by X-Ray",
      );
    }
    services.forEach(({ database: use }, index) => {
      const database = databases.find(({ name }) => name === use?.name);
      if (!database || database.network.existing) return;
      report(
        ["services", index, "database"],
        `cannot send traces from the network of the database ${database.name}, which has no way to the internet; set tracing.openTelemetry.privateAccess if there is a private connection, or trace by X-Ray`,
      );
    });
  },
};

/** The port of an address, which may still be wrong when rules run. */
function portOf(address: string): number {
  if (!URL.canParse(address)) return 443;
  const { port, protocol } = new URL(address);
  return Number(port || (protocol === "http:" ? 80 : 443));
}

export const tracingRules: readonly Rule[] = [
  tracesHaveReceivers,
  functionsAreTracedOnce,
  tracingFitsTheCode,
  tracesLeaveNetworks,
];
