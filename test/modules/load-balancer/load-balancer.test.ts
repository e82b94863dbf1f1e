import type { DeploymentStack } from "../../../modules/core";
import { LoadBalancer } from "../../../modules/load-balancer";
import { synth } from "../../support/synth";
import { everyOption, minimalProps, network } from "./every-option";

describe("LoadBalancer", () => {
  const stack = synth(everyOption);

  test("is protected, drops invalid headers and takes nothing older than TLS 1.2", () => {
    expect(stack.at("aws_lb.least_load-balancer")).toMatchObject({
      internal: false,
      enable_deletion_protection: false,
      drop_invalid_header_fields: true,
    });
    expect(
      synth((app) => void new LoadBalancer(app, "own", minimalProps())).at("aws_lb.own_load-balancer"),
    ).toMatchObject({
      enable_deletion_protection: true,
    });
    expect(stack.at("aws_lb_listener.least_listener")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  test("has a target group of addresses without a name, made before the one that it replaces goes", () => {
    const targets = stack.at("aws_lb_target_group.full_targets");
    expect(targets).not.toHaveProperty("name");
    expect(targets).toMatchObject({
      target_type: "ip",
      deregistration_delay: "60",
      health_check: { path: "/alive", matcher: "200-204", interval: 15, timeout: 6 },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("makes the validation record of its certificate in one region only", () => {
    expect(stack.at("aws_route53_record.full_domain_validation-record")).toMatchObject({ type: "CNAME" });
    expect(() => stack.at("aws_route53_record.least_domain_validation-record")).toThrow();
  });

  test("counts the failures of tasks and its own among the requests", () => {
    const text = JSON.stringify(stack.at("aws_cloudwatch_metric_alarm.full_server-errors-alarm"));
    for (const metric of ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "RequestCount"]) {
      expect(text).toContain(metric);
    }
  });

  test.each<[string, (app: DeploymentStack) => unknown, RegExp]>([
    [
      "one subnet",
      (app) =>
        new LoadBalancer(app, "x", {
          ...minimalProps(),
          network: { ...network, loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa3"] },
        }),
      /stands in 1 subnet/,
    ],
    [
      "access logs without a bucket in its region",
      (app) => new LoadBalancer(app, "x", minimalProps({ accessLogs: { buckets: { "eu-central-1": "logs" } } })),
      /has no bucket for its access logs in eu-west-1/,
    ],
  ])("refuses %s", (_, make, message) => {
    expect(() => synth((app) => void make(app))).toThrow(message);
  });
});
