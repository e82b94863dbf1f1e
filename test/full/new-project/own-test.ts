import { expectGatesPass, type Plan } from "evenkeel/testing";
import project from "../../../evenkeel.config";

const sandbox = project.find("sandbox");

/** A plan that deletes something. */
const deleting = (address: string): Plan => ({
  format_version: "1.2",
  resource_changes: [
    { address, mode: "managed", type: "aws_sqs_queue", change: { actions: ["delete"], before: null, after: null } },
  ],
});

describe("What the team has added", () => {
  test("is in the environment at each stage", () => {
    for (const stage of ["foundation", "hardening", "optimization"] as const) {
      const { services, capabilities } = sandbox.resolve({ stage });
      expect([...services.keys()]).toEqual(["hello", "orders"]);
      expect(capabilities.map(({ name }) => name)).toContain("auditTrail");
    }
  });

  test("has a gate of its own", () => {
    const plans = [{ stack: "sandbox-services-eu-west-1", plan: deleting("aws_sqs_queue.hello_audit-trail") }];
    expect(() => expectGatesPass(plans, sandbox)).toThrow("audit-trails-stay: aws_sqs_queue.hello_audit-trail");
    expect(() => expectGatesPass(plans)).not.toThrow("audit-trails-stay");
  });
});
