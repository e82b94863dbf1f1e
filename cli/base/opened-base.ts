import type { BaseOutput } from "../../rollout";
import type { Figures } from "./figures";

/** What a rollout is compared with. */
export interface Base {
  readonly kind: "commit" | "folder" | "bundle";
  /** The commit that it was synthesized at; null where that is not known. */
  readonly commit: string | null;
  readonly output: BaseOutput;
  /** What the environment costs and how it recovers there; null where that is not known. */
  readonly figures: Figures | null;
  /** Why there are no figures; null where there are. */
  readonly withoutFigures: string | null;
}

export interface BaseOptions {
  readonly environment: string;
  /** The folder that the environment is planned in, beside which the base is kept meanwhile; relative to the project's. */
  readonly output: string;
  readonly signal?: AbortSignal;
}
