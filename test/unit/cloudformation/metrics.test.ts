import { embeddedMetrics } from '../../../src/cloudformation/metrics';

const report = { started: 1_800_000_000_000, milliseconds: 250, errorCode: undefined };
const action = 'DimensionKeyActionType';
const type = 'DimensionKeyResourceType';

test('an invocation is counted and timed, in a namespace that CloudWatch takes', () => {
  const line = embeddedMetrics('Org::A::B', { action: 'CREATE' }, report);
  expect(line).toMatchObject({
    _aws: {
      Timestamp: 1_800_000_000_000,
      CloudWatchMetrics: [{ Namespace: 'Org/A/B', Dimensions: [[action, type]] }],
    },
    [action]: 'CREATE',
    [type]: 'Org::A::B',
    HandlerInvocationCount: 1,
    HandlerInvocationDuration: 250,
  });
  expect(Object.keys(line)).not.toContain('HandlerException');
});

test('a failure is counted by its code as well', () => {
  const line = embeddedMetrics('Org::A::B', {}, { ...report, errorCode: 'Throttling' });
  expect(line).toMatchObject({
    _aws: { CloudWatchMetrics: [{}, { Dimensions: [[action, type, 'DimensionKeyExceptionType']] }] },
    [action]: 'none',
    DimensionKeyExceptionType: 'Throttling',
    HandlerException: 1,
  });
});
