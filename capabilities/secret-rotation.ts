import { defineCapability } from "../contract";

/** The users of databases get new passwords from a function, which Secrets Manager runs on a schedule. */
export const secretRotation = defineCapability({
  name: "secretRotation",
  brings: "new passwords for database users, created and rotated by a function",
  // Without a pool functions log in as members of rds_iam, who can only log in with IAM tokens.
  needs: ["databaseProxy"],
  builds: { database: (database) => database.rotatePasswords() },
  networkCalls: ({ rotation, proxy, pgbouncer }) =>
    !pgbouncer && proxy.authentication === "iam"
      ? []
      : [
          {
            clause: "passwords rotate",
            endpoints: [
              {
                list: "interfaceEndpoints",
                service: "secretsmanager",
                because:
                  "but in the network a function rotates passwords and others read them; add it, or switch secretRotation off under exceptions",
              },
              ...(rotation.canary
                ? [
                    {
                      list: "interfaceEndpoints" as const,
                      service: "ssm",
                      because:
                        "but functions in the network follow the canary of rotated logins there; add it, or remove rotation.canary",
                    },
                  ]
                : []),
            ],
          },
        ],
});
