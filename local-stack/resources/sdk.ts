import type { StackContext } from '../stack-context';
import { ResourceOperationError } from './resource-type';

/** Configures an SDK client for the embedded AWS. */
export const clientConfig = ({ aws, region, caller }: StackContext) => ({
  endpoint: aws.url,
  region,
  credentials: { ...caller.credentials },
});

/** Waits for an SDK call. Throws `ResourceOperationError` where AWS refuses it. */
export async function withOperationErrors<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error) throw new ResourceOperationError(`${error.name}: ${error.message}`);
    throw error;
  }
}
