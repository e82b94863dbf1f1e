/** What makes tokens, in a file of its own, so that it is loaded with the first one. */
export { Signer } from "@aws-sdk/rds-signer";
