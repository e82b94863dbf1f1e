import type { Rule } from "../../contract";
import { fewestTasks } from "../../modules/container-service";
import { gameDayProblem } from "../../modules/fault-experiments";
import { type Environment, plannedExperiments, takeover, takeoverOfContainer } from "./planned";

/** A function notices its switch after up to 45 s of invocations, in seconds. */
const noticedAfter = 60;

const useOneOf = (names: readonly string[]): string =>
  names.length > 0 ? `use one of ${names.join(", ")}` : "remove it";

export const chaosRules: readonly Rule<Environment>[] = [
  {
    id: "experiments-have-a-name-each",
    statement: "No two experiments of an environment have the same name, and what is left out is there.",
    check(environment, report) {
      const { experiments } = environment.chaos ?? {};
      if (!experiments || !hasStandby(environment)) return;
      const all = plannedExperiments({
        ...environment,
        chaos: {
          ...(environment.chaos as NonNullable<Environment["chaos"]>),
          experiments: { ...experiments, except: [] },
        },
      }).map(({ name }) => name);
      experiments.functions.forEach(({ name }, index) => {
        if (all.filter((each) => each === name).length < 2) return;
        report(
          ["chaos", "experiments", "functions", index, "name"],
          "is the name of another experiment; choose another name",
        );
      });
      experiments.except.forEach((name, index) => {
        if (all.includes(name)) return;
        report(["chaos", "experiments", "except", index], `is no experiment that there would be; ${useOneOf(all)}`);
      });
    },
  },
  {
    id: "experiments-of-functions-fit-the-service",
    statement:
      "Faults of an experiment go to a service that can have them, which has something that must hold meanwhile.",
    check(environment, report) {
      if (!hasStandby(environment)) return;
      environment.chaos?.experiments?.functions.forEach(({ service: name, minutes }, index) => {
        const at = ["chaos", "experiments", "functions", index];
        const service = environment.services.find((each) => each.name === name);
        const container = environment.containers.find((each) => each.name === name);
        const all = [...environment.services, ...environment.containers];
        const known = all.flatMap((each) => (each.chaos ? [each.name] : []));
        const { chaos } = service ?? container ?? {};
        if (!service && !container) {
          report([...at, "service"], `is no service of the environment; ${useOneOf(known)}`);
          return;
        }
        if (!chaos) {
          report([...at, "service"], "has no switch for faults; give it the field chaos, once its handler is wrapped");
          return;
        }
        if (minutes > chaos.longestMinutes) {
          report(
            [...at, "minutes"],
            `is above chaos.longestMinutes of ${name}, ${chaos.longestMinutes}; use less, or raise that`,
          );
        }
        const held = service
          ? takeover(service, environment)
          : container && takeoverOfContainer(container, environment);
        if (!held) {
          report(
            [...at, "service"],
            "has nothing in its recovery that must hold meanwhile, so the experiment would show nothing; give it a domain name, an edge or subscriptions, and a standby region",
          );
          return;
        }
        const needed = Math.ceil((held.row.recoveryTimeSeconds + noticedAfter) / 60);
        if (minutes >= needed) return;
        report(
          [...at, "minutes"],
          `ends before its hypothesis can fail, which is about ${held.row.recoveryTimeSeconds} s and the minute that a function takes to notice; use at least ${needed}`,
        );
      });
    },
  },
  {
    id: "experiments-outlast-their-hypothesis",
    statement: "An experiment on tables and networks lasts longer than its hypothesis takes to hold.",
    check(environment, report) {
      const fields = {
        replication: "pausedReplicationMinutes",
        network: "networkMinutes",
        "cross-region": "networkMinutes",
      };
      const told = new Set<string>();
      for (const { name, minutes, hypothesis, what } of plannedExperiments(environment)) {
        if (!(what.kind in fields)) continue;
        const field = fields[what.kind as keyof typeof fields];
        const { recoveryTimeSeconds: seconds } = hypothesis.row;
        if (minutes * 60 >= seconds || told.has(field)) continue;
        told.add(field);
        report(
          ["chaos", "experiments", field],
          `lets ${name} end before its hypothesis can fail, which is about ${seconds} s; use at least ${Math.ceil(seconds / 60)}`,
        );
      }
    },
  },
  {
    id: "experiments-stop-some-tasks",
    statement: "An experiment that stops tasks of a container stops at least one of the fewest that it has.",
    check(environment, report) {
      for (const { name, what } of plannedExperiments(environment)) {
        if (what.kind !== "tasks") continue;
        const container = environment.containers.find((each) => each.name === what.container);
        const fewest = container ? fewestTasks(container.container) : 0;
        if (Math.floor((fewest * what.percent) / 100) > 0) continue;
        report(
          ["chaos", "experiments", "stoppedTasksPercent"],
          `is none of the ${fewest} tasks that ${what.container} has at least, as FIS rounds down; use at least ${Math.ceil(100 / fewest)}, or name ${name} in chaos.experiments.except`,
        );
        return;
      }
    },
  },
  {
    id: "networks-of-experiments-have-few-subnets",
    statement: "A network that an experiment cuts off has at most the subnets that a target of FIS can name.",
    check(environment, report) {
      for (const { name, what } of plannedExperiments(environment)) {
        if (what.kind !== "network" && what.kind !== "cross-region") continue;
        const at = environment.databases.findIndex((each) => each.name === what.database);
        const { existing } = environment.databases[at]?.network ?? {};
        for (const [region, network] of Object.entries(existing ?? {})) {
          const { length } = (network as { readonly subnetIds: readonly string[] }).subnetIds;
          if (length <= mostSubnets) continue;
          report(
            ["databases", at, "network", "existing", region, "subnetIds"],
            `are ${length}, but the experiment ${name} can touch ${mostSubnets}; name it in chaos.experiments.except`,
          );
        }
      }
    },
  },
  {
    id: "game-days-are-within-hours",
    statement: "Game days start experiments of the environment, and only within the hours that it allows.",
    check(environment, report) {
      const { gameDays = [], hours } = environment.chaos ?? {};
      // What is wrong with an experiment of a function is told there.
      const planned = new Map<string, { readonly minutes: number }>(
        (environment.chaos?.experiments?.functions ?? []).map((each) => [each.name, each]),
      );
      for (const each of plannedExperiments(environment)) planned.set(each.name, each);
      gameDays.forEach((gameDay, index) => {
        const at = ["chaos", "gameDays", index];
        if (gameDays.findIndex(({ name }) => name === gameDay.name) < index) {
          report([...at, "name"], "is the name of another game day; choose another name");
        }
        const unknown = gameDay.experiments.flatMap((name, position) =>
          planned.has(name) || !hasStandby(environment) ? [] : [position],
        );
        for (const position of unknown) {
          report(
            [...at, "experiments", position],
            `is no experiment of the environment; ${useOneOf([...planned.keys()])}`,
          );
        }
        gameDay.experiments.forEach((name, position) => {
          if (gameDay.experiments.indexOf(name) < position) {
            report([...at, "experiments", position], "is listed twice; list it once");
          }
        });
        if (!hours) {
          report(at, "may not start, as no hours are allowed; say in chaos.hours when experiments may run");
          return;
        }
        if (unknown.length > 0) return;
        const wrong = gameDayProblem(gameDay, hours, (name) => planned.get(name)?.minutes ?? 0);
        if (wrong) report([...at, wrong.path], `${wrong.problem}; ${wrong.remedy}`);
      });
    },
  },
];

/** Without a region that takes over there are no experiments: what is said of them waits until there is one. */
const hasStandby = ({ regions }: Environment): boolean => regions.standby.length > 0;

/** @see https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplateTargetInput.html */
const mostSubnets = 5;
