import { type Estimate, stageCosts } from "../../costs";
import { devWithTraffic, shop } from "./environments";

// Everything here is written from the price pages and from the list of resources, with no number of the code: a month has
// 730 hours, so 2,628,000 seconds and 43,800 minutes, and a GB has 1,048,576 KB.

/** US dollars to the cent. */
const cents = (usd: number) => usd.toFixed(2);

/** What a service of AWS costs, to the cent. */
const usdOf = ({ lines }: Estimate, service: string) =>
  cents(lines.filter((line) => line.service === service).reduce((sum, { usd }) => sum + usd, 0));

const sumOf = (parts: Readonly<Record<string, number>>) => Object.values(parts).reduce((sum, usd) => sum + usd, 0);

/** That each service costs what is calculated, and all of them together what their sum is. */
function expectCosts(estimate: Estimate | undefined, parts: Readonly<Record<string, number>>): void {
  if (!estimate) throw new Error("there is no estimate");
  const services = new Set(estimate.lines.map(({ service }) => service));
  expect([...services].map((service) => [service, usdOf(estimate, service)]).sort()).toEqual(
    Object.entries(parts)
      .map(([service, usd]) => [service, cents(usd)])
      .sort(),
  );
  expect(cents(estimate.usd)).toBe(cents(sumOf(parts)));
}

describe("Dev with two requests in each second", () => {
  // 2 x 2,628,000 s
  const requests = 5_256_000;

  /** In Ireland, as written on the price pages. */
  const parts = {
    // Three keys, and one request to KMS for a hundred of a service that encrypts, at 0.03 USD for 10,000.
    "AWS KMS": 3 * 1 + ((requests / 100) * 0.03) / 10_000,
    "Amazon DynamoDB":
      // One item of 1 KB read for each request, eventually consistent: half a unit, at 0.1415 USD a million.
      (requests * 0.5 * 0.1415) / 1_000_000 +
      // One of five requests writes an item of 1 KB to the table and to its index, at 0.705 USD a million.
      (requests * 0.2 * 2 * 0.705) / 1_000_000 +
      // 1 GB, and point-in-time recovery of it.
      1 * 0.283 +
      1 * 0.2264,
    // One of five requests publishes an event of 1 KB, at 1 USD a million; the archive takes it in and keeps it for 7 days.
    "Amazon EventBridge":
      (requests * 0.2 * 1) / 1_000_000 +
      ((requests * 0.2) / 1_048_576) * 0.11 +
      ((requests * 0.2) / 1_048_576) * (7 / 30.4) * 0.023,
    // 0.2 USD a million requests; 100 ms of half a GB at 0.0000133334 USD a GB-second.
    "AWS Lambda": (requests * 0.2) / 1_000_000 + requests * 0.1 * 0.5 * 0.0000133334,
    // A budget with an action, 0.1 USD a day.
    "AWS Budgets": (730 / 24) * 0.1,
    "Amazon API Gateway": (requests * 1.11) / 1_000_000,
    // 2 KB for each answer.
    "Data transfer": ((requests * 2) / 1_048_576) * 0.09,
    "Amazon CloudWatch":
      // Alarms on metrics: 14 on the table and its index, 3 on the bus, 2 on its dead letters, 7 on the function,
      // 2 on its dead letters, 1 on loops, 3 on the API.
      (14 + 3 + 2 + 7 + 2 + 1 + 3) * 0.1 +
      // The dashboard of the service and that of key figures, and a count of cold starts.
      2 * 3 +
      0.3 +
      // 0.6 KB in the function's log and 0.5 KB in the API's, kept for 14 days at 0.15 of their size.
      ((requests * 1.1) / 1_048_576) * 0.57 +
      ((requests * 1.1) / 1_048_576) * (14 / 30.4) * 0.15 * 0.03,
  };

  const { quiet, failover } = stageCosts(devWithTraffic, "foundation");

  test("costs what is calculated by hand, to the cent", () => {
    expectCosts(quiet, parts);
    expect(cents(quiet.usd)).toBe("33.68");
  });

  test("has no failover at foundation", () => {
    expect(failover).toBeUndefined();
  });
});

