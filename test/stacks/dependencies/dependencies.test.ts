import { defineEnvironment, stages } from "../../../config";
import prod from "../../../environments/prod";
import project from "../../../evenkeel.config";
import { pgbouncerEnvironment } from "../../support/pgbouncer-environment";
import { stacksOf } from "../../support/synthesized-once";
import { companions } from "./companions";
import { everyOptionStacks } from "./every-option-stacks";
import { late, pairs, unseen, unseenMentions } from "./faults";
import { Graph } from "./graph";
import { notLookedUp } from "./lookups";

interface Known {
  readonly title: string;
  readonly graph: Graph;
}

/** Every stack of every environment at every stage, of further variants of them, and one with every option of each module. */
const built: Known[] = [];
const vault = {
  provider: "vault",
  address: "https://vault.example.com:8200",
  serverId: "vault.example.com",
  logins: ["iam", "jwt"],
  identityTokens: { issuer: "https://abc123-def456.tokens.sts.global.api.aws" },
  encryptedByKmsBefore: false,
} as const;

beforeAll(async () => {
  const variants = [
    ...project.environments.flatMap((environment) => stages.map((stage) => ({ environment, stage }))),
    // Not those that name something by region, which they would have to name in the third one too.
    ...project.environments
      .filter(({ input }) => !input.tracing)
      .map((environment) => ({ environment, stage: "optimization" as const, more: true })),
    { environment: pgbouncerEnvironment, stage: "optimization" as const },
    { environment: defineEnvironment({ ...prod.input, keyManagement: vault }), stage: "optimization" as const },
  ];
  for (const { environment, stage, ...rest } of variants) {
    const standby = "more" in rest ? { standby: ["eu-central-1", "eu-west-2"] } : {};
    const stacks = stacksOf(environment, { stage, ...standby });
    const title = `${stage}${"more" in rest ? " in three regions" : ""}`;
    built.push(...stacks.map(({ name, terraform }) => ({ title: `${name} at ${title}`, graph: new Graph(terraform) })));
  }
  for (const { name, terraform } of await everyOptionStacks()) {
    built.push({ title: `every option of ${name}`, graph: new Graph(terraform) });
  }
}, 120_000);

const perStack = (find: (graph: Graph) => string[]) =>
  built.flatMap(({ title, graph }) => [...new Set(find(graph))].map((text) => `${title}: ${text}`));

describe("Terraform's graph", () => {
  test("has every name that AWS looks up in the same stack behind a reference or a dependency", () => {
    expect(perStack(unseen)).toEqual([]);
  });

  test.each(companions.map((companion) => [companion.statement, companion] as const))(
    "creates %s",
    (_statement, companion) => {
      // Otherwise nothing is proved.
      expect(built.flatMap(({ graph }) => pairs(companion, graph)).length).toBeGreaterThan(0);
      expect(perStack((graph) => late(companion, graph))).toEqual([]);
    },
  );

  test.each(notLookedUp)("needs the exception for $path of $type: $reason", (exception) => {
    const mentions = built.flatMap(({ graph }) => unseenMentions(graph));
    expect(mentions.some(({ by, path }) => exception.type.test(by.type) && exception.path.test(path))).toBe(true);
  });
});
