import type { Finding, Gate } from "../../contract/gate";
import { type ResourceChange, valueAt } from "../../terraform";
import { type ChangedArgument, changedResources, findingsOfArguments, shown } from "../changed-arguments";
import { isPublic, statementsOf } from "../policies";
import { originUseVariable } from "./no-early-refusal";
import { accessPolicies } from "./no-lockout";

type Weaker = (before: unknown, after: unknown) => boolean;

const turnsOff: Weaker = (before, after) => isOn(before) && !isOn(after);
const turnsOn: Weaker = (before, after) => isOn(after) && !isOn(before);
const goes: Weaker = (before, after) => !isEmpty(before) && isEmpty(after);
const loses: Weaker = (before, after) =>
  Array.isArray(before) && before.some((one) => !(Array.isArray(after) && after.includes(one)));
const shrinks: Weaker = (before, after) => Number(before) > Number(after ?? 0);
const isFurtherIn =
  (...fromStrict: readonly string[]): Weaker =>
  (before, after) =>
    fromStrict.includes(String(before)) && place(fromStrict, after) > place(fromStrict, before);
const becomesNone: Weaker = (before, after) =>
  !isEmpty(before) && before !== "NONE" && (isEmpty(after) || after === "NONE");

/** Arguments that keep others out, or keep what is sent secret, by name, in any resource type. */
export const securityArguments: Readonly<Record<string, Weaker>> = {
  // Encryption on the way
  minimum_protocol_version: isOlderTls,
  security_policy: isOlderTls,
  ssl_policy: isOlderTls,
  tls_security_policy: isOlderTls,
  security_policy_name: isOlderTls,
  tls_policy: isFurtherIn("Require", "Optional"),
  origin_ssl_protocols: (before, after) =>
    Array.isArray(before) && Array.isArray(after) && oldest(after) < oldest(before),
  viewer_protocol_policy: isFurtherIn("https-only", "redirect-to-https", "allow-all"),
  origin_protocol_policy: isFurtherIn("https-only", "match-viewer", "http-only"),
  require_tls: turnsOff,
  tls_enabled: turnsOff,
  enforce_https: turnsOff,
  transit_encryption_enabled: turnsOff,
  transit_encryption_mode: isFurtherIn("required", "preferred"),
  transit_encryption: isFurtherIn("ENABLED", "DISABLED"),
  in_transit_encryption: turnsOff,
  enable_inter_container_traffic_encryption: turnsOff,
  insecure_ssl: turnsOn,
  disable_ssl: turnsOn,
  access_control_max_age_sec: shrinks,
  signature_version: shrinks,
  mutual_tls_authentication: goes,

  // Who may call
  authorization_type: becomesNone,
  authorization: becomesNone,
  function_url_auth_type: becomesNone,
  authentication_type: becomesNone,
  auth_type: becomesNone,
  authorization_scopes: loses,
  api_key_required: turnsOff,
  disable_execute_api_endpoint: turnsOff,
  iam_auth: isFurtherIn("REQUIRED", "ENABLED", "DISABLED"),
  iam_database_authentication_enabled: turnsOff,
  http_tokens: isFurtherIn("required", "optional"),
  permissions_boundary: goes,
  source_arn: goes,
  source_account: goes,
  trusted_key_groups: loses,
  trusted_signers: loses,

  // Who reaches it
  publicly_accessible: turnsOn,
  is_publicly_accessible: turnsOn,
  endpoint_public_access: turnsOn,
  map_public_ip_on_launch: turnsOn,
  associate_public_ip_address: turnsOn,
  assign_public_ip: turnsOn,
  auto_assign_public_ips: turnsOn,
  block_public_acls: turnsOff,
  block_public_policy: turnsOff,
  ignore_public_acls: turnsOff,
  restrict_public_buckets: turnsOff,
  block_public_security_group_rules: turnsOff,
  public_access: turnsOn,

  // What stands in front
  web_acl_id: goes,
  web_acl_arn: goes,
  response_headers_policy_id: goes,
  content_security_policy: goes,
  origin_access_control_id: goes,
};

/** Nothing becomes easier to reach, to call or to read. */
export const noWeakerSecurity: Gate = {
  id: "no-weaker-security",
  statement: "Nothing becomes easier to reach, to call or to read along the way.",
  why: "It takes effect at once and nothing fails, so nobody notices.",
  howToFix:
    "keep the argument as it is; if it is meant, name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan) => [
    ...findingsOfArguments(plan, whatWeakens),
    ...changedResources(plan).flatMap((resource) => [
      ...weakerRules(resource),
      ...weakerParameters(resource),
      ...openGroups(resource),
    ]),
  ],
};

function whatWeakens({ resource, name, last, before, after, isUnknown }: ChangedArgument): string | undefined {
  if (isUnknown) return undefined;
  if (accessPolicies[resource.type]?.[name]) {
    const [was, is] = [statementsOf(before) ?? [], statementsOf(after) ?? []];
    if (isPublic(is) && !isPublic(was)) return `${name} would let anybody in`;
    const denied = was.filter((one) => one.effect === "Deny" && !is.some((other) => sameText(one, other)));
    const actions = [...new Set(denied.flatMap((one) => one.actions))].join(", ");
    return denied.length > 0 ? `${name} would no longer deny ${actions} as before` : undefined;
  }
  const weaker =
    securityArguments[last]?.(before, after) ||
    (name === "cors_configuration.allow_origins" && isAnyOrigin(after) && !isAnyOrigin(before)) ||
    (last === originUseVariable && before === "required" && after !== before) ||
    (/^cidr_ipv[46]$/.test(last) && isEverybody(after) && !isEverybody(before)) ||
    (resource.type === "aws_lambda_permission" && last === "principal" && after === "*") ||
    (/_listener$/.test(resource.type) &&
      last === "protocol" &&
      /^(HTTPS|TLS)$/.test(String(before)) &&
      after !== before);
  return weaker ? `${name} would be ${shown(after)} in place of ${shown(before)}` : undefined;
}

