/** An exception of AWS: its name and message. */
export interface AwsError {
  readonly name: string;
  readonly message: string;
}

/** The exception with which AWS refuses a request; undefined where AWS accepts it. Any other error is thrown. */
export async function awsErrorOf(response: Promise<unknown>): Promise<AwsError | undefined> {
  try {
    await response;
    return undefined;
  } catch (error) {
    if (error instanceof Error && '$fault' in error && error.$fault === 'client') return error;
    throw error;
  }
}
