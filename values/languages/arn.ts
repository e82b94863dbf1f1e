import type { Problem } from "../problem";
import { show } from "./nearest";

/** The parts of an ARN, `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for what is global, such as a role or a bucket. */
  readonly region: string;
  /** Empty for what has a name of its own in the whole world, such as a bucket. */
  readonly account: string;
  /** Type and name: `role/deploy`, `secret:name-AbCdEf`. */
  readonly resource: string;
}

/** What an ARN must be of; each part that is left out may be anything. */
export interface ArnRules {
  readonly service?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
  /** What its resource begins with: `role/`. */
  readonly resource?: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
const longest = 2048;

/** Takes an ARN apart; undefined if it is none. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function parseArn(text: string): Arn | undefined {
  if (text.length > longest || /\s/.test(text)) return undefined;
  const [prefix, partition = "", service = "", region = "", account = "", ...rest] = text.split(":");
  const resource = rest.join(":");
  const isArn =
    prefix === "arn" &&
    /^aws(-[a-z]{1,12}){0,3}$/.test(partition) &&
    /^[a-z0-9-]{1,63}$/.test(service) &&
    /^([a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2})?$/.test(region) &&
    /^(\d{12}|aws)?$/.test(account) &&
    resource !== "";
  return isArn ? { partition, service, region, account, resource } : undefined;
}

/** An ARN that is of a service, partition, region, account or type of resource. */
export function arn(text: string, rules: ArnRules = {}): Problem | undefined {
  const { service, partition, region, account, resource } = rules;
  const parts = parseArn(text);
  const example = `arn:${partition ?? "aws"}:${service ?? "service"}:${region ?? "region"}:${account ?? "account"}:${resource ?? "resource"}`;
  if (parts === undefined) return `is not an ARN; write it as ${example}`;
  const wrong = (what: string, received: string, wanted: string) =>
    `is an ARN ${inWords(what, received)}; use one ${inWords(what, wanted)}`;
  if (service !== undefined && parts.service !== service) return wrong("service", parts.service, service);
  if (resource !== undefined && !parts.resource.startsWith(resource))
    return `is not an ARN of the resource type ${resource.replace(/[:/]$/, "")}; write it as ${example}`;
  if (partition !== undefined && parts.partition !== partition) return wrong("partition", parts.partition, partition);
  if (region !== undefined && parts.region !== region) return wrong("region", parts.region, region);
  if (account !== undefined && parts.account !== account) return wrong("account", parts.account, account);
  return undefined;
}

const inWords = (part: string, value: string): string =>
  value === "" ? `without ${part}` : `with the ${part} ${show(value)}`;
