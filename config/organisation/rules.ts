import { type Rule, stages } from "../../contract";
import { suggestion } from "../../modules/core";
import { templateValues } from "./defaults";
import { filled, type Organisation, retentionFields, wholly } from "./schema";

type Limits = Organisation["limits"];

/** The rules that hold an environment to the limits of an organisation. @param read the organisation, once one is needed */
export function organisationRules(read: () => Organisation): readonly Rule[] {
  return limitRules.map(({ id, statement, check }) => ({
    id,
    statement,
    check: (environment, report, enabled) => check(environment, report, enabled, read().limits),
  }));
}

interface LimitRule extends Pick<Rule, "id" | "statement"> {
  check(...args: [...Parameters<Rule["check"]>, limits: Limits]): void;
}

/** Where a limit is written, for whoever wants to know why. */
const by = (limit: string): string => `(organisation.limits.${limit})`;

const limitRules: readonly LimitRule[] = [
  {
    id: "organisation-names-the-environment",
    statement: "The name of an environment matches the organisation's pattern.",
    check({ name }, report, _enabled, { environmentNames }) {
      if (environmentNames === undefined || wholly(environmentNames).test(name)) return;
      report(["name"], `does not match ${environmentNames} ${by("environmentNames")}; use a name that matches it`);
    },
  },
  {
    id: "organisation-has-the-account",
    statement: "An environment is in one of the organisation's accounts.",
    check({ account }, report, _enabled, { accounts }) {
      if (!accounts || accounts.includes(account)) return;
      report(["account"], `is not an account of the organisation ${by("accounts")}; ${suggestion(account, accounts)}`);
    },
  },
  {
    id: "organisation-allows-the-regions",
    statement: "Home and standby regions, and the region of the state, are among those that the organisation allows.",
    check({ regions: { home, standby }, state }, report, _enabled, { regions, stateRegions }) {
      const check = (path: PropertyKey[], region: string, allowed: readonly string[] | undefined, limit: string) => {
        if (!allowed || allowed.includes(region)) return;
        report(path, `is not a region that the organisation allows ${by(limit)}; use one of ${allowed.join(", ")}`);
      };
      check(["regions", "home"], home, regions, "regions");
      for (const [index, region] of standby.entries()) check(["regions", "standby", index], region, regions, "regions");
      if (state.backend !== "s3") return;
      check(["state", "region"], state.region, stateRegions, "stateRegions");
      const { secondary } = state;
      if (secondary) check(["state", "secondary", "region"], secondary.region, stateRegions, "stateRegions");
    },
  },
  {
    id: "organisation-requires-the-tags",
    statement: "An environment has the tags that the organisation requires, with values that it allows.",
    check({ tags }, report, _enabled, { requiredTags }) {
      for (const [key, { values, pattern }] of Object.entries(requiredTags)) {
        const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
        const where = by(`requiredTags.${key}`);
        if (value === undefined) report(["tags", key], `is required by the organisation ${where}; add the tag`);
        else if (values && !values.includes(value)) {
          report(["tags", key], `is not a value that the organisation allows ${where}; ${suggestion(value, values)}`);
        } else if (pattern !== undefined && !wholly(pattern).test(value)) {
          report(["tags", key], `does not match ${pattern} ${where}; use a value that matches it`);
        }
      }
    },
  },
  {
    id: "organisation-keeps-things-long-enough",
    statement: "Logs, archives and backups are kept at least as long as the organisation demands.",
    check(environment, report, _enabled, { minimumRetentionDays }) {
      const byField = new Map(
        Object.entries(retentionFields).map(([kind, field]) => [
          field as string,
          { kind, least: minimumRetentionDays[kind as keyof typeof retentionFields] },
        ]),
      );
      forEachNumber(environment, [], (path, days) => {
        const { kind, least } = byField.get(String(path.at(-1))) ?? {};
        if (least === undefined || days >= least) return;
        const where = by(`minimumRetentionDays.${kind}`);
        report([...path], `is shorter than the organisation demands ${where}; keep it for ${least} days or longer`);
      });
    },
  },
  {
    id: "organisation-bounds-the-roles",
    statement: "Roles have a permissions boundary and a path, and Terraform a role, that the organisation allows.",
    check(environment, report, _enabled, limits) {
      const { iam, deployRoleArn } = environment;
      const check = (path: PropertyKey[], value: string | undefined, limit: keyof typeof boundLimits) => {
        const templates = limits[limit];
        const values = templateValues({ ...environment });
        if (!templates || !values) return;
        const allowed = templates.map((text) => filled(text, values));
        if (value !== undefined && boundLimits[limit](value, allowed)) return;
        const problem =
          value === undefined ? "is required by the organisation" : "is not one that the organisation allows";
        report(path, `${problem} ${by(limit)}; use ${allowed.join(" or ")}`);
      };
      check(["iam", "permissionsBoundaryArn"], iam.permissionsBoundaryArn, "permissionsBoundaryArns");
      check(["iam", "rolePath"], iam.rolePath, "rolePaths");
      check(["deployRoleArn"], deployRoleArn, "deployRoleArns");
    },
  },
  {
    id: "organisation-requires-the-capabilities",
    statement: "An environment has the capabilities that the organisation requires from its stage on.",
    check({ stage, exceptions }, report, enabled, { requiredCapabilities }) {
      for (const [name, { from }] of Object.entries(requiredCapabilities)) {
        const where = by(`requiredCapabilities.${name}`);
        const exception = exceptions[name];
        if (exception?.enabled === false) {
          const problem = `leaves out what the organisation requires from ${from} on ${where}`;
          report(["exceptions", name], `${problem}; remove the exception`);
        } else if (stages.indexOf(stage) >= stages.indexOf(from) && !enabled.has(name)) {
          const problem = `is required by the organisation from ${from} on ${where}, but stage ${stage} does not bring it`;
          report(["exceptions", name], `${problem}; bring it early with enabled: true and a reason`);
        }
      }
    },
  },
];

/** The rules as the reference shows them, whatever an organisation limits. */
export const organisationStatements: readonly Pick<Rule, "id" | "statement">[] = limitRules;

const anyOf = (value: string, allowed: readonly string[]): boolean => allowed.includes(value);

const boundLimits = {
  permissionsBoundaryArns: anyOf,
  deployRoleArns: anyOf,
  rolePaths: (value: string, allowed: readonly string[]) => allowed.some((path) => value.startsWith(path)),
};

function forEachNumber(
  value: unknown,
  path: readonly PropertyKey[],
  visit: (path: readonly PropertyKey[], number: number) => void,
): void {
  if (typeof value === "number") visit(path, value);
  if (typeof value !== "object" || value === null) return;
  const list = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) forEachNumber(inner, [...path, list ? Number(key) : key], visit);
}

/** What is wrong with an organisation's limits for the capabilities that an environment knows. */
export function unknownCapability({ limits }: Organisation, names: readonly string[]): string | undefined {
  return Object.keys(limits.requiredCapabilities).find((name) => !names.includes(name));
}
