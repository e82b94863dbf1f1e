/** Versions of Aurora MySQL, and the regions that lack an instance class. Written by `npm run values`. */
export const auroraMysqlData = {
  source: "cfn-lint 1.51.0, MIT-0",
  available:
    "5.7.mysql_aurora.2.11.1 5.7.mysql_aurora.2.11.2 5.7.mysql_aurora.2.11.3 5.7.mysql_aurora.2.11.4 5.7.mysql_aurora.2.11.5 5.7.mysql_aurora.2.11.6 5.7.mysql_aurora.2.12.0 5.7.mysql_aurora.2.12.1 5.7.mysql_aurora.2.12.2 5.7.mysql_aurora.2.12.3 5.7.mysql_aurora.2.12.4 5.7.mysql_aurora.2.12.5 5.7.mysql_aurora.2.12.6 8.0.mysql_aurora.3.04.0 8.0.mysql_aurora.3.04.1 8.0.mysql_aurora.3.04.2 8.0.mysql_aurora.3.04.3 8.0.mysql_aurora.3.04.4 8.0.mysql_aurora.3.04.6 8.0.mysql_aurora.3.08.0 8.0.mysql_aurora.3.08.1 8.0.mysql_aurora.3.08.2 8.0.mysql_aurora.3.09.0 8.0.mysql_aurora.3.10.0 8.0.mysql_aurora.3.10.1 8.0.mysql_aurora.3.10.2 8.0.mysql_aurora.3.10.3 8.0.mysql_aurora.3.10.4 8.0.mysql_aurora.3.11.1 8.0.mysql_aurora.3.12.0",
  deprecated:
    "5.7.mysql_aurora.2.02.3 5.7.mysql_aurora.2.03.2 5.7.mysql_aurora.2.03.3 5.7.mysql_aurora.2.03.4 5.7.mysql_aurora.2.04.0 5.7.mysql_aurora.2.04.1 5.7.mysql_aurora.2.04.2 5.7.mysql_aurora.2.04.3 5.7.mysql_aurora.2.04.4 5.7.mysql_aurora.2.04.5 5.7.mysql_aurora.2.04.6 5.7.mysql_aurora.2.04.7 5.7.mysql_aurora.2.04.8 5.7.mysql_aurora.2.04.9 5.7.mysql_aurora.2.05.0 5.7.mysql_aurora.2.05.1 5.7.mysql_aurora.2.06.0 5.7.mysql_aurora.2.07.0 5.7.mysql_aurora.2.07.1 5.7.mysql_aurora.2.07.2 5.7.mysql_aurora.2.07.3 5.7.mysql_aurora.2.07.4 5.7.mysql_aurora.2.07.5 5.7.mysql_aurora.2.07.6 5.7.mysql_aurora.2.07.7 5.7.mysql_aurora.2.07.8 5.7.mysql_aurora.2.07.9 5.7.mysql_aurora.2.07.10 5.7.mysql_aurora.2.08.0 5.7.mysql_aurora.2.08.1 5.7.mysql_aurora.2.08.2 5.7.mysql_aurora.2.08.3 5.7.mysql_aurora.2.08.4 5.7.mysql_aurora.2.09.0 5.7.mysql_aurora.2.09.1 5.7.mysql_aurora.2.09.2 5.7.mysql_aurora.2.09.3 5.7.mysql_aurora.2.10.0 5.7.mysql_aurora.2.10.1 5.7.mysql_aurora.2.10.2 5.7.mysql_aurora.2.10.3 5.7.mysql_aurora.2.11.0 8.0.mysql_aurora.3.01.0 8.0.mysql_aurora.3.01.1 8.0.mysql_aurora.3.02.0 8.0.mysql_aurora.3.02.1 8.0.mysql_aurora.3.02.2 8.0.mysql_aurora.3.02.3 8.0.mysql_aurora.3.03.0 8.0.mysql_aurora.3.03.1 8.0.mysql_aurora.3.03.2 8.0.mysql_aurora.3.03.3 8.0.mysql_aurora.3.05.0 8.0.mysql_aurora.3.05.1 8.0.mysql_aurora.3.05.2 8.0.mysql_aurora.3.06.0 8.0.mysql_aurora.3.06.1 8.0.mysql_aurora.3.07.0 8.0.mysql_aurora.3.07.1 8.0.mysql_aurora.3.11.0",
  without: {
    "db.r3.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r3.4xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r3.8xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r3.large":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
    "db.r3.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1",
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
    "db.r6i.2xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.4xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.8xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.12xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.16xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.24xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.32xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.large": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6i.xlarge": "il-central-1 me-central-1 cn-north-1 cn-northwest-1",
    "db.r6id.24xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-6 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.r6id.32xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-6 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
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
    "db.serverless": "",
    "db.t2.medium":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.t2.small":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-3 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1",
    "db.t3.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1",
    "db.t3.large": "",
    "db.t3.medium": "",
    "db.t3.small": "ap-southeast-5",
    "db.t3.xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1",
    "db.t4g.2xlarge":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
    "db.t4g.large": "il-central-1",
    "db.t4g.medium": "il-central-1",
    "db.t4g.small":
      "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
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
