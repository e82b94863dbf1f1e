/** Patterns of AWS's models in words: what is wrong, and what to do. */
export const patternWords: Readonly<Record<string, string>> = {
  ".*\\S.*": "is blank, or has more than one line; write it in one line",
  ".*": "has more than one line; write it in one line",
  "^\\S+$": "contains spaces; remove them",
  "[^\\s]+": "contains spaces; remove them",
  "^[\\w\\-]+$": "has characters that AWS does not accept; use letters, digits, hyphens and underscores",
  "[\\w-]*": "has characters that AWS does not accept; use letters, digits, hyphens and underscores",
  "([a-zA-Z0-9-_]+)": "has characters that AWS does not accept; use letters, digits, hyphens and underscores",
  "(?!^[0-9]+$)([a-zA-Z0-9-_]+)":
    "is not a valid alias name; use letters, digits, hyphens and underscores, and not only digits",
  "[\\.\\-_A-Za-z0-9]+":
    "has characters that AWS does not accept; use letters, digits, periods, hyphens and underscores",
  "[a-zA-Z0-9_.-]+": "has characters that AWS does not accept; use letters, digits, periods, hyphens and underscores",
  "^[0-9a-zA-Z-_.]+$": "has characters that AWS does not accept; use letters, digits, periods, hyphens and underscores",
  "[/\\.\\-_A-Za-z0-9]+":
    "has characters that AWS does not accept; use letters, digits, slashes, periods, hyphens and underscores",
  "[\\.\\-_/#A-Za-z0-9]+": "is not a valid log group name; use letters, digits, and the characters . - _ / #",
  "[\\w+=,.@-]+": "has characters that IAM does not accept; use letters, digits, and the characters _ + = , . @ -",
  "[a-zA-Z](?:-?[a-zA-Z0-9]+)*":
    "is not a valid RDS name; begin with a letter, and use letters, digits and single hyphens",
  "^[a-zA-Z]{1}(?:-?[a-zA-Z0-9]){0,62}$":
    "is not a valid RDS identifier; begin with a letter, and use letters, digits and single hyphens",
  "^$|^[a-zA-Z]{1}(?:-?[a-zA-Z0-9]){0,62}$":
    "is not a valid RDS identifier; begin with a letter, and use letters, digits and single hyphens",
  "^[a-zA-Z]{1}(?:-?[a-zA-Z0-9])*$":
    "is not a valid RDS name; begin with a letter, and use letters, digits and single hyphens",
  "[A-Za-z][0-9A-Za-z-:._]*":
    "is not a valid RDS identifier; begin with a letter, and use letters, digits, hyphens, colons, periods and underscores",
  "^[a-zA-Z]{1}[a-zA-Z0-9_]*$":
    "is not a valid user name; begin with a letter, and use letters, digits and underscores",
  "[a-zA-Z]([a-zA-Z0-9_])+":
    "is not a valid environment variable name; begin with a letter, and use at least two letters, digits or underscores",
  "^[a-zA-Z0-9:/_-]+$": "is not a valid alias name; use letters, digits, slashes, underscores and hyphens after alias/",
  "^([a-z])([A-Za-z0-9\\_]*)$":
    "is not a valid metric id; begin with a lower-case letter, and use letters, digits and underscores",
  "[^:].*": "is not a valid metric namespace; write one line that does not begin with a colon",
  "[^:*$]*": "is not a valid metric name; use no colon, asterisk or dollar sign",
  "[^:*]*": "is not a valid filter name; use no colon and no asterisk",
  "^(?![^:\\\\]*/action/|(?i).*<script>.*</script>.*)[^:\\\\]+$":
    "is not a valid budget name; use no colon, no backslash and not the text /action/",
  "([0-9]*\\.)?[0-9]+": "is not a valid amount; write it in digits, with a point for cents",
  "[0-9]+h": "is not a valid window length; write it in hours, such as 3h",
  "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)": "is not a valid IAM path; begin and end it with a slash",
  "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])":
    "is not a valid domain name; use labels of letters, digits and hyphens, joined by dots",
  "^[a-zA-Z0-9._$-]+$": "is not a valid header name; use letters, digits, and the characters . _ $ -",
  "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+":
    "has characters that tags cannot have; use letters, digits, spaces and _ . : / = + - @",
  "(?!((^[ ]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+":
    "is not a valid action name; use no colon, slash or |, and no leading or trailing spaces",
};
