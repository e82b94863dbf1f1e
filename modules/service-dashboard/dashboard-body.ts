import { idPlaceholder } from "../saved-queries";
import type { ServiceDashboardConfig } from "./config";
import { containerSections } from "./container-sections";
import { header } from "./header";
import { sections } from "./sections";
import { type DashboardSubject, inContainer, type ServiceRegion, type ShownRegion } from "./service-region";
import type { Section } from "./shared-sections";
import { text, type Widget } from "./widgets";

/** A widget with its position on the grid of 24 columns. */
export interface PlacedWidget extends Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The body of a dashboard, before it becomes JSON. */
export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: "inherit";
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  readonly widgets: readonly PlacedWidget[];
}

const columns = 24;

/**
 * The body of a service's dashboard. The same input gives the same output.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(subject: DashboardSubject, config: ServiceDashboardConfig): DashboardBody {
  const { regions } = subject;
  const widgets: PlacedWidget[] = [];
  let y = 0;
  const addRow = (row: readonly Widget[], width: number, height: number) => {
    const perRow = Math.max(1, Math.floor(columns / width));
    row.forEach((widget, index) => {
      const line = Math.floor(index / perRow);
      widgets.push({ ...widget, x: (index % perRow) * width, y: y + line * height, width, height });
    });
    y += Math.ceil(row.length / perRow) * height;
  };

  addRow([text(header(subject, config))], columns, 4 + regions.length);
  for (const section of sectionsOf(regions, config.periodSeconds)) {
    const { rows } = section;
    if (rows.length === 0) continue;
    addRow([text(`## ${section.title}`)], columns, 1);
    const width = section.wide ? columns : Math.max(6, Math.floor(columns / regions.length));
    for (const row of rows) addRow(row, width, section.wide ? 8 : 6);
  }
  return { start: config.start, periodOverride: "inherit", variables: [idVariable], widgets };
}

/** A part of the dashboard with its widgets. */
interface FilledSection extends Pick<Section<never>, "title" | "wide"> {
  readonly rows: readonly (readonly Widget[])[];
}

/** A service runs in functions or in containers, in all of its regions alike. */
function sectionsOf(regions: readonly ShownRegion[], periodSeconds: number): FilledSection[] {
  const containers = regions.filter(inContainer);
  if (containers.length > 0) return filled(containerSections(containers), containers, periodSeconds);
  const functions = regions.filter((of): of is ServiceRegion => !inContainer(of));
  return filled(sections(functions), functions, periodSeconds);
}

const filled = <R>(all: readonly Section<R>[], regions: readonly R[], periodSeconds: number): FilledSection[] =>
  all.map(({ rows, ...section }) => ({
    ...section,
    rows: rows
      .map((widget) => regions.flatMap((region) => widget(region, periodSeconds) ?? []))
      .filter((row) => row.length > 0),
  }));

/** An input field at the top of the dashboard for the id to follow. */
const idVariable = {
  type: "pattern",
  pattern: idPlaceholder,
  inputType: "input",
  id: "followed",
  label: "Id to follow: correlation id, or request id of the API or the function",
  defaultValue: idPlaceholder,
  visible: true,
};
