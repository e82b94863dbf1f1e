/** Tags of every resource of an environment, from the environment's name. */
export const environmentTags = (environment: string) => ({ Environment: environment, ManagedBy: "evenkeel" });

/** The keys of tags that the toolkit sets, on every resource or on those that AWS only shows by such a tag. */
export const ownTagKeys: readonly string[] = [...Object.keys(environmentTags("")), "Name"];
