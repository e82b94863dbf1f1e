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
                  "which the functions that rotate and read passwords in this VPC need; add it, or disable secretRotation under exceptions",
              },
              ...(rotation.canary
                ? [
                    {
                      list: "interfaceEndpoints" as const,
                      service: "ssm",
                      because:
                        "which functions in this VPC need to follow the canary of a rotation; add it, or remove rotation.canary",
                    },
                  ]
                : []),
            ],
          },
        ],
});
