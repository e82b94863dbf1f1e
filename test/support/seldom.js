/**
 * Long proofs about the gates and about the simulated cloud itself, which take minutes each: `npm run test:soak -- --proofs` runs them,
 * and `npm run test:full` does not.
 */
module.exports = ["deployment-mutations", "services-on-moto", "moto/deletions", "moto/refusals", "moto/states"];
