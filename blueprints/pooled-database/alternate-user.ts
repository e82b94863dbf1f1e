/**
 * The second of the two users that the password rotation of a database user alternates between, as handlers/secret-rotation
 * names it.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html#rotating-secrets-two-users
 */
export const alternateUser = (user: string): string => `${user}_clone`;
