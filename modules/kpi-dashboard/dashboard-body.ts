import type { KpiDashboardConfig } from "./config";
import { formulas, type KpiMetric, type KpiService, runsInContainers, seriesOf } from "./service-kpis";

export interface KpiSubject {
  readonly environment: string;
  /** The region whose console the dashboard is opened in. */
  readonly homeRegion: string;
  readonly services: readonly KpiService[];
}

interface Widget {
  readonly type: "text" | "metric";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Periods of five minutes are kept for 63 days. */
const fineSeconds = 300;
const daySeconds = 86_400;

/** One row of numbers for each service, one graph of them by day, and what it promises. The same input gives the same output. */
export function dashboardBody(subject: KpiSubject, { start }: KpiDashboardConfig): object {
  const rows: Widget[][] = [
    [{ type: "text", width: 24, height: 3, properties: { markdown: header(subject) } }],
    ...subject.services.flatMap((service) => [numbers(service, subject), graphs(service, subject)]),
    [{ type: "text", width: 24, height: 3 + subject.services.length, properties: { markdown: promises(subject) } }],
  ];
  let y = 0;
  const widgets = rows.flatMap((row) => {
    let x = 0;
    const placed = row.map(({ width, height, ...widget }) => {
      const at = { ...widget, x, y, width, height };
      x += width;
      return at;
    });
    y += Math.max(...row.map(({ height }) => height));
    return placed;
  });
  return { start, periodOverride: "inherit", widgets };
}

function numbers(service: KpiService, { homeRegion }: KpiSubject): Widget[] {
  const { name, objectivePercent } = service;
  const whole = (title: string, expression: string, series: KpiMetric[]): Widget =>
    single(`${name}: ${title}`, homeRegion, [[{ expression, label: title }], ...series], true);
  const promised = [
    whole("availability, %", formulas.availability(service), seriesOf(service, ["r", "f"])),
    ...(objectivePercent === undefined
      ? []
      : [whole("error budget left, %", formulas.budgetLeft(service), seriesOf(service, ["r", "f"]))]),
  ];
  if (runsInContainers(service)) {
    return [
      ...promised,
      whole("99th percentile, ms", formulas.slowest(service), seriesOf(service, ["l"])),
      recovery(service, homeRegion),
      whole("USD per 1,000 requests", formulas.cost(service), seriesOf(service, ["h", "r", "f", "q", "w"])),
      whole("tasks", formulas.tasks(service), seriesOf(service, ["h"])),
    ];
  }
  return [
    ...promised,
    whole("failed invocations, %", formulas.errors(service), seriesOf(service, ["i", "e"])),
    recovery(service, homeRegion),
    whole("USD per 1,000 requests", formulas.cost(service), seriesOf(service, ["i", "d", "r", "f", "q", "w"])),
    whole("cold starts, %", formulas.coldStarts(service), seriesOf(service, ["i", "c"])),
  ];
}

/**
 * The mean length of the times in which it failed: minutes in which too many requests failed, by the number of times that this began. From
 * metrics, because a dashboard cannot read the history of alarms.
 */
function recovery(service: KpiService, region: string): Widget {
  const { name, failingPercent } = service;
  const title = "mean minutes to recovery";
  return single(`${name}: ${title}`, region, [
    [{ expression: "TIME_SERIES(SUM(failing) * 5 / SUM(began))", label: title }],
    [{ id: "failing", expression: `IF(${formulas.failing(service)} > ${failingPercent}, 1, 0)`, visible: false }],
    [{ id: "began", expression: "IF(DIFF(failing) > 0, 1, 0)", visible: false }],
    ...seriesOf(service, ["f", "r"]),
  ]);
}

function single(title: string, region: string, metrics: readonly KpiMetric[], whole = false): Widget {
  return {
    type: "metric",
    width: 4,
    height: 4,
    properties: {
      title,
      region,
      view: "singleValue",
      metrics,
      period: fineSeconds,
      ...(whole ? { setPeriodToTimeRange: true } : {}),
    },
  };
}

function graphs(service: KpiService, { homeRegion }: KpiSubject): Widget[] {
  const { name, objectivePercent } = service;
  const byDay = (
    title: string,
    lines: readonly [label: string, expression: string][],
    series: KpiMetric[],
  ): Widget => ({
    type: "metric",
    width: 12,
    height: 5,
    properties: {
      title: `${name}: ${title}`,
      region: homeRegion,
      view: "timeSeries",
      period: daySeconds,
      metrics: [...lines.map(([label, expression]): KpiMetric => [{ expression, label }]), ...series],
      yAxis: { left: { showUnits: false } },
      ...(title.startsWith("availability") && objectivePercent !== undefined
        ? { annotations: { horizontal: [{ label: "objective", value: objectivePercent }] } }
        : {}),
    },
  });
  return [
    byDay("availability by day, %", [["availability", formulas.availability(service)]], seriesOf(service, ["r", "f"])),
    runsInContainers(service)
      ? byDay("99th percentile by day, ms", [["99th percentile", formulas.slowest(service)]], seriesOf(service, ["l"]))
      : byDay(
          "cold starts and failures by day, %",
          [
            ["cold starts", formulas.coldStarts(service)],
            ["failed invocations", formulas.errors(service)],
          ],
          seriesOf(service, ["i", "c", "e"]),
        ),
  ];
}

const header = ({ environment, services }: KpiSubject): string =>
  [
    `# KPIs of ${environment}`,
    `Over the time range above, all regions of a service together. \`evenkeel kpi ${environment}\` has them by region, recoveries from the history of alarms, and the last drills. Costs leave out provisioned concurrency, and tables that several services share.${services.some(runsInContainers) ? " Those of containers are of their tasks, without load balancers and networks." : ""} Made by Terraform: what is changed here by hand is lost.`,
  ].join("\n\n");

/** When drills were is not known here: AWS FIS has no metric of it. */
function promises({ environment, services }: KpiSubject): string {
  const rows = services.map(
    ({ name, objectivePercent, recoveryTimeSeconds }) =>
      `| ${name} | ${objectivePercent === undefined ? "none" : `${objectivePercent} %`} | ${recoveryTimeSeconds === undefined ? "none" : `${recoveryTimeSeconds} s`} | \`evenkeel kpi ${environment}\` |`,
  );
  return [
    "| service | availability | recovery time after the loss of a region | last drill |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
