import type { Attribute, Block, NestedBlock, Type } from "../protocol/schema";
import { hasUnknown, isObject, type ObjectValue, Unknown, type Value } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { byName } from "./by-name";
import { canonical } from "./random";
import { closest, conform, elementType, isEmpty, isLegacy, zeroOf } from "./shapes";
import { applyRule, knownPart, subjectFor, type TypeRules } from "./subject";

/** One resource whose planned state is to become its applied state. */
export interface FillRequest {
  typeName: string;
  block: Block;
  /** The planned state, with unknowns. */
  planned: ObjectValue;
  /** The state before an update; null on create. */
  prior: ObjectValue | null;
  scope: Scope;
  /** Distinguishes resources with the same configuration; 0 for the first. */
  ordinal: number;
  /** Makes other random values; "" if left out. */
  salt?: string;
  /** The type's own rules; empty for a type whose attribute names say enough. */
  rules: TypeRules;
}

/** Where in a resource a value is. */
interface Spot {
  /** Names without positions, as rules are keyed: `replica`, `arn`. */
  path: string[];
  /** Names with positions: `replica[1].arn`. */
  place: string;
  enclosing: ObjectValue;
  /** The value before an update. */
  prior: Value;
  /** The user may set it; AWS's default is then often empty. */
  optional: boolean;
  /** Inside a set of blocks, whose elements the provider distinguishes by what the user can set in them. */
  inSet: boolean;
}

/**
 * Replaces every unknown with a value of the schema's type: from the type's own rule, else from what the attribute's
 * name suggests, else a neutral value. Equal requests give equal values.
 */
export function fill(request: FillRequest): ObjectValue {
  return new Filling(request).run();
}

class Filling {
  private readonly names: string[];
  private readonly filled: ObjectValue = {};
  private readonly inProgress = new Set<string>();
  private readonly context: Parameters<typeof subjectFor>[0];
  /** The newer provider framework, unlike the older SDK, uses null where AWS returns nothing. */
  private readonly framework: boolean;

  constructor(private readonly request: FillRequest) {
    const { typeName, block, planned, prior, scope, ordinal, salt = "" } = request;
    this.names = [...block.attributes, ...block.blocks].map((part) => part.name);
    this.framework = !isLegacy(block);
    this.context = {
      typeName,
      scope,
      prior,
      ordinal,
      names: new Set(this.names),
      seed: [typeName, scope.region, scope.account, canonical(knownPart(planned)), `${ordinal}${salt}`].join("\n"),
      resolve: (name) => this.resolve(name),
    };
  }

  run(): ObjectValue {
    for (const name of this.names) this.resolve(name);
    return Object.fromEntries(this.names.map((name) => [name, this.filled[name] ?? null]));
  }

  /** Fills one top-level name, on first use: rules ask for each other's values. */
  private resolve(name: string): Value {
    if (name in this.filled) return this.filled[name] ?? null;
    // A rule that asks for its own value, directly or through another, gets nothing.
    if (this.inProgress.has(name)) return null;
    this.inProgress.add(name);
    const { block, planned, prior } = this.request;
    const value = planned[name] ?? null;
    const spot = { path: [name], place: name, enclosing: planned, prior: prior?.[name] ?? null, inSet: false };
    const attribute = block.attributes.find((candidate) => candidate.name === name);
    const nested = block.blocks.find((candidate) => candidate.name === name);
    let result = value;
    if (attribute) result = this.attribute(attribute, value, { ...spot, optional: attribute.optional });
    else if (nested) result = this.block(nested, value, { ...spot, optional: true });
    this.inProgress.delete(name);
    this.filled[name] = result;
    return result;
  }

  private attribute(attribute: Attribute, value: Value, spot: Spot): Value {
    // A write-only value is never in the state.
    return attribute.writeOnly ? null : this.typed(attribute.type, value, spot);
  }

  private typed(type: Type, value: Value, spot: Spot): Value {
    if (value instanceof Unknown) return this.make(type, value, spot);
    if (!hasUnknown(value)) return value;
    if (Array.isArray(value)) {
      return value.map((element, index) =>
        this.typed(elementType(type, index), element, {
          ...spot,
          place: `${spot.place}[${index}]`,
          prior: closest(spot.prior, element, index),
        }),
      );
    }
    if (!isObject(value)) return value;
    const steps = typeof type !== "string" && type[0] === "object";
    const entries = Object.entries(value).map(([name, element]): [string, Value] => [
      name,
      this.typed(elementType(type, name), element, {
        ...spot,
        path: steps ? [...spot.path, name] : spot.path,
        place: `${spot.place}.${name}`,
        enclosing: value,
        prior: isObject(spot.prior) ? (spot.prior[name] ?? null) : null,
      }),
    ]);
    return Object.fromEntries(entries);
  }

