import type { BaseEnvironment, Database, Rule, Service } from "../../contract";
import type { Report } from "../../modules/core";

type Login = NonNullable<NonNullable<Service["database"]>["login"]>;

const loginsHaveTheirVault: Rule = {
  id: "logins-have-their-vault",
  statement: "A service with database logins from Vault has a Vault that creates them, and can reach it.",
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
          `makes the function log in to Vault as a reader of ${encryption.readsOf}, which gets no database login; decrypt in another service`,
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
      `is required, because ${service} gets its database logins from Vault; set it to the path of Vault's database engine`,
    );
  }
  // Existing VPCs have their own way out.
  if (!keyManagement.privateAccess && !database.network.existing) {
    report(
      ["keyManagement", "privateAccess"],
      `is required, because ${service} gets its database logins from Vault, which the database's network cannot reach; connect them by PrivateLink or peering, and list Vault's addresses here`,
    );
  }
}

/** What is wrong with the role that the created users are granted. */
function roleProblem(user: string, { creationStatements }: Login, { name, users, cluster }: Database) {
  if (users.includes(user)) {
    return `is a user of ${name} that logs in without Vault, and without a pool it is a member of rds_iam, which would lock out every user that is granted it; name a role without a login of its own`;
  }
  if (user === cluster.masterUsername) {
    return "is the master user, which is only for administration; name a role for the service";
  }
  if (creationStatements.some((statement) => statement.includes(user))) return undefined;
  return "is not granted by any of login.creationStatements; grant it to the user there";
}

export const databaseLoginRules: readonly Rule[] = [loginsHaveTheirVault];
