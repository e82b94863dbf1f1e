import type { Rule } from "../../contract";

/** What services ask of a database that its engine does not have. */
const loginsOfEngine: Rule = {
  id: "database-logins-fit-the-engine",
  statement: "Vault makes logins of databases whose users can end by themselves: of Aurora PostgreSQL.",
  check({ services, databases }, report) {
    services.forEach(({ database: use }, index) => {
      const database = databases.find(({ name }) => name === use?.name);
      if (!use?.login || database?.cluster.engine !== "aurora-mysql") return;
      report(
        ["services", index, "database", "login"],
        `does not work with the database ${database.name}, which is Aurora MySQL: it has no date from which a user cannot log in any more, so one that Vault could not remove would stay; remove login, and log in by IAM or with the rotated password`,
      );
    });
  },
};

export const databaseEngineRules: readonly Rule[] = [loginsOfEngine];
