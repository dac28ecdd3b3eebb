/**
 * Stands in for packages that the handler's bundle can do without: `handler.ts` says which, and why. What the clients
 * touch when they are built is here in its simplest form; the rest is never reached, and says so if it is.
 */
const never = (what: string) => (): never => {
  throw new Error(`This is a defect of the resource type, please report it: ${what} is not in its bundle.`);
};

/** @aws-sdk/credential-provider-node: looks for credentials in files and on the network. */
export const defaultProvider = never('a search for credentials');

/** @smithy/core/event-streams: answers that go on for ever. */
export const eventStreamSerdeProvider = never('event streams');
export const EventStreamSerde = eventStreamSerdeProvider;
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;

/** aws-sdk/clients/all: calls through SDK v2. string.prototype.replaceall: the filters of the library's log. */
export default never('AWS SDK v2');