  /** A value for one unknown. */
  private make(type: Type, unknown: Unknown, spot: Spot): Value {
    const subject = subjectFor(this.context, spot.path, spot.place, spot.enclosing);
    const rule = this.request.rules[spot.path.join(".")];
    const kept = !isEmpty(spot.prior);
    if (rule) {
      const { value, replaces } = applyRule(rule, subject);
      // The older SDK treats a resource without an id as one that is still to be created.
      const usable = value !== "" || spot.place !== "id";
      if (usable) return kept && !replaces ? spot.prior : conform(type, value);
    }
    if (kept && !byName.changesOnUpdate(subject)) return spot.prior;
    if (spot.inSet && spot.optional) return this.nothing(type);
    if (typeof type !== "string") return this.collection(type, unknown, spot);
    if (type === "dynamic") return [Buffer.from('"string"'), ""];
    if (type === "bool") return false;
    if (type === "number") return byName.count(subject, spot.prior);
    const text = byName.text(subject, spot.prior, spot.optional) ?? this.nothing(type);
    const prefix = unknown.refinements.prefix ?? "";
    return typeof text !== "string" || text.startsWith(prefix) ? text : prefix + text;
  }

  private nothing(type: Type): Value {
    return this.framework ? null : zeroOf(type);
  }

  private collection(type: Exclude<Type, string>, unknown: Unknown, spot: Spot): Value {
    const [kind, inner] = type;
    if (kind === "object") {
      const made: ObjectValue = {};
      for (const name of Object.keys(inner)) {
        const within = { path: [...spot.path, name], place: `${spot.place}.${name}`, enclosing: made, prior: null };
        made[name] = this.make(elementType(type, name), new Unknown(), { ...spot, ...within });
      }
      return made;
    }
    if (kind === "map") return spot.place === "tags_all" ? this.allTags() : {};
    // Expressions such as `endpoint[0].address` need one element where AWS decides, and none where the user may decide.
    const usual = spot.optional && typeof inner !== "string" ? 0 : 1;
    const length = kind === "tuple" ? inner.length : Math.max(unknown.refinements.minLength ?? 0, usual);
    return Array.from({ length }, (_, index) =>
      this.make(elementType(type, index), new Unknown(), { ...spot, place: `${spot.place}[${index}]`, prior: null }),
    );
  }

  private allTags(): ObjectValue {
    const tags = this.resolve("tags");
    return { ...this.request.scope.defaultTags, ...(isObject(tags) ? tags : {}) };
  }

  private block(nested: NestedBlock, value: Value, spot: Spot): Value {
    if (value instanceof Unknown) return isEmpty(spot.prior) ? this.unknownBlock(nested, spot) : spot.prior;
    if (!hasUnknown(value)) return value;
    const inSet = spot.inSet || nested.nesting === "set";
    if (Array.isArray(value)) {
      return value.map((element, index) =>
        this.element(nested.block, element, {
          ...spot,
          inSet,
          place: `${spot.place}[${index}]`,
          prior: closest(spot.prior, element, index),
        }),
      );
    }
    if (!isObject(value) || nested.nesting !== "map") return this.element(nested.block, value, spot);
    const entries = Object.entries(value).map(([key, element]): [string, Value] => [
      key,
      this.element(nested.block, element, {
        ...spot,
        place: `${spot.place}.${key}`,
        prior: isObject(spot.prior) ? (spot.prior[key] ?? null) : null,
      }),
    ]);
    return Object.fromEntries(entries);
  }

  /** One element where only AWS decides about it, e.g. a root volume; none where the user must set something in it. */
  private unknownBlock(nested: NestedBlock, spot: Spot): Value {
    const rule = this.request.rules[spot.path.join(".")];
    if (rule) return rule(subjectFor(this.context, spot.path, spot.place, spot.enclosing));
    const single = nested.nesting === "single" || nested.nesting === "group";
    if (nested.nesting === "map") return {};
    const { attributes, blocks } = nested.block;
    const decided = attributes.length > 0 && attributes.every(({ computed }) => computed) && blocks.length === 0;
    if (nested.minItems === 0 && !(decided && nested.nesting === "list")) return single ? null : [];
    const element = this.element(nested.block, new Unknown(), {
      ...spot,
      place: single ? spot.place : `${spot.place}[0]`,
    });
    return single ? element : [element];
  }

  private element(block: Block, value: Value, spot: Spot): Value {
    if (!(value instanceof Unknown) && !isObject(value)) return value;
    const result: ObjectValue = isObject(value) ? { ...value } : {};
    const within = (name: string, optional: boolean): Spot => ({
      path: [...spot.path, name],
      place: `${spot.place}.${name}`,
      enclosing: result,
      prior: isObject(spot.prior) ? (spot.prior[name] ?? null) : null,
      optional,
      inSet: spot.inSet,
    });
    for (const attribute of block.attributes) {
      const { name, computed, required, optional } = attribute;
      const given = isObject(value) ? (value[name] ?? null) : computed || required ? new Unknown() : null;
      result[name] = this.attribute(attribute, given, within(name, optional));
    }
    for (const nested of block.blocks) {
      const given = isObject(value) ? (value[nested.name] ?? null) : new Unknown();
      result[nested.name] = this.block(nested, given, within(nested.name, true));
    }
    return result;
  }
}
