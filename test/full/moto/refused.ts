import type { Applied } from "./clouds";

/** A resource of a test's configuration. */
interface Titled {
  readonly title: string;
  readonly type: string;
}

export const nameOf = ({ title }: Titled): string => title.replace(/\W+/g, "-");
export const addressOf = (resource: Titled): string => `${resource.type}.${nameOf(resource)}`;

/** AWS's error code in what the provider prints, else all that it prints; "accepted" without an error. */
export function reasonIn({ errors }: Applied, address: string): string {
  const text = errors.get(address) ?? "accepted";
  return /RequestID: [^,]*, (?:HostID: [^,]*, )?(?:api error )?([\w.]+): /.exec(text)?.[1] ?? text;
}
