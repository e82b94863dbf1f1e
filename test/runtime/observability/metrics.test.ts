import { metricLine } from "../../../runtime/observability/metrics";

describe("metricLine", () => {
  const measurement = {
    namespace: "Evenkeel/Keys",
    dimensions: { Key: "prod-data" },
    metrics: { DaysSinceRotation: { value: 0.5, unit: "None" }, RotationEnabled: { value: 1, unit: "Count" } },
  } as const;

  test("has the dimensions that the alarms name, and no other", () => {
    const before = Date.now();
    const line = JSON.parse(metricLine(measurement));
    expect(line).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: "Evenkeel/Keys",
            Dimensions: [["Key"]],
            Metrics: [
              { Name: "DaysSinceRotation", Unit: "None" },
              { Name: "RotationEnabled", Unit: "Count" },
            ],
          },
        ],
      },
      Key: "prod-data",
      DaysSinceRotation: 0.5,
      RotationEnabled: 1,
    });
    expect(line._aws.Timestamp).toBeGreaterThanOrEqual(before);
  });

  test("is the same whatever Powertools finds in the environment", () => {
    const outside = process.env;
    process.env = { ...outside, POWERTOOLS_SERVICE_NAME: "orders", POWERTOOLS_METRICS_NAMESPACE: "Orders" };
    try {
      expect(JSON.parse(metricLine(measurement))._aws.CloudWatchMetrics).toMatchObject([
        { Namespace: "Evenkeel/Keys", Dimensions: [["Key"]] },
      ]);
    } finally {
      process.env = outside;
    }
  });

  test("is one line", () => {
    const metrics = { Count: { value: 1, unit: "Count" } } as const;
    expect(metricLine({ namespace: "N", dimensions: { Name: "a\nb" }, metrics })).not.toContain("\n");
  });
});
