/** How a file of tests ended. */
export interface Proof {
  /** Its name below test/full. */
  readonly name: string;
  /** Tests that passed. */
  readonly passed: number;
  /** Tests that failed. */
  readonly failed: number;
  /** Whether anything failed, also before a test began. */
  readonly broken: boolean;
}

/** A page of documentation about a run. @param names of all that there are */
export function page(proofs: readonly Proof[], names: readonly string[]): string {
  const wrong = proofs.filter(({ broken }) => broken).length;
  return [
    "# Proofs that are run seldom",
    "",
    "Tests of the gates and of the simulated cloud itself that take minutes each, and tests whose parts are alike; written by",
    "`npm run test:soak -- --proofs`, which runs them whole. CI runs a fixed part of them.",
    "",
    `Of ${names.length} proofs ${proofs.length} were run. ${wrong === 0 ? "All of them passed." : `${wrong} failed.`}`,
    "",
    "| proof | tests passed | tests failed |",
    "|---|---|---|",
    ...names.map((name) => {
      const proof = proofs.find((one) => one.name === name);
      const counts = proof ? [proof.passed, proof.failed] : ["not run", ""];
      return `| [${name}](../../test/full/${name}.test.ts) | ${counts.join(" | ")} |`;
    }),
    "",
  ].join("\n");
}
