import { businessMetricsFromEnvironment } from "../../../runtime/observability/business-metrics";

const variables = {
  ENVIRONMENT: "prod",
  SERVICE_NAME: "orders",
  BUSINESS_METRICS: JSON.stringify({ OrdersPlaced: ["Count"], OrderValue: ["None", { Currency: ["EUR", "GBP"] }] }),
};

function written() {
  const lines: string[] = [];
  const metrics = businessMetricsFromEnvironment({
    names: ["OrdersPlaced", "OrderValue"],
    variables,
    write: (line) => lines.push(line),
  });
  return { metrics, lines: () => lines.map((line) => JSON.parse(line)) };
}

describe("businessMetricsFromEnvironment", () => {
  test("writes a value as a line of the embedded metric format, with the dimensions that alarms name", async () => {
    const { metrics, lines } = written();
    await metrics.record("OrdersPlaced");
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: "Evenkeel/Business",
              Dimensions: [["Environment", "Service"]],
              Metrics: [{ Name: "OrdersPlaced", Unit: "Count" }],
            },
          ],
        },
        Environment: "prod",
        Service: "orders",
        OrdersPlaced: 1,
      },
    ]);
  });

  test("splits a value by what is declared, besides the whole, and counts unknown values as other", async () => {
    const { metrics, lines } = written();
    await metrics.record("OrderValue", 1250, { Currency: "EUR", Customer: "jane" });
    await metrics.record("OrderValue", 900, { Currency: "XTS" });
    const common = { Environment: "prod", Service: "orders" };
    expect(lines().map(({ _aws, ...values }) => [_aws.CloudWatchMetrics[0].Dimensions, values])).toEqual(
      [
        ["EUR", 1250],
        ["other", 900],
      ].flatMap(([Currency, OrderValue]) => [
        [[["Environment", "Service"]], { ...common, OrderValue }],
        [[["Environment", "Service", "Currency"]], { ...common, Currency, OrderValue }],
      ]),
    );
  });

  test("refuses a name that the environment does not declare, at the start", () => {
    expect(() => businessMetricsFromEnvironment({ names: ["OrdersPlaced", "Refunds"], variables })).toThrow(
      "The metrics Refunds are not declared for this service, which has: OrdersPlaced, OrderValue. Add them to its metrics in the environment's file.",
    );
  });

  test("writes nothing that is no number, nor under a name that it was not given", async () => {
    const { metrics, lines } = written();
    await metrics.record("OrderValue", Number.NaN, { Currency: "EUR" });
    await metrics.record("Refunds" as "OrdersPlaced");
    expect(lines()).toEqual([]);
  });

  test("writes nothing where the service is deployed without metrics", async () => {
    const lines: string[] = [];
    const metrics = businessMetricsFromEnvironment({
      names: ["OrdersPlaced"],
      variables: {},
      write: (line) => lines.push(line),
    });
    await metrics.record("OrdersPlaced");
    expect(lines).toEqual([]);
  });
});
