import { type DataFile, type Limits, limitKinds, type SourcedLimits } from "../../values/constraint";

/** How the limits are called in a difference. */
const names: Readonly<Record<(typeof limitKinds)[number], string>> = {
  minLength: "shortest",
  maxLength: "longest",
  min: "smallest",
  max: "largest",
  minItems: "fewest entries",
  maxItems: "most entries",
  pattern: "pattern",
  enum: "values",
};

/** What differs between the data as it stands and as its sources say now, one line each: `aws_x.y: longest 64 → 128`. */
export function differencesOf(old: DataFile | undefined, now: DataFile): string[] {
  const services = Object.entries(now.services)
    .filter(([name, version]) => old && old.services[name] !== undefined && old.services[name] !== version)
    .map(([name, version]) => `${name}: API version ${old?.services[name]} → ${version}`);
  const types = [...new Set([...Object.keys(old?.types ?? {}), ...Object.keys(now.types)])].sort();
  return [...services, ...types.flatMap((type) => differencesOfType(type, old, now))];
}

function differencesOfType(type: string, old: DataFile | undefined, now: DataFile): string[] {
  const before = old?.types[type];
  const after = now.types[type];
  if (!before) return [`${type}: new, ${Object.keys(after ?? {}).length} attributes`];
  if (!after) return [`${type}: gone`];
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return paths.flatMap((path) => changes(before[path], after[path]).map((change) => `${type}.${path}: ${change}`));
}

function changes(before: SourcedLimits | undefined, after: SourcedLimits | undefined): string[] {
  if (!before) return [`new, ${sourceOf(after)}`];
  if (!after) return ["gone from the models"];
  const source = sourceOf(before) === sourceOf(after) ? [] : [`source ${sourceOf(before)} → ${sourceOf(after)}`];
  return [...source, ...limitKinds.flatMap((kind) => change(kind, before, after))];
}

function change(kind: keyof Limits, before: Limits, after: Limits): string[] {
  if (kind === "enum" && before.enum && after.enum) {
    const gone = before.enum.filter((value) => !after.enum?.includes(value));
    const come = after.enum.filter((value) => !before.enum?.includes(value));
    return [
      ...(come.length > 0 ? [`values + ${come.join(", ")}`] : []),
      ...(gone.length > 0 ? [`values - ${gone.join(", ")}`] : []),
    ];
  }
  const [was, is] = [before[kind], after[kind]];
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [`${names[kind]} ${shown(was)} → ${shown(is)}`];
}

const shown = (value: unknown): string =>
  value === undefined ? "none" : Array.isArray(value) ? value.join(", ") : String(value);

const sourceOf = (limits: SourcedLimits | undefined): string =>
  limits?.api ?? limits?.cfn ?? limits?.same ?? "no source";
