import type { CloudFrontResultResponse } from "aws-lambda";

/** An answer made at the edge, as those of the services are: an RFC 9457 problem. */
export const refusal = (status: string, title: string): CloudFrontResultResponse => ({
  status,
  headers: {
    "content-type": [{ key: "Content-Type", value: "application/problem+json" }],
    "cache-control": [{ key: "Cache-Control", value: "no-store" }],
  },
  body: JSON.stringify({ title, status: Number(status) }),
});
