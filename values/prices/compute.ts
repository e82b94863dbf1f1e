import { inRegions, linesOf } from "./line";

const lambda = linesOf({
  service: "AWS Lambda",
  source: "https://aws.amazon.com/lambda/pricing/",
  asOf: "2026-09-25",
});
const fargate = linesOf({
  service: "AWS Fargate",
  source: "https://aws.amazon.com/fargate/pricing/",
  asOf: "2026-09-24",
});
const balancer = linesOf({
  service: "Elastic Load Balancing",
  source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  asOf: "2026-09-24",
});

/** Prices of what runs code. */
export const computePrices = {
  "lambda.requests": lambda("request", 1_000_000, 0.2, { free: 1_000_000 }),
  // The free GB-seconds are for both architectures together; the toolkit's functions are all arm64.
  "lambda.arm64": lambda("GB-second", 1, 0.0000133334, { free: 400_000 }),
  "lambda.x86_64": lambda("GB-second", 1, 0.0000166667),
  "lambda.arm64.provisioned": lambda(
    "GB-second kept",
    1,
    inRegions(
      0.0000033334,
      0.0000037168,
      0.0000040118,
      0.0000043068,
      0.0000041003,
      0.0000035988,
      0.0000041593,
      0.0000041888,
    ),
  ),
  "lambda.arm64.provisioned-duration": lambda(
    "GB-second",
    1,
    inRegions(
      0.0000077778,
      0.0000086726,
      0.0000093609,
      0.0000100492,
      0.0000095674,
      0.0000083973,
      0.000009705,
      0.0000097738,
    ),
  ),
  "lambda.x86_64.provisioned": lambda(
    "GB-second kept",
    1,
    inRegions(
      0.0000041667,
      0.000004646,
      0.0000050147,
      0.0000053835,
      0.0000051254,
      0.0000044985,
      0.0000051991,
      0.000005236,
    ),
  ),
  "lambda.x86_64.provisioned-duration": lambda(
    "GB-second",
    1,
    inRegions(
      0.0000097222,
      0.0000108407,
      0.0000117011,
      0.0000125615,
      0.0000119592,
      0.0000104966,
      0.0000121313,
      0.0000122173,
    ),
  ),
  // Read second-hand, of Virginia, for Python and .NET; Java pays for neither.
  "lambda.snapstart.cache": lambda("GB-second cached", 1, 0.0000015046, { verified: false }),
  "lambda.snapstart.restore": lambda("GB restored", 1, 0.0001397998, { verified: false }),
  "lambda-edge.requests": lambda("request", 1_000_000, 0.6),
  "lambda-edge.duration": lambda("GB-second", 1, 0.00005001, { verified: false }),
  "fargate.arm64.vcpu": fargate("vCPU-hour", 1, { "us-east-1": 0.03238, "eu-west-1": 0.03238 }),
  "fargate.arm64.memory": fargate("GB-hour", 1, { "us-east-1": 0.00356, "eu-west-1": 0.00356 }),
  "fargate.x86_64.vcpu": fargate("vCPU-hour", 1, { "us-east-1": 0.04048, "eu-west-1": 0.04048 }),
  "fargate.x86_64.memory": fargate("GB-hour", 1, { "us-east-1": 0.004445, "eu-west-1": 0.004445 }),
  "load-balancer.hours": balancer(
    "hour",
    1,
    { "us-east-1": 0.0225, "eu-west-1": 0.0252 },
    { verified: { except: ["eu-west-1"] } },
  ),
} as const;
