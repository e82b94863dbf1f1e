import { ContainerService, type ContainerServiceInput } from "../../../modules/container-service";
import type { DeploymentStack } from "../../../modules/core";
import { image } from "../../support/containers-environment";
import { synth } from "../../support/synth";
import { everyOption, minimalProps } from "./every-option";

interface Definition {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly [field: string]: unknown;
}

describe("ContainerService", () => {
  const stack = synth(everyOption);
  const containerOf = (id: string): Definition =>
    JSON.parse(
      (stack.at(`aws_ecs_task_definition.${id}_task_definition`) as { container_definitions: string })
        .container_definitions,
    )[0];

  test("runs without root, without capabilities, and in a file system that is read-only", () => {
    expect(containerOf("least")).toMatchObject({
      image,
      user: "65532:65532",
      readonlyRootFilesystem: true,
      stopTimeout: 60,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      logConfiguration: { options: { mode: "non-blocking", "max-buffer-size": "25m" } },
    });
    expect(stack.at("aws_ecs_service.least_service")).toMatchObject({ enable_execute_command: false });
  });

  test("is on capacity providers from its first day, rolls back, and leaves the number of tasks to scaling", () => {
    const service = stack.at("aws_ecs_service.least_service");
    expect(service).not.toHaveProperty("launch_type");
    expect(service).toMatchObject({
      capacity_provider_strategy: [
        { capacity_provider: "FARGATE", weight: 1 },
        { capacity_provider: "FARGATE_SPOT", weight: 0 },
      ],
      force_new_deployment: true,
      deployment_circuit_breaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarm_names: [expect.stringContaining("server-errors-alarm")] },
      network_configuration: { assign_public_ip: false },
      lifecycle: { ignore_changes: ["desired_count"] },
    });
  });

  test("names secrets by reference, and lets only what starts tasks read them", () => {
    expect(containerOf("full").secrets).toEqual([
      {
        name: "PARTNER_LOGIN",
        valueFrom: "arn:aws:secretsmanager:eu-west-1:444444444444:secret:prod/partner-a1b2c3:login::",
      },
      { name: "PARTNER_SEED", valueFrom: "arn:aws:ssm:eu-west-1:111111111111:parameter/prod/exports/seed" },
    ]);
    const policy = (role: string) => JSON.stringify(stack.at(`aws_iam_role_policy.full_task_${role}_policy`));
    for (const action of ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"]) {
      expect(policy("execution")).toContain(action);
      expect(policy("role")).not.toContain(action);
    }
  });

  test("scales by what it uses and by schedule, which moves its limits", () => {
    const metric = (id: string) => JSON.stringify(stack.at(`aws_appautoscaling_policy.full_scaling_${id}`));
    expect(metric("cpu")).toContain("ECSServiceAverageCPUUtilization");
    expect(metric("memory")).toContain("ECSServiceAverageMemoryUtilization");
    expect(metric("requests")).toContain("ALBRequestCountPerTarget");
    expect(stack.at("aws_appautoscaling_target.full_scaling_target")).toMatchObject({
      lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] },
    });
    expect(stack.at("aws_cloudwatch_metric_alarm.full_missing-tasks-alarm")).toMatchObject({
      metric_name: "HealthyHostCount",
      threshold: 2,
      treat_missing_data: "breaching",
    });
  });

  const build = (more: object, config: Partial<ContainerServiceInput> = {}) =>
    synth((app: DeploymentStack) => {
      new ContainerService(app, "orders", { ...minimalProps(app, "orders", config), ...more });
    });

  test.each<[string, () => unknown, RegExp]>([
    [
      "one subnet",
      () => build({ network: { subnetIds: ["subnet-0aaaaaaaaaaaaaaa1"], securityGroupIds: ["sg-0aaaaaaaaaaaaaaa2"] } }),
      /runs in 1 subnet/,
    ],
    [
      "no security group",
      () =>
        build({
          network: { subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"], securityGroupIds: [] },
        }),
      /has 0 security groups/,
    ],
    [
      "an end before its requests have ended",
      () => build({}, { stopTimeoutSeconds: 10 }),
      /stops its tasks after 10 s/,
    ],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});
