import type { Value } from "../protocol/values";
import { genericArn, kindOf, referredArn } from "./arn";
import type { Subject } from "./subject";

type TextRule = [name: RegExp, make: (subject: Subject, name: string) => string];

const rfc3339 = (subject: Subject): string => subject.random.date().toISOString().replace(".000Z", "Z");
const host = (subject: Subject): string =>
  `${kindOf(subject.typeName)}-${subject.random.lower(12)}.${subject.region}.${subject.dnsSuffix}`;
const ec2Id = (prefix: string) => (subject: Subject) => `${prefix}-${subject.random.hex(17)}`;

/** What an attribute's name says about its value; the first match applies. */
const textRules: TextRule[] = [
  [/^arn$/, (s) => genericArn(s)],
  [/_arns?$/, referredArn],
  [/^id$/, resourceId],
  [/(^|_)(owner_id|owner|account_id|aws_account_id|registry_id|requester_account|accepter_account)$/, (s) => s.account],
  [/(^|_)(region|region_name|aws_region)$/, (s) => s.region],
  [/(^|_)partition$/, (s) => s.partition],
  [/availability_zone_id$/, (s) => `${s.region}-az1`],
  [/availability_zones?$/, (s) => `${s.region}${"abc"[s.index % 3]}`],
  [/(_at|_time|_date|_datetime|timestamp|_on|_after|_before|last_modified|^expiration|^expires)$/, rfc3339],
  [/cidr_block|_cidrs?$|^cidr$/, (s) => `10.${s.index}.0.0/16`],
  [/ipv6_address|ipv6_addresses/, (s) => `2001:db8::${s.random.hex(4)}`],
  [/ipv6_cidr/, (s) => `2001:db8:${s.random.hex(4)}::/56`],
  [
    /(^|_)(ip|ips|ip_address|ip_addresses|ipv4_address|private_ip|public_ip)$/,
    (s) => `10.0.${s.index}.${10 + s.index}`,
  ],
  [/hosted_zone_id$|^zone_id$/, (s) => `Z${s.random.upper(20)}`],
  [/(_url|^url|_uri|^uri)$/, (s) => `https://${host(s)}`],
  [
    /(dns_name|domain_name|hostname|host_name|_host|^host|fqdn|_address|^address|_endpoint|^endpoint|endpoint_address)$/,
    host,
  ],
  [/name_servers?$/, (s) => `ns-${s.index + 1}.${host(s)}`],
  [/(policy|policy_document|_json|^json|definition|document)$/, () => "{}"],
  [/^vpc_id$/, ec2Id("vpc")],
  [/subnet_ids?$/, ec2Id("subnet")],
  [/security_group_ids?$|^security_groups$/, ec2Id("sg")],
  [/network_interface_ids?$/, ec2Id("eni")],
  [/kms_key_id$/, (s) => s.arn("kms", `key/${s.random.uuid()}`)],
  [/route_table_ids?$/, ec2Id("rtb")],
  [/(^|_)unique_id$/, (s) => `AID${s.random.upper(18)}`],
  [/(status|state|lifecycle_state)$/, () => "ACTIVE"],
  [/(etag|_hash|fingerprint|checksum|digest|_md5|_sha256|revision)$/, (s) => s.random.hex(32)],
  [/(^|_)version(_id|_number)?$/, () => "1"],
  [/(_id|_ids|_identifier|_token|_key|_code)$/, (s, name) => ownId(s, name) ?? s.random.hex(16)],
  [/_window$/, () => "sun:05:00-sun:06:00"],
];

/** A type's `<kind>_id` is its id: `detector_id` of `aws_guardduty_detector`. */
function ownId(subject: Subject, name: string): string | undefined {
  const kind = kindOf(subject.typeName).replaceAll("-", "_");
  return name === `${kind}_id` || `aws_${name}` === `${subject.typeName}_id` ? subject.text("id") : undefined;
}

function resourceId(subject: Subject): string {
  const known = ["name", "identifier"].map((name) => (subject.has(name) ? subject.text(name) : "")).find(Boolean);
  return known ?? `${kindOf(subject.typeName)}-${subject.random.hex(17)}`;
}

/** Names that the provider generates: `name_prefix` plus 26 characters. */
function generatedName(subject: Subject, name: string): string {
  const prefix = subject.has(`${name}_prefix`) ? subject.text(`${name}_prefix`) : "";
  return `${prefix || "terraform-"}2025${subject.random.digits(22)}`;
}

const renewed =
  /(etag|_hash|fingerprint|checksum|digest|_md5|_sha256|revision|last_modified|(updated?|modified)_(at|time|date)|update_token|change_token|(^|_)version(_id|_number)?)$/;

/** Values by attribute name only, for types and attributes without a rule. */
export const byName = {
  /** True for values that differ after each change, e.g. an ETag. */
  changesOnUpdate: (subject: Subject): boolean => renewed.test(subject.path),

  /** Undefined for an optional value whose name says nothing: AWS leaves most of them empty. */
  text(subject: Subject, prior: Value, optional: boolean): string | undefined {
    const name = subject.path.split(".").pop() ?? "";
    if (/version/.test(name) && typeof prior === "string" && /^\d+$/.test(prior)) return String(Number(prior) + 1);
    const rule = textRules.find(([pattern]) => pattern.test(name));
    if (rule) return rule[1](subject, name);
    if (subject.has(`${name}_prefix`) || /(^|_)(name|identifier)$/.test(name)) return generatedName(subject, name);
    return optional ? undefined : `${name.replaceAll("_", "-")}-${subject.random.hex(8)}`;
  },

  /** Zero, unless the name indicates a port, or a version, which counts up. */
  count(subject: Subject, prior: Value): number {
    const name = subject.path.split(".").pop() ?? "";
    if (/(^|_)version/.test(name)) return typeof prior === "number" ? prior + 1 : 1;
    return /(^|_)port$/.test(name) ? 443 : 0;
  },
};
