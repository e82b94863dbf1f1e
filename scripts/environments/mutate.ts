import { type Draw, drawing } from "../random";
import { limitsOf, partsAt, type SchemaPart, validValue } from "./schema";
import { otherNumber, otherText, otherType } from "./values";

export type Step = string | number;

/** A place in an environment, with what stands there. */
interface Place {
  readonly path: readonly Step[];
  readonly value: unknown;
  readonly parent: Container;
  readonly step: Step;
}

type Container = Record<Step, unknown>;

/** What an environment becomes, and what was done to it. */
export interface Mutated {
  readonly input: unknown;
  /** `services[0].function.memoryMb: number`, for each change. */
  readonly changes: readonly string[];
}

/** An edit at a place; undefined where it does not fit. */
type Edit = (place: Place, context: Context) => string | undefined;

interface Context {
  readonly draw: Draw;
  readonly schema: SchemaPart;
  readonly places: readonly Place[];
}

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

const put = ({ parent, step }: Place, value: unknown): void => {
  Object.defineProperty(parent, step, { value, enumerable: true, configurable: true, writable: true });
};

const edits: readonly Edit[] = [
  function another(place, { draw, schema }) {
    const { value, path } = place;
    const parts = partsAt(schema, path);
    if (typeof value === "string") put(place, otherText(value, draw));
    else if (typeof value === "number") put(place, otherNumber(value, limitsOf(parts), draw));
    else if (typeof value === "boolean") put(place, !value);
    else return undefined;
    return `another ${typeof value}`;
  },
  function choice(place, { draw, schema }) {
    const values = partsAt(schema, place.path).flatMap(
      (part) => part.enum ?? (part.const === undefined ? [] : [part.const]),
    );
    const others = values.filter((value) => value !== place.value);
    if (others.length === 0) return undefined;
    put(place, draw(others));
    return "another choice";
  },
  function type(place, { draw }) {
    put(place, otherType(place.value, draw));
    return "another type";
  },
  function removal(place) {
    if (Array.isArray(place.parent)) place.parent.splice(Number(place.step), 1);
    else delete place.parent[place.step];
    return "removed";
  },
  function duplicate(place, { draw }) {
    const copy = structuredClone(place.value);
    if (Array.isArray(place.parent)) place.parent.push(copy);
    else place.parent[draw([`${place.step}2`, String(place.step).toUpperCase(), "copy"])] = copy;
    return "doubled";
  },
  function swap(place, { draw, places }) {
    const alike = places.filter(({ value }) => typeof value === typeof place.value);
    const other = draw(alike);
    const value = structuredClone(other.value);
    put(other, structuredClone(place.value));
    put(place, value);
    return "swapped with another place";
  },
  function unknown(place, { draw }) {
    if (!isContainer(place.value) || Array.isArray(place.value)) return undefined;
    const name = draw(["unknown", "Name", "nmae", "constructor", "__proto__", "toString", "", "a.b", "x".repeat(200)]);
    const value = draw<unknown>(["x", 1, null, {}, []]);
    Object.defineProperty(place.value, name, { value, enumerable: true, configurable: true, writable: true });
    return `with the field ${JSON.stringify(name.slice(0, 20))}`;
  },
  function option(place, { draw, schema }) {
    if (!isContainer(place.value) || Array.isArray(place.value)) return undefined;
    const { value } = place;
    const missing = partsAt(schema, place.path).flatMap(({ properties = {} }) =>
      Object.entries(properties).filter(([name]) => !Object.hasOwn(value, name)),
    );
    if (missing.length === 0) return undefined;
    const [name, part] = draw(missing);
    value[name] = validValue(part, draw);
    return `with the option ${name}`;
  },
  function entry(place, { draw, schema }) {
    if (!isContainer(place.value)) return undefined;
    const [part] = partsAt(schema, place.path).filter(
      ({ items, additionalProperties }) => items ?? additionalProperties,
    );
    if (!part) return undefined;
    if (Array.isArray(place.value)) {
      if (!part.items) return undefined;
      place.value.push(validValue(part.items, draw));
    } else {
      Object.assign(place.value, validValue({ ...part, properties: {} }, draw));
    }
    return "with another entry";
  },
  function renamed(place, { draw }) {
    if (Array.isArray(place.parent)) return undefined;
    const name = otherText(String(place.step), draw);
    delete place.parent[place.step];
    Object.defineProperty(place.parent, name, {
      value: place.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return `called ${JSON.stringify(name.slice(0, 40))}`;
  },
];

const stages = ["foundation", "hardening", "optimization"];
const regions = [
  "eu-west-1",
  "eu-central-1",
  "eu-west-2",
  "us-east-1",
  "ap-south-1",
  "me-central-1",
  "cn-north-1",
  "us-gov-west-1",
];

/** Changes of the whole: its stage and regions. */
function atLarge(input: Container, { draw, schema }: Context): string {
  const capabilities = Object.keys(partsAt(schema, ["exceptions"])[0]?.properties ?? {});
  const names =
    capabilities.length > 0 ? capabilities : (partsAt(schema, ["exceptions"])[0]?.propertyNames?.enum ?? ["alarms"]);
  const changes: readonly (() => string)[] = [
    () => {
      input.stage = draw(stages);
      return `stage: ${input.stage}`;
    },
    () => {
      const standby = Array.from({ length: draw([0, 1, 1, 2]) }, () => draw(regions));
      input.regions = { home: draw(regions), standby };
      return `regions: ${JSON.stringify(input.regions)}`;
    },
    () => {
      const exceptions = isContainer(input.exceptions) ? input.exceptions : {};
      const name = String(draw(names));
      input.exceptions = { ...exceptions, [name]: { enabled: draw([true, false]), reason: "to see what it does" } };
      return `exceptions.${name}`;
    },
    () => {
      input.disposable = draw([true, false]);
      input.state = draw<unknown>([input.state, { backend: "local" }]);
      return "state";
    },
  ];
  return draw(changes)();
}

/** Changes a copy of an environment at one to three places, by a seed. */
export function mutated(original: unknown, schema: SchemaPart, seed: string): Mutated {
  const draw = drawing(seed);
  // As text and back, because parts are shared between environments.
  const input = JSON.parse(JSON.stringify(original)) as Container;
  const changes: string[] = [];
  const count = draw([1, 1, 1, 2, 3]);
  while (changes.length < count) {
    const places = placesIn(input);
    const context: Context = { draw, schema, places };
    if (places.length === 0) break;
    if (draw([true, ...Array<boolean>(9).fill(false)])) {
      changes.push(atLarge(input, context));
      continue;
    }
    const place = draw(places);
    const change = draw(edits)(place, context);
    if (change !== undefined) changes.push(`${inWords(place.path)}: ${change}`);
  }
  return { input, changes };
}

function placesIn(value: unknown, path: readonly Step[] = []): Place[] {
  if (!isContainer(value) || value instanceof Date || path.length > 20) return [];
  const list = Array.isArray(value);
  return Object.keys(value).flatMap((name) => {
    const step = list ? Number(name) : name;
    const at = [...path, step];
    const inner = value[step];
    return [{ path: at, value: inner, parent: value, step }, ...placesIn(inner, at)];
  });
}

function inWords(path: readonly Step[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step.slice(0, 40)}`))
    .join("")
    .slice(1);
}
