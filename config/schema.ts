import type { z } from "zod";
import {
  type BaseEnvironment,
  type CapabilityFields,
  environmentSchema,
  type FieldPoint,
  fieldPoints,
  type Rule,
  type Shape,
} from "../contract";
import { ConfigError, type Report, withRule } from "../modules/core";
import { baseRules, rulesOfStages } from "./rules";
import { inEveryRegion } from "./rules/regional-overrides";
import type { EnabledAtStage, StageTable } from "./stages";

/**
 * The schema of an environment: the base and the fields of all capabilities, with the rules of both. It is closed:
 * undeclared fields are rejected.
 * @param rules of the capabilities and of a team, in addition to those of the base
 * @throws ConfigError when two capabilities add a field of the same name to the same place
 */
export function joinedSchema(table: StageTable, rules: readonly Rule[]): z.ZodType<BaseEnvironment> {
  const added = Object.fromEntries(fieldPoints.map((point) => [point, addedTo(point, table)]));
  const schema = environmentSchema(added as Record<FieldPoint, Shape>, table.names);
  const all = [...baseRules, ...rulesOfStages(table), ...rules];
  const enabled = new WeakMap<BaseEnvironment, EnabledAtStage>();
  const enabledIn = (environment: BaseEnvironment): EnabledAtStage => {
    const known = enabled.get(environment) ?? table.enabled(environment.stage, environment.exceptions);
    enabled.set(environment, known);
    return known;
  };
  const checkOf = (rule: Rule) => (environment: BaseEnvironment, report: Report) => {
    rule.check(environment, report, enabledIn(environment));
  };
  const regional = all.filter(({ knowsRegions }) => !knowsRegions).map(checkOf);
  return withRule(schema as z.ZodType<BaseEnvironment>, ...all.map(checkOf), inEveryRegion(regional));
}

function addedTo(point: FieldPoint, table: StageTable): Shape {
  const owners = new Map<string, string>();
  const shapes = table.capabilities.map(({ name, fields }) => {
    const shape: Shape = (fields as CapabilityFields | undefined)?.[point] ?? {};
    for (const field of Object.keys(shape)) {
      const owner = owners.get(field) ?? (field in baseFields(point) ? "the base" : undefined);
      if (owner) {
        throw new ConfigError("capabilities", [
          {
            path: `${name}.fields.${point}.${field}`,
            message: `is already a field of ${owner}; give it another name`,
            received: field,
          },
        ]);
      }
      owners.set(field, name);
    }
    return shape;
  });
  return Object.assign({}, ...shapes);
}

/** The fields that a part of an environment has without any capability. */
export function baseFields(point: FieldPoint): Shape {
  baseShapes ??= shapesOfBase();
  return baseShapes[point];
}

let baseShapes: Readonly<Record<FieldPoint, Shape>> | undefined;

function shapesOfBase(): Readonly<Record<FieldPoint, Shape>> {
  const none: Record<FieldPoint, Shape> = {
    environment: {},
    service: {},
    container: {},
    edge: {},
    table: {},
    bus: {},
    database: {},
  };
  const { shape } = environmentSchema(none, []);
  const service = shape.services.unwrap().element.shape;
  return {
    environment: shape,
    service,
    container: shape.containers.unwrap().element.shape,
    edge: service.edge.unwrap().shape,
    table: shape.tables.unwrap().element.shape,
    bus: shape.eventBuses.unwrap().element.shape,
    database: shape.databases.unwrap().element.shape,
  };
}
