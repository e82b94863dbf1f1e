/** The metrics that handlers/key-rotation reports and this module's alarms use. */
export const keyMetrics = {
  namespace: "Evenkeel/Keys",
  /** Days since the last rotation, or since the key was created; dimension `Key`. */
  daysSinceRotation: "DaysSinceRotation",
  /** 1 or 0; dimension `Key`. */
  rotationEnabled: "RotationEnabled",
} as const;
