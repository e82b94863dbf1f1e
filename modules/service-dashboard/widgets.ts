/** A widget of a dashboard body. The layout adds `x`, `y`, `width` and `height`. */
export interface Widget {
  readonly type: "text" | "metric" | "log" | "alarm";
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An entry of `metrics`: namespace, name, dimensions and options, or just an expression. */
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
  /** A horizontal line that shows a limit. */
  readonly limit?: { readonly label: string; readonly value: number };
}

/** A time series graph of metrics in one region. */
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

/** A Markdown text. */
export function text(markdown: string): Widget {
  return { type: "text", properties: { markdown } };
}

/** The states of alarms; the widget allows at most 100. */
export function alarms(title: string, alarmArns: readonly string[]): Widget {
  return { type: "alarm", properties: { title, alarms: alarmArns } };
}

/** A table with the results of a Logs Insights query over log groups in one region. */
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
