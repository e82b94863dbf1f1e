import { serviceOf } from "../../cli/service-of";
import { typesWithValues } from "../../values/limits-of";

test("every type that the toolkit makes belongs to a service", () => {
  expect(typesWithValues.filter((type) => serviceOf(`${type}.any`) === type)).toEqual([]);
});

test("a service is found by the whole words of a type", () => {
  expect(serviceOf("aws_route_table.private")).toBe("VPC");
  expect(serviceOf("aws_route53_record.api")).toBe("Route 53 (global)");
  expect(serviceOf("aws_scheduler_schedule.warm")).toBe("EventBridge Scheduler");
  expect(serviceOf("aws_lbx_rule.other")).toBe("aws_lbx_rule");
});
