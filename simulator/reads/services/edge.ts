import { blocksOf, textOf } from "../forms";
import { type ServiceReads, untouched } from "../rule";

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistribution.html */
export const edge: ServiceReads = {
  aws_cloudfront_distribution: {
    untouched: ["retain_on_delete", "wait_for_deployment"],
    answers: (distribution) => ({
      // Settings of an S3 origin that say nothing are those of every origin in a bucket.
      origin: blocksOf(distribution.list("origin")).map((origin) => ({
        ...origin,
        s3_origin_config: blocksOf(origin.s3_origin_config).filter(
          ({ origin_access_identity }) => textOf(origin_access_identity) !== "",
        ),
      })),
    }),
  },
  aws_cloudfront_function: untouched("publish"),
  aws_signer_signing_job: {
    untouched: ["ignore_signing_job_failure"],
    // The version that the profile had.
    answers: (job) => {
      const profile = job.neighbours
        .of("aws_signer_signing_profile")
        .find(({ name }) => name === job.text("profile_name"));
      return { profile_version: profile ? textOf(profile.version) : job.text("profile_version") };
    },
  },
};
