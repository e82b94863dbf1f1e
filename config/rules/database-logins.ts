import type { BaseEnvironment, Database, Rule, Service } from "../../contract";
import type { Report } from "../../modules/core";

type Login = NonNullable<NonNullable<Service["database"]>["login"]>;

const loginsHaveTheirVault: Rule = {
  id: "logins-have-their-vault",
  statement: "A service whose database users Vault makes has a Vault that makes them, and a way to it.",
  check(environment, report) {
    const { services, databases } = environment;
    services.forEach(({ name, database: use, encryption }, index) => {
      const database = databases.find((one) => one.name === use?.name);
      if (!use?.login || !database) return;
      const at = ["services", index, "database"];
      const { login, user } = use;
      checkVault(environment, { service: name, database }, [...at, "login"], report);
      const problem = roleProblem(user, login, database);
      if (problem) report([...at, "user"], problem);
      if (encryption?.readsOf) {
        report(
          ["services", index, "encryption", "readsOf"],
          `has the function log in to Vault as a reader of ${encryption.readsOf}, who gets no database login; decrypt in another service`,
        );
      }
    });
  },
};

function checkVault(
  { keyManagement }: BaseEnvironment,
  { service, database }: { readonly service: string; readonly database: Database },
  at: PropertyKey[],
  report: Report,
): void {
  if (keyManagement.provider !== "vault") {
    report(
      at,
      'needs a Vault; set keyManagement to provider "vault", or remove login and use one of the database\'s users',
    );
    return;
  }
  if (keyManagement.databaseMount === undefined) {
    report(
      ["keyManagement", "databaseMount"],
      `is missing, but ${service} has its database logins made by Vault; give the path of its database engine`,
    );
  }
  // VPCs that are given have a way out of their own.
  if (!keyManagement.privateAccess && !database.network.existing) {
    report(
      ["keyManagement", "privateAccess"],
      `is missing, but ${service} has its database logins made by Vault, out of reach of the database's network; make a way by PrivateLink or peering, and state Vault's addresses here`,
    );
  }
}

/** What is wrong with the role that the made users are given. */
function roleProblem(user: string, { creationStatements }: Login, { name, users, cluster }: Database) {
  if (users.includes(user)) {
    return `is a user of ${name} who logs in without Vault, as a member of rds_iam where there is no pool, which shuts those out who are given it; name a role without a login of its own`;
  }
  if (user === cluster.masterUsername) {
    return "is the master user, who is for administration only; name a role for the service";
  }
  if (creationStatements.some((statement) => statement.includes(user))) return undefined;
  return "is given by none of login.creationStatements; have them make the user a member of it";
}

export const databaseLoginRules: readonly Rule[] = [loginsHaveTheirVault];
