import { limitKinds } from "../../values/constraint";
import { typeValues } from "../../values/limits-of";
import { languages } from "../../values/types/languages";
import { limitsAt, type SentAttribute } from "./attributes";

/** Who looks at the values of an attribute. */
export interface Checked {
  readonly by:
    | "API model"
    | "cfn-lint"
    | "own rule"
    | "language"
    | "provider"
    | "boolean"
    | "reference"
    | "toolkit"
    | "nothing";
  /** The place in the model, the page, or the reason. */
  readonly where: string;
}

/** What checks an attribute. */
export function checkOf({ type, path, literals }: SentAttribute): Checked {
  const { own = {}, computed = {}, unchecked = {} } = typeValues(type) ?? {};
  const language = languages[type]?.[path];
  const reason = computed[path];
  if (reason) return { by: "toolkit", where: reason };
  if (language) return { by: "language", where: `${language.language}, ${language.see}` };
  if (own[path]) return { by: "own rule", where: own[path].see };
  const limits = limitsAt(type, path);
  if (limits && limitKinds.some((kind) => limits[kind] !== undefined)) {
    const { api, cfn, says } = limits;
    if (says) return { by: "own rule", where: "as its repeated block" };
    const ofModel = api && limitKinds.some((kind) => limits[kind] !== undefined && !limits.fromCfn?.includes(kind));
    return ofModel ? { by: "API model", where: api } : { by: "cfn-lint", where: cfn ?? "" };
  }
  if (path.startsWith("timeouts.")) return { by: "provider", where: "a length of time" };
  if (literals.size === 0) return { by: "reference", where: limits?.api ?? limits?.cfn ?? "" };
  if ([...literals].every((value) => typeof value === "boolean"))
    return { by: "boolean", where: limits?.api ?? limits?.cfn ?? "" };
  return { by: "nothing", where: unchecked[path] ?? "" };
}
