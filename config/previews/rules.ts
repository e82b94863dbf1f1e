import type { Rule } from "../../contract";

const previewsCanBeDestroyed: Rule = {
  id: "previews-can-be-destroyed",
  statement: "A preview is disposable, and nothing in it is kept or protected from deletion.",
  check({ disposable, tables, databases, logGroupDeletionProtection }, report) {
    if (!disposable) {
      report(
        ["disposable"],
        "is off, but a job destroys previews, with their keys and data; set disposable: true, and keep nothing in one that matters",
      );
    }
    const off = "is on, so that AWS would refuse to delete it when the preview expires; set it to false";
    tables.forEach((table, index) => {
      if (table.deletionProtection) report(["tables", index, "deletionProtection"], off);
    });
    databases.forEach(({ cluster }, index) => {
      if (cluster.deletionProtection) report(["databases", index, "cluster", "deletionProtection"], off);
      if (cluster.skipFinalSnapshot) return;
      report(
        ["databases", index, "cluster", "skipFinalSnapshot"],
        "is off, so that each preview would leave a snapshot behind; set it to true",
      );
    });
    if (logGroupDeletionProtection === true) report(["logGroupDeletionProtection"], off);
  },
};

const previewsHaveAStateInS3: Rule = {
  id: "previews-have-their-states-in-s3",
  statement: "A preview has its states in S3, where the job finds them that destroys it.",
  check({ state }, report) {
    if (state.backend === "s3") return;
    report(["state", "backend"], "keeps the states where no later job finds them; use s3, one bucket for all previews");
  },
};

const previewsHaveNoFunctionsAtTheEdge: Rule = {
  id: "previews-have-no-functions-at-the-edge",
  statement: "A preview has no functions of CloudFront's edge, whose replicas AWS removes hours after it is destroyed.",
  check({ services, stage }, report, enabled) {
    if (!enabled.has("edgeFunctions")) return;
    services.forEach(({ edge }, index) => {
      if (!edge) return;
      report(
        ["services", index, "edge"],
        `has functions at the edge at stage ${stage}, but AWS keeps their replicas for hours, so that no job can destroy them; choose an earlier stage, or leave it out`,
      );
    });
  },
};

/** What environments that are previews are checked against, in addition to all other rules. */
export const previewRules: readonly Rule[] = [
  previewsCanBeDestroyed,
  previewsHaveAStateInS3,
  previewsHaveNoFunctionsAtTheEdge,
];
