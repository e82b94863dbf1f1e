/**
 * The metrics that functions report about secrets. runtime/secrets/version-canary.ts and handlers/secret-rotation write
 * them; the alarms of this module and of version-canary use them.
 */
export const secretMetrics = {
  namespace: "Evenkeel/Secrets",
  /** Count; dimensions `Name` and `Version` (`new` or `old`). */
  canaryFailures: "CanaryFailures",
  /** Days since the last rotation; dimension `Name`. */
  rotationAge: "RotationAgeDays",
} as const;
