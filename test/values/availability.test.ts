import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  awsRegions,
  cloudFormationTypes,
  globalRegionOf,
  isAvailable,
  nearestWith,
  optInRegions,
  partitionOf,
  regionsNear,
  regionsWith,
} from "../../values/availability";
import { regionData } from "../../values/data/regions";

const root = join(__dirname, "..", "..");

describe("What exists in which region", () => {
  test("is known for every region that an environment may name", () => {
    expect(regionData.regions.split(" ").sort()).toEqual([...awsRegions].sort());
  });

  test("is known for every resource type that the frozen files and the modules name", () => {
    const lines = readdirSync(join(root, "test", "frozen"))
      .filter((file) => file.endsWith(".txt"))
      .flatMap((file) => readFileSync(join(root, "test", "frozen", file), "utf8").split("\n"));
    const types = lines.flatMap((line) => /^[a-z ]{3} \S+ (aws_\w+)\./.exec(line)?.[1] ?? []);
    expect([...new Set(types)].filter((type) => !(type in cloudFormationTypes))).toEqual([]);
  });

  test("has a list for every type, and none for others", () => {
    expect(Object.keys(regionData.without).sort()).toEqual([...new Set(Object.values(cloudFormationTypes))].sort());
  });

  test("is the smaller list where AWS documents fewer regions", () => {
    expect(regionsWith("aws_cloudwatch_event_endpoint")).toHaveLength(17);
    expect(isAvailable("aws_rds_global_cluster", "ap-southeast-7")).toBe(false);
  });

  test("is asked of the partition where a service has no regions", () => {
    expect(isAvailable("aws_budgets_budget", "af-south-1")).toBe(true);
    expect(isAvailable("aws_budgets_budget", "us-gov-east-1")).toBe(false);
    expect(isAvailable("aws_route53recoverycontrolconfig_cluster", "eu-west-1")).toBe(true);
    expect(isAvailable("aws_route53recoverycontrolconfig_cluster", "cn-north-1")).toBe(false);
  });

  test("is not denied for types and regions that nothing is known about", () => {
    expect(isAvailable("aws_made_up", "eu-west-1")).toBe(true);
    expect(isAvailable("aws_cloudwatch_event_endpoint", "eu-west-9")).toBe(true);
  });
});

describe("The regions of AWS", () => {
  test("are near those of the same partition only, and not near themselves", () => {
    for (const region of awsRegions) {
      const near = regionsNear(region);
      expect(near).not.toContain(region);
      expect(near.map(partitionOf)).toEqual(near.map(() => partitionOf(region)));
    }
  });

  test("are ordered by their distance", () => {
    expect(regionsNear("eu-west-1").slice(0, 3)).toEqual(["eu-west-2", "eu-west-3", "eu-central-1"]);
    expect(nearestWith(["aws_cloudwatch_event_endpoint"], "eu-south-1").slice(0, 2)).toEqual([
      "eu-central-1",
      "eu-west-3",
    ]);
  });

  test("answer for services without regions in one of their own partition", () => {
    for (const region of awsRegions) expect(partitionOf(globalRegionOf(region))).toBe(partitionOf(region));
  });

  test("are enabled from the start or by somebody, and the home of a partition always", () => {
    expect(optInRegions.filter((region) => !(awsRegions as readonly string[]).includes(region))).toEqual([]);
    expect(optInRegions).not.toContain("us-east-1");
    expect(optInRegions).toHaveLength(17);
  });
});
