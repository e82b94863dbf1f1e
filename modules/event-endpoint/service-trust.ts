/**
 * The trust policy that lets one AWS service use a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(service: string, conditions?: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(conditions ? { Condition: { StringEquals: conditions } } : {}),
      },
    ],
  });
}
