// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `plainSettingsConfig` takes: fields with defaults may be left out. */
export interface PlainSettingsInput {
  /** Settings by name. The name is the last part of the parameter's name and part of its Terraform address. */
  readonly settings: SettingsByNameInput;
}

/** What `settingsByName` takes: fields with defaults may be left out. */
export type SettingsByNameInput = { readonly [name: string]: {
  /** Value in every region that has no value of its own. At most 4096 bytes, never a secret. */
  readonly value: string;
  /**
   * Values for specific regions, such as the address of a regional resource.
   *
   * @defaultValue `{}`
   */
  readonly valueIn?: { readonly [K in AwsRegion]?: string };
  /**
   * What the setting changes, for anyone who changes it.
   *
   * Takes `string of at most 1024 characters`.
   */
  readonly description?: string;
  /**
   * Regular expression that the whole value must match, in the syntax of RE2. Parameter Store also checks later changes against it.
   *
   * Takes `string of at most 1024 characters`.
   */
  readonly allowedPattern?: string;
} };

