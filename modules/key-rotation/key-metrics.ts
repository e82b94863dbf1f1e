/** The metrics that handlers/key-rotation reports and the alarms of this module read. */
export const keyMetrics = {
  namespace: "Evenkeel/Keys",
  /** Days since the last rotation, or since the key was made; dimension `Key`. */
  daysSinceRotation: "DaysSinceRotation",
  /** 1 or 0; dimension `Key`. */
  rotationEnabled: "RotationEnabled",
} as const;
