import { isolatedFromAws } from "../../simulator/environment";

/**
 * Sends what this process asks of AWS to one address.
 * @returns gives the process its environment back
 */
export function inPlaceOfAws(url: string): () => void {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(isolatedFromAws(url, "eu-west-1"))) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
