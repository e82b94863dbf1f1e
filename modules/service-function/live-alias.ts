/** The alias that everything invokes: from the first deployment on, so that no caller ever has to be moved to it. */
export const liveAlias = "live";
