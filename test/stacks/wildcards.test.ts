import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { reviewPlans } from "../../gates";
import { type ExplainedWildcard, readWildcards } from "../../modules/core";
import { wildcardsOfProject, wildcardsPage } from "../../scripts/wildcards";
import { readStackFolders, readSynthesizedStacks, type SynthesizedStack } from "../../terraform";
import { plannedAsWritten } from "../gates/planned-as-written";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { outputOf } from "../support/synthesized-once";
import { writtenPolicy } from "../support/written-policy";

type Wildcard = Omit<ExplainedWildcard, "reason">;

interface Policy {
  readonly address: string;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

/** Every policy of a stack, whichever argument of whichever type it is in: all texts and objects with statements. */
function policiesOf({ terraform }: SynthesizedStack): Policy[] {
  const { resource = {}, data = {} } = terraform;
  return [resource, data].flatMap((kind) =>
    Object.entries(kind).flatMap(([type, entries]) =>
      Object.entries(entries).flatMap(([id, values]) =>
        statementsIn(values).map((statements) => ({ address: `${type}.${id}`, statements })),
      ),
    ),
  );
}

function statementsIn(value: unknown): Policy["statements"][] {
  if (typeof value === "string") return /"Statement"\s*:/.test(value) ? [[writtenPolicy(value).Statement].flat()] : [];
  if (typeof value !== "object" || value === null) return [];
  const { Statement: own } = value as { Statement?: Policy["statements"] };
  return [...(own ? [[own].flat()] : []), ...Object.values(value).flatMap(statementsIn)];
}

const listOf = (value: unknown): string[] => [value ?? []].flat() as string[];
const principalsOf = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(listOf) : listOf(value);

/** What statements name by `*`, in any element, the negated ones included. */
function wildcardsIn({ address, statements }: Policy): Wildcard[] {
  return statements.flatMap((statement) => {
    const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
    const actions = listOf(Action ?? NotAction);
    const found: Record<ExplainedWildcard["every"], boolean> = {
      action: NotAction !== undefined || actions.some((action) => action.replace(/^[\w-]+:/, "") === "*"),
      resource: NotResource !== undefined || listOf(Resource).includes("*"),
      principal: NotPrincipal !== undefined || principalsOf(Principal).includes("*"),
    };
    return (["action", "resource", "principal"] as const)
      .filter((every) => found[every])
      .map((every) => ({
        address,
        ...(Sid === undefined ? {} : { sid: String(Sid) }),
        effect: Effect as Wildcard["effect"],
        actions,
        every,
      }));
  });
}

/** The stacks of an environment at a stage, with what is written beside each. */
const writtenAt = (environment: (typeof project.environments)[number], stage: (typeof stages)[number]) => {
  const folder = outputOf(environment, { stage });
  const stacks = new Map(readSynthesizedStacks(folder).map((stack) => [stack.name, stack]));
  return readStackFolders(folder).flatMap(({ name, folder: at }) => {
    const stack = stacks.get(name);
    if (!stack) return [];
    const planned = { stack: name, plan: plannedAsWritten(stack) };
    return [{ name, planned, policies: policiesOf(stack), explained: readWildcards(at) }];
  });
};

const environments = [...project.environments, pgbouncerEnvironment].map(
  (environment, at) =>
    [at < project.environments.length ? environment.name : "prod with PgBouncer", environment] as const,
);

describe("The policies of", () => {
  test.each(environments)(
    "%s name nothing by * without its reason beside the stack, at every stage",
    (_name, environment) => {
      for (const stage of stages) {
        const written = writtenAt(environment, stage);
        expect(written.flatMap(({ policies }) => policies).length).toBeGreaterThan(5);
        // Nor does a gate find anything in what a first deployment creates.
        const plans = written.map(({ planned }) => planned);
        expect(reviewPlans(plans, { firstDeployment: true }).violations).toEqual([]);
        for (const { policies, explained } of written) {
          const beside = explained.map(({ reason: _, ...wildcard }) => wildcard);
          expect(beside).toEqual(policies.flatMap(wildcardsIn));
          const unexplained = explained.filter(({ reason }) => !/\w+\W+\w+/.test(reason ?? ""));
          expect(unexplained).toEqual([]);
        }
      }
    },
  );

  test("prod allow no action by *: those of a whole service are denied only", () => {
    const written = writtenAt(project.find("prod"), "optimization");
    const explained = written.flatMap((stack) => stack.explained);
    expect(explained.filter(({ every }) => every === "action").length).toBeGreaterThan(0);
    expect(explained.filter(({ every, effect }) => every === "action" && effect === "Allow")).toEqual([]);
    // Some gates only speak when they are asked.
    const plans = written.map(({ planned }) => planned);
    const settings = { wave: true, staticStability: true };
    const { violations } = reviewPlans(plans, { firstDeployment: true, settings });
    expect(violations.map(({ rule, stack, address }) => `${rule} ${stack} ${address.split(".")[0]}`)).toEqual([
      "static-stability prod-database aws_rds_global_cluster",
      "static-stability prod-database aws_rds_global_cluster",
      "one-region-per-wave prod-services-eu-central-1 aws_apigatewayv2_api",
    ]);
  });

  test("all environments are in the reference, as `npm run docs` writes it", () => {
    const page = join(__dirname, "..", "..", "docs", "reference", "wildcards.md");
    expect(readFileSync(page, "utf8")).toBe(wildcardsPage(wildcardsOfProject()));
  });

  test("prod are of many types of resources", () => {
    const stacks = writtenAt(project.find("prod"), "optimization");
    const types = new Set(stacks.flatMap(({ policies }) => policies.map(({ address }) => address.split(".")[0])));
    expect([...types].sort()).toEqual(
      expect.arrayContaining([
        "aws_backup_vault_policy",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_kms_key",
        "aws_kms_replica_key",
        "aws_s3_bucket_policy",
        "aws_secretsmanager_secret_policy",
        "aws_sns_topic_policy",
        "aws_sqs_queue_policy",
        "aws_vpc_endpoint",
      ]),
    );
  });

  test("the account let nobody in whom no condition holds back, but to the layers of images", () => {
    const open = environments.flatMap(([_name, environment]) =>
      writtenAt(environment, "optimization").flatMap(({ policies }) =>
        policies.flatMap(({ statements }) =>
          statements.filter(
            ({ Effect, Principal, Condition }) =>
              Effect === "Allow" && principalsOf(Principal).includes("*") && Condition === undefined,
          ),
        ),
      ),
    );
    expect([...new Set(open.map(({ Sid }) => Sid))]).toEqual(["LayersOfImages"]);
  });
});
