/** A resource of a run is left in the account. The message has the command that deletes it. */
export class CleanupError extends Error {
  constructor(cause: Error, command: string) {
    super(`could not be removed again (${cause.name}: ${cause.message}): ${command}`);
  }
}

/**
 * Calls `use`, and `clean` afterwards, also where `use` fails. Throws `CleanupError` with `command` where `clean` fails.
 */
export async function withCleanup<T>(
  use: () => Promise<T>,
  clean: () => Promise<unknown>,
  command: string,
): Promise<T> {
  try {
    return await use();
  } finally {
    await clean().catch((error: Error) => {
      // A policy whose creation failed does not exist.
      if (error.name !== 'NotFoundException') throw new CleanupError(error, command);
    });
  }
}