/** The rules of a firewall by name, each with what it does. */
function weakerRules({ address, type, change }: ResourceChange): Finding[] {
  if (!/^aws_wafv2_(web_acl|rule_group)$/.test(type)) return [];
  const [was, is] = [rulesOf(change.before), rulesOf(change.after)];
  return [...was].flatMap(([name, action]) => {
    const removes = `${address}.rule["${name}"]`;
    const now = is.get(name);
    if (now === undefined) return [{ address, message: `its rule "${name}" would be gone`, removes }];
    if (!/block|captcha|challenge|none/.test(action) || /block|captcha|challenge|none/.test(now)) return [];
    return [{ address, message: `its rule "${name}" would ${now} in place of ${action}`, removes }];
  });
}

function rulesOf(values: unknown): Map<string, string> {
  const rules = asList(valueAt(values, ["rule"])).map((rule): [string, string] => [
    String(valueAt(rule, ["name"])),
    kindOf(valueAt(rule, ["action", 0])) ?? kindOf(valueAt(rule, ["override_action", 0])) ?? "none",
  ]);
  const standard = kindOf(valueAt(values, ["default_action", 0]));
  return new Map([...rules, ...(standard ? [["default", standard] as const] : [])]);
}

const kindOf = (action: unknown): string | undefined =>
  Object.entries((action ?? {}) as object).find(([, blocks]) => Array.isArray(blocks) && blocks.length > 0)?.[0];

/** Parameters of databases that keep connections encrypted, with the values that do. */
const strictParameters: Readonly<Record<string, RegExp>> = {
  "rds.force_ssl": /^1$/,
  require_secure_transport: /^(1|ON)$/i,
  require_ssl: /^(1|true)$/i,
  tls: /^(enabled|tls1\.[23]\+?|fips-140-3)$/i,
  audit_logs: /^(enabled|1)$/i,
};

function weakerParameters({ address, type, change }: ResourceChange): Finding[] {
  if (!/_parameter_group$/.test(type)) return [];
  const parameters = (values: unknown) =>
    new Map(
      asList(valueAt(values, ["parameter"])).map((one) => [
        String(valueAt(one, ["name"])),
        String(valueAt(one, ["value"])),
      ]),
    );
  const [was, is] = [parameters(change.before), parameters(change.after)];
  return Object.entries(strictParameters).flatMap(([name, strict]) => {
    const [before, after] = [was.get(name) ?? "", is.get(name) ?? ""];
    if (!strict.test(before) || strict.test(after)) return [];
    const message = `its parameter ${name} would be ${shown(after)} in place of ${before}`;
    return [{ address, message, removes: `${address}.parameter["${name}"]` }];
  });
}

function openGroups({ address, type, change }: ResourceChange): Finding[] {
  if (!/_security_group$/.test(type)) return [];
  const open = (values: unknown) =>
    asList(valueAt(values, ["ingress"])).some((rule) =>
      [...asList(valueAt(rule, ["cidr_blocks"])), ...asList(valueAt(rule, ["ipv6_cidr_blocks"]))].some(isEverybody),
    );
  if (!open(change.after) || open(change.before)) return [];
  return [{ address, message: "ingress would be open to everybody", removes: `${address}.ingress` }];
}

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const isOn = (value: unknown): boolean => value === true || value === "true" || value === "ENABLED";
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const isEverybody = (value: unknown): boolean => value === "0.0.0.0/0" || value === "::/0";
const isAnyOrigin = (value: unknown): boolean => Array.isArray(value) && value.includes("*");
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const place = (order: readonly string[], value: unknown): number => {
  const at = order.indexOf(String(value));
  // What is not among them, such as nothing, is the least strict.
  return at < 0 ? order.length : at;
};

/** The oldest version of TLS that the name of a policy allows, and its year: `TLSv1.2_2021`, `TLS_1_2`, `Policy-Min-TLS-1-2-2019-07`. */
function tlsOf(policy: unknown): readonly [version: number, year: number] {
  const text = String(policy ?? "");
  const [, major = "1", minor = "0"] = /TLS(?:13)?[^0-9]*(\d)(?:[._-](\d)(?!\d))?/i.exec(text) ?? [];
  const [year = "0"] = /20\d\d/.exec(text) ?? [];
  return [/^SSL/i.test(text) ? 0 : Number(`${major}.${minor}`), Number(year)];
}

function isOlderTls(before: unknown, after: unknown): boolean {
  if (isEmpty(before)) return false;
  const [[version, year], [newVersion, newYear]] = [tlsOf(before), tlsOf(after)];
  return newVersion < version || (newVersion === version && newYear < year);
}

const oldest = (protocols: readonly unknown[]): number => Math.min(...protocols.map((protocol) => tlsOf(protocol)[0]));
