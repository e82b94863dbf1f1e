import { z } from "zod";
import { defineCapability } from "../contract";
import { FaultInjection, faultInjectionConfig } from "../modules/fault-injection";

/** A switch for faults in services that ask for one, in environments that opt in. */
export const faultInjection = defineCapability({
  name: "faultInjection",
  brings: "a switch for faults in services that ask for one, where the environment opts in",
  fields: {
    environment: {
      chaos: z
        .strictObject({
          optIn: z
            .string()
            .min(10)
            .max(200)
            .describe("Why faults may be injected here, and who may do so, in a sentence. Without it nothing can be."),
        })
        .optional()
        .describe("Says that faults may be injected into services of this environment."),
    },
    service: {
      chaos: faultInjectionConfig
        .optional()
        .describe(
          "Lets people switch faults of the function and its dependencies on, for a limited time, from the stage that brings it. Only in an environment that opts in.",
        ),
    },
  },
  rules: [
    {
      id: "faults-want-an-opt-in",
      statement: "Faults can only be injected in an environment that says so, with a reason.",
      check({ chaos, services }, report) {
        if (chaos) return;
        services.forEach((service, index) => {
          if (!service.chaos) return;
          report(
            ["services", index, "chaos"],
            "is refused, as the environment does not opt in to injected faults; remove it, or say in chaos.optIn of the environment why they are allowed",
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
  ],
  builds: {
    service(service, { config, deployment: { environment, account }, alarmTarget }) {
      if (!config.chaos) return;
      const { function: fn, region } = service;
      new FaultInjection(service, "faults", {
        config: config.chaos,
        path: `/${environment}/${config.name}/chaos`,
        region,
        account,
        alarms: alarmTarget,
      }).attach(fn);
      service.showFaults();
    },
  },
});
