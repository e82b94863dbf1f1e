import type { DriftRule } from "../rule";

/** What nobody can be asked about: the configuration does not set it. */
export const unknownRules: readonly DriftRule[] = [
  {
    id: "moved-by-aws",
    kind: "unknown",
    attributes: [
      "arn",
      "status",
      "state",
      "endpoint",
      "dns_name",
      "version",
      "last_modified",
      "last_updated",
      "etag",
      "availability_zones",
    ],
    because:
      "AWS reports it, and nothing configures it: AWS may have moved it, or it follows from a change that is over.",
  },
  {
    id: "not-configured",
    kind: "unknown",
    because:
      "The configuration does not set it, so no deployment reverts it; say in the configuration what it should be, if it matters.",
  },
];
