/** Lambda runtimes: the day of their deprecation, the day from which AWS creates no function with them, and from which it updates none. Written by `npm run values`. */
export const lambdaRuntimeData = {
  source: "cfn-lint 1.51.0, MIT-0",
  days: {
    "nodejs10.x": "2021-07-30 2021-07-30 2022-02-14",
    "nodejs12.x": "2023-03-31 2023-03-31 2023-04-30",
    "nodejs14.x": "2023-12-04 2024-01-09 2026-07-01",
    "nodejs16.x": "2024-06-12 2026-06-01 2026-07-01",
    "nodejs18.x": "2025-09-01 2026-06-01 2026-07-01",
    "nodejs20.x": "2026-04-30 2026-06-01 2026-07-01",
    "nodejs22.x": "2027-04-30 2027-06-01 2027-07-01",
    "nodejs24.x": "2028-04-30 2028-06-01 2028-07-01",
  },
};
