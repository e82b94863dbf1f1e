import type { BaseEnvironment, Rule, Service } from "../../contract";
import {
  joinStatements,
  longestRolePolicy,
  type PolicyStatement,
  partitionOf,
  policyDocument,
  rolePolicySize,
} from "../../modules/core";
import { type KeyUser, keyPolicy, keyUsers } from "../../modules/encryption-key";
import { publisherStatements } from "../../modules/event-bus";
import { accessStatements, literalTableArn } from "../../modules/replicated-table";
import { policySize, resourcePolicyLimits } from "../../values/languages";

const regionsOf = ({ regions }: BaseEnvironment): readonly string[] => [regions.home, ...regions.standby];

/** The first region where a policy is too long, with its length there. */
function firstTooLong(
  environment: BaseEnvironment,
  limit: number,
  sizeIn: (region: string) => number,
): { readonly region: string; readonly size: number } | undefined {
  return regionsOf(environment)
    .map((region) => ({ region, size: sizeIn(region) }))
    .find(({ size }) => size > limit);
}

/** What the tables of a service alone need; the role also has other permissions, and is measured as a whole when it is built. */
function tableStatements(environment: BaseEnvironment, service: Service, region: string): PolicyStatement[] {
  const { account, name: prefix, regions } = environment;
  return Object.entries(service.tables).flatMap(([name, { access, homeReplica }]) => {
    const table = environment.tables.find((other) => other.name === name);
    if (!table) return [];
    const indexed = table.globalSecondaryIndexes.length + table.localSecondaryIndexes.length > 0;
    const places = homeReplica ? [...new Set([region, regions.home])] : [region];
    return places.flatMap((where) =>
      accessStatements(literalTableArn(where, account, `${prefix}-${name}`), indexed, access),
    );
  });
}

const permissionsFitARole: Rule = {
  id: "permissions-fit-a-role",
  statement: "What a service may do with its tables fits into the inline policies of its role, in each region.",
  check(environment, report) {
    environment.services.forEach((service, index) => {
      const found = firstTooLong(environment, longestRolePolicy, (region) =>
        rolePolicySize(joinStatements(tableStatements(environment, service, region))),
      );
      if (!found) return;
      report(
        ["services", index, "tables"],
        `take ${found.size} characters in the policy of ${service.name}'s role in ${found.region}, but IAM allows ${longestRolePolicy}; use fewer tables, or split the service`,
      );
    });
  },
};

const publishersFitABus: Rule = {
  id: "publishers-fit-a-bus",
  statement: "The accounts that may publish to a bus fit into its policy.",
  check(environment, report) {
    const { account, name: prefix, eventBuses } = environment;
    const limits = resourcePolicyLimits.events;
    eventBuses.forEach((bus, index) => {
      const found = firstTooLong(environment, limits.characters, (region) => {
        const arn = `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/${prefix}-${bus.name}`;
        return policySize(policyDocument(publisherStatements(bus, region, arn)), {});
      });
      if (!found) return;
      report(
        ["eventBuses", index, "publisherAccounts"],
        `take ${found.size} characters in the policy of the bus in ${found.region}, but EventBridge allows ${limits.characters}; name fewer accounts or sources`,
      );
    });
  },
};

const subscriptionsFitAFunction: Rule = {
  id: "subscriptions-fit-a-function",
  statement: "The rules and the API that may call a function fit into its policy.",
  check(environment, report) {
    const { account, name: prefix } = environment;
    const limits = resourcePolicyLimits.lambda;
    environment.services.forEach((service, index) => {
      const found = firstTooLong(environment, limits.characters, (region) => {
        const from = (caller: string, arn: string): PolicyStatement => ({
          // Terraform makes one up, of 36 characters.
          sid: "x".repeat(36),
          principals: { Service: caller },
          actions: ["lambda:InvokeFunction"],
          resources: [`arn:${partitionOf(region)}:lambda:${region}:${account}:function:${prefix}-${service.name}:live`],
          conditions: { ArnLike: { "AWS:SourceArn": `arn:${partitionOf(region)}:${arn}` } },
        });
        const statements = [
          ...(service.api ? [from("apigateway.amazonaws.com", `execute-api:${region}:${account}:0123456789/*/*`)] : []),
          ...Object.entries(service.subscriptions).map(([rule, { bus }]) =>
            from("events.amazonaws.com", `events:${region}:${account}:rule/${prefix}-${bus}/${rule}`),
          ),
        ];
        return policySize(policyDocument(statements), {});
      });
      if (!found) return;
      report(
        ["services", index, "subscriptions"],
        `take ${found.size} bytes in the policy of the function in ${found.region}, but Lambda allows ${limits.characters}; let fewer rules match more`,
      );
    });
  },
};

const administratorsFitAKey: Rule = {
  id: "administrators-fit-a-key",
  statement: "The administrators of a key fit into its policy.",
  check(environment, report) {
    const limits = resourcePolicyLimits.kms;
    for (const [name, key] of Object.entries(environment.keys)) {
      if (!key) continue;
      const found = firstTooLong(environment, limits.characters, (region) =>
        policySize(
          keyPolicy({
            region,
            account: environment.account,
            users: Object.keys(keyUsers) as KeyUser[],
            directUse: true,
            administrators: key.administrators,
          }),
          {},
        ),
      );
      if (!found) continue;
      report(
        ["keys", name, "administrators"],
        `take ${found.size} bytes in the policy of the key in ${found.region}, but KMS allows ${limits.characters}; name fewer roles`,
      );
    }
  },
};

export const policyRules: readonly Rule[] = [
  permissionsFitARole,
  publishersFitABus,
  subscriptionsFitAFunction,
  administratorsFitAKey,
];
