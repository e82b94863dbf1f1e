import { z } from "zod";
import type { RegionalContainer } from "../blueprints/regional-container";
import type { RegionalService } from "../blueprints/regional-service";
import { defineCapability, type PartContext } from "../contract";
import { kebabName, logRetentionDays, strictObject } from "../modules/core";
import { allowedHoursConfig, functionFaultsConfig, gameDayConfig } from "../modules/fault-experiments";
import {
  FaultInjection,
  type FaultInjectionConfig,
  type FaultyFunction,
  faultInjectionConfig,
} from "../modules/fault-injection";
import { familyOf } from "../modules/service-function";
import { familyNames } from "../values/availability";

const minutes = z.int().min(1).max(720);

const experiments = strictObject(() => ({
  functions: z
    .array(
      functionFaultsConfig.safeExtend({
        name: kebabName(43).describe("Name of the experiment. Part of the Terraform address."),
        service: kebabName(32).describe(
          "The service whose function or container gets the faults; it has the field chaos.",
        ),
      }),
    )
    .default([])
    .describe("Faults in the code of functions, which only their authors can name."),
  pausedReplicationMinutes: minutes
    .default(15)
    .describe("How long the replication of a table is paused, in minutes; <table>-replication for each with replicas."),
  stoppedTasksPercent: z
    .int()
    .min(1)
    .max(99, "would leave no task to answer; use less than 100")
    .default(50)
    .describe("Share of the tasks of a container that <container>-tasks stops, in percent."),
  networkMinutes: minutes
    .default(10)
    .describe(
      "How long the subnets of a database and of the functions that use it are cut off, in minutes; <database>-network, and <database>-cross-region in a network that is there already.",
    ),
  except: z
    .array(kebabName(43))
    .default([])
    .describe("Experiments that there would be and that are not made, by their names."),
  logRetentionDays: logRetentionDays.default(365),
}));

/** What an environment says of faults; the experiments are those of another capability, which needs the same opt-in. */
const chaosFields = {
  chaos: strictObject(() => ({
    optIn: z
      .string()
      .min(10)
      .max(200)
      .describe("Why faults may be injected here, and who may do so, in a sentence. Without it nothing can be."),
    experiments: experiments
      .optional()
      .describe(
        "Experiments of AWS FIS, made from what the environment consists of, from the stage that brings them. None if left out; {} is all that there can be.",
      ),
    hours: allowedHoursConfig
      .optional()
      .describe("When experiments may start by themselves. Required for game days, which are refused outside of it."),
    gameDays: z.array(gameDayConfig).default([]).describe("Experiments that start by themselves, one after the other."),
  }))
    .optional()
    .describe("Says that faults may be injected into services of this environment."),
};

const serviceFields = {
  chaos: faultInjectionConfig
    .optional()
    .describe(
      "Lets people switch faults of the function and its dependencies on, for a limited time, from the stage that brings it. Only in an environment that opts in.",
    ),
};

const containerFields = {
  chaos: faultInjectionConfig
    .optional()
    .describe(
      "Lets people switch faults of the code in its tasks and its dependencies on, for a limited time, from the stage that brings it. For Node.js, with `runtime/chaos`. Only in an environment that opts in.",
    ),
};

/** The fields of an environment and its services that are about faults. */
export interface ChaosFields {
  readonly environment: typeof chaosFields;
  readonly service: typeof serviceFields;
  readonly container: typeof containerFields;
}

/** A switch for faults in services that ask for one, in environments that opt in. */
export const faultInjection = defineCapability({
  name: "faultInjection",
  brings: "a switch for faults in services that ask for one, where the environment opts in",
  fields: {
    environment: chaosFields,
    service: serviceFields,
    container: containerFields,
  },
  rules: [
    {
      id: "faults-want-an-opt-in",
      statement: "Faults can only be injected in an environment that says so, with a reason.",
      check({ chaos, services, containers }, report) {
        if (chaos) return;
        for (const [list, entries] of Object.entries({ services, containers })) {
          entries.forEach((entry, index) => {
            if (!entry.chaos) return;
            report(
              [list, index, "chaos"],
              "is refused, as the environment does not opt in to injected faults; remove it, or say in chaos.optIn of the environment why they are allowed",
            );
          });
        }
      },
    },
    {
      id: "faults-are-of-node",
      statement: "Faults are injected into functions of Node.js only, whose code has what injects them.",
      check({ services }, report) {
        services.forEach((service, index) => {
          const family = familyOf(service.function);
          if (!service.chaos || family === "nodejs") return;
          report(
            ["services", index, "chaos"],
            `is refused, as faults are injected by evenkeel/runtime/chaos, which is Node.js, and the function is ${family ? familyNames[family] : "an image"}; remove it`,
          );
        });
      },
    },
    {
      id: "switches-of-faults-can-be-read",
      statement: "A function in the network of a database reaches the switch of its faults.",
      check({ services, databases }, report) {
        services.forEach((service, index) => {
          const name = service.database?.name;
          const network = databases.find((database) => database.name === name)?.network;
          if (!service.chaos || !network || network.existing || network.interfaceEndpoints.includes("ssm")) return;
          report(
            ["services", index, "chaos"],
            `is read from Parameter Store, which nothing in the network of database ${name} reaches; add ssm to its interfaceEndpoints`,
          );
        });
      },
    },
    {
      id: "switches-of-faults-are-reached-by-containers",
      statement: "A container in a network that is made reaches the switch of its faults.",
      check({ containers, containerNetwork: network }, report) {
        if (!network || network.existing) return;
        containers.forEach((container, index) => {
          const reaches =
            Object.keys(container.settings ?? {}).length > 0 ||
            Object.values(container.container.secrets).some(({ from }) => from === "ssm");
          if (!container.chaos || reaches || network.interfaceEndpoints.includes("ssm")) return;
          report(
            ["containers", index, "chaos"],
            "is read from Parameter Store, which nothing in the network of containers reaches; add ssm to containerNetwork.interfaceEndpoints",
          );
        });
      },
    },
  ],
  builds: {
    container(service, context) {
      const { container, region } = service;
      injectInto(service, context, {
        region,
        functionName: container.serviceName,
        addToRolePolicy: (statement) => container.addToRolePolicy(statement),
        addEnvironmentVariables: (variables) => container.addEnvironmentVariables(variables),
      });
    },
    service(service, context) {
      injectInto(service, context, service.function);
    },
  },
});

/** The switch of a service in one region, where it has faults, for the function or for what stands for it. */
function injectInto(
  service: RegionalService | RegionalContainer,
  at: PartContext<{ readonly name: string; readonly chaos?: FaultInjectionConfig }>,
  target: FaultyFunction,
): void {
  const { name, chaos } = at.config;
  if (!chaos) return;
  const { environment, account } = at.deployment;
  new FaultInjection(service, "faults", {
    config: chaos,
    path: `/${environment}/${name}/chaos`,
    region: service.region,
    account,
    alarms: at.alarmTarget,
  }).attach(target);
  service.showFaults();
}
