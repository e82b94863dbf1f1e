#!/usr/bin/env node
import { Command } from "commander";
import { runVerb } from "./run-verb";

// Each verb loads its code when it is called: simulate starts fast, and works whatever state the environments are in.
const program = new Command("evenkeel")
  .description("Multi-region deployment toolkit for CDK for Terraform on AWS")
  .showHelpAfterError()
  .enablePositionalOptions();

program
  .command("simulate")
  .description("run a command inside the simulated cloud: real Terraform, nothing created in AWS")
  .argument("<command...>", "the command and its arguments, after --")
  .passThroughOptions()
  .action((command: string[]) =>
    runVerb(async () => {
      const { simulate } = await import("../simulator/index.js");
      return simulate(command);
    }),
  );

program
  .command("demo")
  .description("deploy the sandbox to the simulated cloud and promote it through every stage")
  .action(() =>
    runVerb(async () => {
      const { demo } = await import("./demo/demo.js");
      await demo((text) => process.stdout.write(`${text}\n`));
      return 0;
    }),
  );

program
  .command("describe")
  .description("what an environment consists of: stage, capabilities, stacks and regions")
  .argument("<environment>", "name of the environment")
  .action((name: string) =>
    runVerb(async () => {
      const { describe } = await import("./commands/describe.js");
      return describe(name);
    }),
  );

program
  .command("gate")
  .description(
    "check the plans of a rollout (terraform show -json) for loss of data or keys and for vanished addresses",
  )
  .argument("<plan.json...>", "files with plans as JSON, one for each state")
  .action((files: string[]) =>
    runVerb(async () => {
      const { runGates } = await import("../gates/index.js");
      return runGates(files);
    }),
  );

program
  .command("topology")
  .description("draw regions, stacks, data flow and failover paths of an environment as SVG")
  .argument("<environment>", "name of the environment")
  .option("--stage <stage>", "another stage than the environment's own")
  .option("--output <file>", "where to write; .evenkeel/topology unless given")
  .action((name: string, options: { stage?: string; output?: string }) =>
    runVerb(async () => {
      const { topology } = await import("./commands/topology.js");
      return topology(name, options);
    }),
  );

program
  .command("recovery")
  .description("how soon each service works again after the loss of its home region, and what may be missing")
  .argument("<environment>", "name of the environment")
  .action((name: string) =>
    runVerb(async () => {
      const { recovery } = await import("./commands/recovery.js");
      return recovery(name);
    }),
  );

program
  .command("rehearse")
  .description("prove on the simulated cloud that a promotion destroys nothing that holds data or keys")
  .argument("<environment>", "name of the environment")
  .option("--from <stage>", "stage to start from", "foundation")
  .option("--to <stage>", "stage to promote to", "optimization")
  .option("--standby <regions>", "standby regions to promote to, joined by commas; the environment's own unless given")
  .action((name: string, options: { from: string; to: string; standby?: string }) =>
    runVerb(async () => {
      const { rehearse } = await import("./commands/rehearse.js");
      return rehearse(name, options);
    }),
  );

void program.parseAsync();
