/**
 * Long proofs that `npm run test:soak -- --proofs` runs whole: about the gates and about the simulated cloud itself, and those whose parts
 * are alike.
 */
const only = ["deployment-mutations", "services-on-moto", "moto/deletions", "moto/refusals", "moto/states"];

module.exports = {
  only,
  /** Of those that are not in `only`, `npm run test:full` runs a part, unless this is set. */
  variable: "EVENKEEL_WHOLE_PROOFS",
  all: [
    ...only,
    "worst-order",
    "scan",
    "docs/pages",
    "dev",
    "staging",
    "prod",
    "upgrade",
    "engines",
    "ways-back",
    "active-region",
    "package",
    "new-project",
  ],
};
