/** Versions of Aurora PostgreSQL, and the regions that lack an instance class. Written by `npm run values`. */
export const auroraData = {
  source: "cfn-lint 1.51.0, MIT-0",
  available:
    "11.9 11.21 12.9 12.22 13.9 13.23 14.6 14.13 14.15 14.17 14.18 14.19 14.20 14.22 15.8 15.10 15.12 15.13 15.14 15.15 15.17 16.4 16.6 16.8 16.9 16.10 16.11 16.13 17.4 17.5 17.6 17.7 17.9",
  deprecated:
    "10.7 10.21 11.12 11.13 11.14 11.15 11.16 11.17 11.18 11.19 11.20 12.4 12.7 12.8 12.10 12.11 12.12 12.13 12.14 12.15 12.16 12.17 12.18 12.19 12.20 13.3 13.4 13.5 13.6 13.7 13.8 13.10 13.11 13.12 13.13 13.14 13.15 13.16 13.18 13.20 13.21 13.22 14.3 14.4 14.5 14.7 14.8 14.9 14.10 14.11 14.12 15.2 15.3 15.4 15.5 15.6 15.7 16.1 16.2 16.3",
  without: {
    "db.r4.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r4.4xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r4.8xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r4.16xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r4.large":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r4.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.r5.2xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.4xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.8xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.12xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.16xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.24xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.large": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r5.xlarge": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1",
    "db.r6g.2xlarge": "il-central-1",
    "db.r6g.4xlarge": "il-central-1",
    "db.r6g.8xlarge": "il-central-1",
    "db.r6g.12xlarge": "il-central-1",
    "db.r6g.16xlarge": "il-central-1",
    "db.r6g.large": "il-central-1",
    "db.r6g.xlarge": "il-central-1",
    "db.r6gd.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6gd.4xlarge":
      "af-south-1 ap-east-1 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6gd.8xlarge":
      "af-south-1 ap-east-1 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6gd.12xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6gd.16xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6gd.xlarge":
      "af-south-1 ap-east-1 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r6i.2xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.4xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.8xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.12xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.16xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.24xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.32xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.large": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.xlarge": "ca-west-1 il-central-1 cn-north-1 cn-northwest-1",
    "db.r6id.24xlarge":
      "af-south-1 ap-east-1 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r6id.32xlarge":
      "af-south-1 ap-east-1 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r7g.2xlarge": "ap-southeast-4",
    "db.r7g.4xlarge": "ap-southeast-4",
    "db.r7g.8xlarge": "ap-southeast-4",
    "db.r7g.12xlarge": "ap-southeast-4",
    "db.r7g.16xlarge": "ap-southeast-4",
    "db.r7g.large": "ap-southeast-4",
    "db.r7g.xlarge": "ap-southeast-4",
    "db.r7i.2xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.4xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.8xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.12xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.16xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.24xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.48xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.large":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r7i.xlarge":
      "af-south-1 ap-east-1 ca-west-1 eu-central-2 il-central-1 me-central-1 me-south-1 cn-north-1 cn-northwest-1",
    "db.r8g.2xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.4xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.8xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.12xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.16xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.24xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.48xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.large":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8g.xlarge":
      "af-south-1 ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r8gd.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.4xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.8xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.12xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.16xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.24xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.48xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r8gd.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.serverless": "",
    "db.t3.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1",
    "db.t3.large": "",
    "db.t3.medium": "",
    "db.t3.small":
      "af-south-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1",
    "db.t3.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1",
    "db.t4g.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.t4g.large": "il-central-1",
    "db.t4g.medium": "il-central-1",
    "db.t4g.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.4xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.8xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.12xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.16xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.large":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.x2g.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-west-1 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
  },
};
