import { throttledPercent } from "./plans";

/**
 * The value of the parameter that lets a service's calls of DynamoDB be throttled for so many seconds, in a whole number of minutes.
 * The time at which it begins is for the shell to fill in.
 */
export const faultSetting = (seconds: number): string =>
  JSON.stringify({
    from: "$(date -u +%FT%TZ)",
    minutes: Math.max(1, Math.ceil(seconds / 60)),
    faults: [{ at: "dynamodb", kind: "status", percent: throttledPercent, status: 400, error: "ThrottlingException" }],
  });
