/**
 * The end of the names of AWS endpoints in a region's partition.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export const dnsSuffix = (region: string): string => (region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com");
