/** The alias that all callers invoke, from the first deployment on, so that no caller ever has to be migrated to it. */
export const liveAlias = "live";
