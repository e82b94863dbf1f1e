/**
 * Long proofs about the gates and about the simulated cloud itself, which take minutes each: `npm run test:soak -- --proofs` runs them,
 * and `npm run test:full` does not.
 */
const only = ["deployment-mutations", "services-on-moto", "moto/deletions", "moto/refusals", "moto/states"];

module.exports = {
  only,
  /** Of these, `npm run test:full` runs the last stage alone. */
  all: [...only, "worst-order"],
};
