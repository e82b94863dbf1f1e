const rate = /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minute|hour|day)s)\)$/;
const cron = /^cron\(\S+( \S+){5}\)$/;
const once = /^at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)$/;

/**
 * Whether EventBridge can read the expression of a rule's schedule; the fields of `cron` are counted and not read.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const isRuleSchedule = (expression: string): boolean => rate.test(expression) || cron.test(expression);

/**
 * Whether EventBridge Scheduler can: it takes single times, and either number of a rate's unit, too.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const isSchedule = (expression: string): boolean =>
  cron.test(expression) || once.test(expression) || /^rate\([1-9]\d* (minute|hour|day)s?\)$/.test(expression);
