import type { Pricings } from "../../contract";
import { free } from "./parts";

/** Types that no bill has a line for, or whose use nobody states. */
export const others: Pricings = {
  aws_chatbot_slack_channel_configuration: free,
  aws_chatbot_teams_channel_configuration: free,
  // Of an account, which no environment has.
  aws_guardduty_detector: free,
  aws_guardduty_detector_feature: free,
  aws_iam_openid_connect_provider: free,
  aws_inspector2_enabler: free,
  aws_s3_bucket_replication_configuration: free,
  aws_iam_policy: free,
  aws_iam_role: free,
  aws_iam_role_policy: free,
  aws_iam_role_policy_attachment: free,
  aws_s3_bucket: free,
  aws_s3_bucket_lifecycle_configuration: free,
  aws_s3_bucket_logging: free,
  aws_s3_bucket_ownership_controls: free,
  aws_s3_bucket_policy: free,
  aws_s3_bucket_public_access_block: free,
  aws_s3_bucket_server_side_encryption_configuration: free,
  aws_s3_bucket_versioning: free,
  // Code of functions: some megabytes.
  aws_s3_object: free,
  aws_signer_signing_job: free,
  aws_signer_signing_profile: free,
  terraform_data: free,
  vault_audit: free,
  vault_auth_backend: free,
  vault_aws_auth_backend_client: free,
  vault_aws_auth_backend_role: free,
  vault_database_secret_backend_role: free,
  vault_jwt_auth_backend: free,
  vault_jwt_auth_backend_role: free,
  vault_mount: free,
  vault_policy: free,
  vault_transit_secret_backend_key: free,
};
