/**
 * Stands in for `aws-sdk/clients/*` in the bundle: the library requires AWS SDK v2 when it is loaded, for log and metric
 * delivery that `resource.ts` leaves off.
 */
export default {};
