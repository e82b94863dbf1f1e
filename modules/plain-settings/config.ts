import { z } from "zod";
import { isSecretName } from "../../values/secrets";
import { kebabName, type Report, region, secretMark, strictObject, withRule } from "../core";
import { type AllowedPattern, allowedPattern as readPattern } from "./allowed-pattern";

export type * from "./input";

/** The largest value of a standard parameter, in bytes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const largestValue = 4096;

const settingValue = z.string().min(1);

const setting = strictObject(() => ({
  value: settingValue.describe(
    "Value in every region that has no value of its own. At most 4096 bytes, never a secret.",
  ),
  valueIn: z
    .partialRecord(region, settingValue)
    .default({})
    .describe("Values for specific regions, such as the address of a regional resource."),
  description: z.string().min(1).max(1024).optional().describe("What the setting changes, for anyone who changes it."),
  allowedPattern: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe(
      "Regular expression that the whole value must match, in the syntax of RE2. Parameter Store also checks later changes against it.",
    ),
}));

const byName = z
  .record(kebabName(64), setting)
  .refine((settings) => Object.keys(settings).length > 0, "is empty; add a setting or remove the field")
  .describe("Settings by name. The name is the last part of the parameter's name and part of its Terraform address.");

/** The settings of one service by name, for use in other schemas. */
export const settingsByName = withRule(byName, (settings, report) => {
  for (const [name, { value, valueIn = {}, allowedPattern }] of Object.entries(settings)) {
    const at = [name];
    if (isSecretName(name)) {
      report(
        [...at, secretMark],
        "is named like a secret; keep it in Secrets Manager with a ReplicatedSecret, or choose another name",
      );
    }
    const pattern = typeof allowedPattern === "string" ? readPattern(allowedPattern) : undefined;
    if (pattern && "problem" in pattern) report([...at, "allowedPattern"], pattern.problem);
    checkValue([...at, "value"], value, pattern, report);
    for (const [in_, regional] of Object.entries(valueIn)) {
      checkValue([...at, "valueIn", in_], regional, pattern, report);
    }
  }
});

/**
 * Plain settings of a service, visible to anyone who can see its configuration.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export const plainSettingsConfig = strictObject(() => ({ settings: settingsByName }));

export type PlainSettingsConfig = z.output<typeof plainSettingsConfig>;

function checkValue(
  at: PropertyKey[],
  value: string | undefined,
  pattern: AllowedPattern | undefined,
  report: Report,
): void {
  if (typeof value !== "string") return;
  const size = Buffer.byteLength(value);
  if (size > largestValue) {
    report(
      at,
      `has ${size} bytes, but a standard parameter allows ${largestValue} bytes; keep large values in S3 or AppConfig`,
    );
  }
  const opened = value.indexOf("{{");
  if (opened >= 0 && value.includes("}}", opened)) {
    report(
      at,
      "contains {{...}}, which Parameter Store treats as a reference to another parameter; write it differently",
    );
  }
  if (pattern && "matches" in pattern && !pattern.matches(value)) {
    report(at, `does not match allowedPattern ${pattern.shown}; change the value or the pattern`);
  }
}