describe("The shop in two regions, with ten requests in each second", () => {
  // 10 x 2,628,000 s
  const requests = 26_280_000;
  // One of two requests publishes an event of 2 KB.
  const events = requests / 2;
  const eventGb = (events * 2) / 1_048_576;
  // 1 KB in the function's log and 0.5 KB in the API's.
  const logGb = (requests * 1.5) / 1_048_576;
  // Half of the requests write an item of 5 KB, which takes five units, to the table and to its index.
  const written = requests * 0.5 * 5 * 2;
  // Each reads two items of 5 KB, eventually consistent: two steps of 4 KB, half a unit each.
  const read = requests * 2 * 2 * 0.5;
  const gbSeconds = requests * 0.05 * 1;

  /** What is the same wherever the traffic is. */
  const standing = {
    // Two keys in each region and one of the backups, at the negotiated price.
    "AWS KMS": 5 * 0.8,
    // Writes are replicated writes in both regions, each at its price; 20 GB in each, with point-in-time recovery.
    "Amazon DynamoDB": (written * (0.705 + 0.7625)) / 1_000_000 + 20 * (0.283 + 0.2264 + 0.306 + 0.2448),
    // Events are published in one region and replicated to the other one, and archived in both for 30 days. The heartbeat of the
    // endpoint is a schedule each minute that publishes an event.
    "Amazon EventBridge":
      (2 * events) / 1_000_000 +
      eventGb * (0.11 + 0.12) +
      eventGb * (30 / 30.4) * (0.023 + 0.0245) +
      (43_800 * (1 + 1)) / 1_000_000,
    // The check that the endpoint looks at.
    "Amazon Route 53": 0.5,
    // A budget with an action, 0.1 USD a day.
    "AWS Budgets": (730 / 24) * 0.1,
    // Each second one request, and 5 % of the nine others.
    "AWS X-Ray": (2_628_000 * (1 + 9 * 0.05) * 5) / 1_000_000,
    // 8 KB for each answer; both regions cost the same.
    "Data transfer": ((requests * 8) / 1_048_576) * 0.09,
    // A whole copy of the table each day, kept for 35 days, in Ireland: 35 of them in a month of 730 hours.
    "AWS Backup": 20 * 35 * 0.11,
  };

  // Ten environments of 1 GB in each region, all month: 26,280,000 GB-seconds in each.
  const kept = 10 * 730 * 3600 * (0.0000037168 + 0.0000040118);
  const lambdaRequests = (requests * 0.2) / 1_000_000;
  // The alarm that the endpoint's check looks at, two dashboards, and a count of cold starts in each region.
  const watched = 0.1 + 2 * 3 + 2 * 0.3;

  /** With the traffic in Ireland. */
  const quietly = {
    ...standing,
    "Amazon DynamoDB": standing["Amazon DynamoDB"] + (read * 0.1415) / 1_000_000,
    "AWS Lambda": lambdaRequests + kept + gbSeconds * 0.0000086726,
    "Amazon API Gateway": (requests * 1.11) / 1_000_000,
    "Amazon CloudWatch": watched + logGb * 0.57 + logGb * (30 / 30.4) * 0.15 * 0.03,
  };

  /** With the traffic in Frankfurt. */
  const moved = {
    ...standing,
    "Amazon DynamoDB": standing["Amazon DynamoDB"] + (read * 0.1525) / 1_000_000,
    "AWS Lambda": lambdaRequests + kept + gbSeconds * 0.0000093609,
    "Amazon API Gateway": (requests * 1.2) / 1_000_000,
    "Amazon CloudWatch": watched + logGb * 0.63 + logGb * (30 / 30.4) * 0.15 * 0.0324,
  };

  const { quiet, failover } = stageCosts(shop, "optimization");

  test("costs what is calculated by hand while Ireland serves, to the cent", () => {
    expectCosts(quiet, quietly);
    expect(quiet.servingRegion).toBe("eu-west-1");
  });

  test("costs what is calculated by hand while Frankfurt serves, to the cent", () => {
    expectCosts(failover, moved);
    expect(failover?.servingRegion).toBe("eu-central-1");
    expect(cents((failover?.usd ?? 0) - quiet.usd)).toBe(cents(sumOf(moved) - sumOf(quietly)));
  });
});
