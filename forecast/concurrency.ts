/** Requests arrive at random, so the busiest moment of an hour needs more than the mean: by three standard deviations of a Poisson count. */
const deviations = 3;

/**
 * Environments in use at once at the busiest moment of an hour, for a mean number in use. The mean is requests per second times
 * seconds per request.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#calculating-concurrency
 */
export const peakOf = (mean: number): number => Math.max(0, Math.ceil(mean + deviations * Math.sqrt(mean) - 1e-9));

/** The mean number of environments in use for a number at the busiest moment: what `peakOf` makes of it, turned round. */
export const meanOf = (peak: number): number => ((-deviations + Math.sqrt(deviations ** 2 + 4 * peak)) / 2) ** 2;
