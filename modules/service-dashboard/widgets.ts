/** One widget of a dashboard body; `x`, `y`, `width` and `height` are added by the layout. */
export interface Widget {
  readonly type: "text" | "metric" | "log" | "alarm";
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A row of `metrics`: namespace, name, dimensions, options; or an expression alone. */
export type Metric = readonly (string | MetricOptions)[];

export interface MetricOptions {
  readonly stat?: string;
  readonly label?: string;
  readonly yAxis?: "right";
  readonly id?: string;
  readonly expression?: string;
  readonly visible?: boolean;
}

export interface GraphProps {
  readonly title: string;
  readonly region: string;
  readonly periodSeconds: number;
  readonly metrics: readonly Metric[];
  readonly left: string;
  readonly right?: string;
  /** A horizontal line: a limit. */
  readonly limit?: { readonly label: string; readonly value: number };
}

/** A graph over time of the metrics of one region. */
export function graph({ title, region, periodSeconds, metrics, left, right, limit }: GraphProps): Widget {
  return {
    type: "metric",
    properties: {
      title,
      region,
      view: "timeSeries",
      period: periodSeconds,
      metrics,
      yAxis: {
        left: { label: left, showUnits: false, min: 0 },
        ...(right ? { right: { label: right, showUnits: false, min: 0 } } : {}),
      },
      ...(limit ? { annotations: { horizontal: [limit] } } : {}),
    },
  };
}

/** A text in Markdown. */
export function text(markdown: string): Widget {
  return { type: "text", properties: { markdown } };
}

/** The states of alarms; the widget takes at most 100. */
export function alarms(title: string, alarmArns: readonly string[]): Widget {
  return { type: "alarm", properties: { title, alarms: alarmArns } };
}

/** A table of what a Logs Insights query finds in the log groups of one region. */
export function logTable(props: {
  title: string;
  region: string;
  logGroups: readonly string[];
  query: string;
}): Widget {
  const { title, region, logGroups, query } = props;
  const sources = logGroups.map((name) => `SOURCE '${name}'`).join(" | ");
  return { type: "log", properties: { title, region, view: "table", query: `${sources} | ${query}` } };
}
