import { dataFeatures } from "./data-features";
import type { Feature } from "./feature";
import { globalFeatures } from "./global-features";
import { serviceFeatures } from "./service-features";

/** What the stacks make, by what it is for. Together they name every resource type; a test compares them with all stacks. */
export const features: readonly Feature[] = [...dataFeatures, ...serviceFeatures, ...globalFeatures];
