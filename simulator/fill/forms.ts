import { initially, type Rule, type Subject } from "./subject";

/** Puts a resource's own values into `{name}` places. */
function completed(template: string, subject: Subject): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    if (name === "account") return subject.account;
    if (name === "region") return subject.region;
    if (name === "dns_suffix") return subject.dnsSuffix;
    return subject.text(name);
  });
}

/** The value that AWS sets initially. */
export const starting = (value: ReturnType<Rule>): Rule => initially(() => value);

/** A text into which the resource's own values, `{account}`, `{region}` and `{dns_suffix}` are inserted. */
export const form =
  (template: string): Rule =>
  (subject) =>
    completed(template, subject);

/** The same as another attribute. */
export const same =
  (name: string): Rule =>
  (subject) =>
    subject.text(name);

/** ARN in the resource's region and account. */
export const arn =
  (service: string, template: string): Rule =>
  (subject) =>
    subject.arn(service, completed(template, subject));

/** ARN of something that is global to the account, without a region. */
export const accountArn =
  (service: string, template: string): Rule =>
  (subject) =>
    subject.arn(service, completed(template, subject), { region: "" });

/** ARN with neither region nor account. */
export const bareArn =
  (service: string, template: string): Rule =>
  (subject) =>
    subject.arn(service, completed(template, subject), { region: "", account: "" });

/** ARN with a region but no account, like API Gateway's. */
export const regionArn =
  (service: string, template: string): Rule =>
  (subject) =>
    subject.arn(service, completed(template, subject), { account: "" });

/** A random UUID. */
export const uuid: Rule = (subject) => subject.random.uuid();

/** A prefix and random hexadecimal digits, like EC2 ids: `vpc-0a1b…` has 17. */
export const hexId =
  (prefix: string, length = 17): Rule =>
  (subject) =>
    prefix + subject.random.hex(length);

/** Random lower-case letters and digits. */
export const lowerId =
  (length: number, prefix = ""): Rule =>
  (subject) =>
    prefix + subject.random.lower(length);

/** Random upper-case letters and digits after a prefix for the kind, like `AROA…`. */
export const upperId =
  (prefix: string, length: number): Rule =>
  (subject) =>
    prefix + subject.random.upper(length);

/** A name that the provider generates: the prefix, if one is configured, or its own, and 26 digits. */
export const generatedName =
  (prefixName?: string, ownPrefix = "terraform-"): Rule =>
  (subject) =>
    `${(prefixName && subject.text(prefixName)) || ownPrefix}2025${subject.random.digits(22)}`;

/** `2025-02-03T04:05:06Z` */
export const timestamp: Rule = (subject) => subject.random.date().toISOString().replace(".000Z", "Z");

/** The parts of an ARN; empty if the text is not an ARN. */
export function arnParts(text: string): { region: string; account: string; resource: string } {
  const [, , , region = "", account = "", ...resource] = text.split(":");
  return { region, account, resource: resource.join(":") };
}
