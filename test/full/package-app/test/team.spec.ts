import { type Cloud, expectGatesPass, expectNoChangesIn, RefusedByGatesError, startCloud } from "evenkeel/testing";
import team from "../environments/team";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

test("deploys at foundation, and settles", async () => {
  const reports = await cloud.deploy(team);
  expect(reports.map(({ stack }) => stack)).toContain("team-services-eu-west-1");
  await cloud.expectNoChanges(team);
});

test("loses nothing on its way to hardening, and settles there", async () => {
  const promotions = await cloud.promote(team, { stage: "hardening" });
  expect(promotions.flatMap(({ accepted }) => accepted)).toEqual([]);
  await cloud.expectNoChanges(team);
});

test("is not planned back to foundation unseen", async () => {
  const plans = await cloud.plan(team, { stage: "foundation" });
  expect(() => expectNoChangesIn(plans)).toThrow(/a new plan has \d+ changes/);
  const lost = plans.map((one) => ({
    ...one,
    plan: {
      ...one.plan,
      resource_changes: one.plan.resource_changes?.map((resource) =>
        resource.type === "aws_dynamodb_table"
          ? { ...resource, change: { ...resource.change, actions: ["delete" as const] } }
          : resource,
      ),
    },
  }));
  expect(() => expectGatesPass(lost, team)).toThrow(RefusedByGatesError);
  expect(() => expectGatesPass(lost, team)).toThrow(/no-data-loss: aws_dynamodb_table/);
});

test("is destroyed", async () => {
  await cloud.destroy(team);
  await expect(cloud.expectNoChanges(team)).rejects.toThrow("team is not deployed in this cloud; deploy it first");
});
