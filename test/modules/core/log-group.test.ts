import { acceptedFindingsOf, deploymentStackOf, LogGroup } from "../../../modules/core";
import { synth } from "../../support/synth";

/** What a scan is told of a log group that is kept for so many days. */
function reasonsAt(retentionDays: number): string[] {
  let found: string[] = [];
  synth((stack) => {
    const provider = deploymentStackOf(stack).providers.in("eu-west-1");
    new LogGroup(stack, "log", { provider, name: "/orders", retentionDays });
    found = acceptedFindingsOf(stack).map(({ check, address }) => `${check} ${address}`);
  });
  return found;
}

test("A log group has a reason for a scan only where it is kept for less than a year", () => {
  expect(reasonsAt(180)).toEqual(["CKV_AWS_338 aws_cloudwatch_log_group.log"]);
  expect(reasonsAt(365)).toEqual([]);
});
