import { type ReadSubject, type ServiceReads, untouched } from "../rule";

/** Other partitions return no class. */
const hasClasses = (group: ReadSubject): boolean => group.partition === "aws";

/** Such a group keeps its events for two days. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html */
const delivery = { class: "DELIVERY", days: 2 };

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
export const cloudwatch: ServiceReads = {
  aws_cloudwatch_log_group: {
    untouched: ["skip_destroy"],
    answers: (group) => ({
      ...(!hasClasses(group) && { log_group_class: "" }),
      ...(group.text("log_group_class") === delivery.class && { retention_in_days: delivery.days }),
    }),
  },
  aws_cloudwatch_log_stream: untouched("skip_destroy"),
};
