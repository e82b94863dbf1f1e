import { defineEnvironment } from "evenkeel";

export default defineEnvironment({
  name: "team",
  description: "What the test of the package deploys",
  stage: "foundation",
  disposable: true,
  account: "111111111111",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  tags: { Team: "hello" },
  state: { backend: "local" },
  alerts: { emails: ["team@example.com"] },
  tables: [{ name: "greetings", partitionKey: "pk", attributes: { pk: "S" } }],
  services: [
    {
      name: "hello",
      function: {
        entry: "services/hello/handler.ts",
        memoryMb: 256,
        timeoutSeconds: 5,
        reservedConcurrency: 5,
        logRetentionDays: 14,
      },
      tables: { greetings: { access: "read" } },
      api: {
        routes: { "GET /hello": { authorization: "NONE" } },
        throttle: { rateLimit: 10, burstLimit: 20 },
        logRetentionDays: 14,
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 50, emails: ["team@example.com"] },
});
