import type { NetworkCall } from "../../contract";

/** Fargate pulls the image, reads the secrets and writes the log from a network without a way to the internet. */
export const pgbouncerCalls: NetworkCall = {
  clause: "PgBouncer pulls its image and reads secrets",
  endpoints: [
    ...["ecr.api", "ecr.dkr", "logs", "secretsmanager"].map((service) => ({
      list: "interfaceEndpoints" as const,
      service,
      because: "which the PgBouncer tasks need to start; add it",
    })),
    {
      list: "gatewayEndpoints",
      service: "s3",
      because: "which the PgBouncer tasks need to pull the layers of their image; add it",
    },
  ],
};
